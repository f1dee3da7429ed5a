"""`manage.py nginx_conf`: prints deploy/nginx/site.conf with this installation's names in it."""

import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from innerbalance.caching.headers import standard_headers

TEMPLATE = "deploy/nginx/site.conf"
MIME_TYPES = "/etc/nginx/mime.types"
KEPT = (
    "gzip_static on;",
    "log_not_found off;",
    "# The file's time is a hash of its content: an ETag, and no date.",
    "etag on;",
    "if_modified_since off;",
    'add_header Last-Modified "";',
)
LIMIT_ZONES = (
    "# What one address may ask of the application; kept pages and files cost little and are not counted.",
    "limit_req_zone $binary_remote_addr zone=innerbalance_requests:4m rate=20r/s;",
    "limit_conn_zone $binary_remote_addr zone=innerbalance_at_once:4m;",
)
LIMITS = (
    "limit_req zone=innerbalance_requests burst=100 nodelay;",
    "limit_conn innerbalance_at_once 40;",
    "limit_req_status 429;",
    "limit_conn_status 429;",
)
NAME = re.compile(r"@([A-Z_0-9]+)@")


class Command(BaseCommand):
    help = "Print the site's nginx configuration, made from the settings; for nginx's http block."

    def add_arguments(self, parser):
        parser.add_argument("--listen", help="address and port; by default 443 with a certificate, else 80")
        parser.add_argument("--app-bind", default="127.0.0.1:8000", help="where the application listens")
        parser.add_argument("--certificate", help="file of the certificate chain; with it the site is served by https")
        parser.add_argument("--key", help="file of the certificate's key")
        parser.add_argument("--static-root", help="where nginx finds the static files; by default STATIC_ROOT")
        parser.add_argument("--http2-directive", action="store_true", help="nginx 1.25.1 or newer: `http2 on`")
        parser.add_argument("--limits", action="store_true", help="bound what one address may ask of the application")
        parser.add_argument("--no-brotli", action="store_true", help="nginx lacks the module brotli_static")

    def handle(self, *, listen, app_bind, certificate, key, static_root, http2_directive, limits, no_brotli, **options):
        if not settings.KEPT_PAGES_DIR:
            raise CommandError("KEPT_PAGES_DIR is blank: there are no kept pages for nginx to serve.")
        if bool(certificate) != bool(key):
            raise CommandError("A certificate needs its key: give both, --certificate and --key.")
        origin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
        hosts = sorted({urlsplit(origin).hostname or "", *settings.ALLOWED_HOSTS} - {""})
        listen = listen or ("443" if certificate else "80")
        by_tls = " ssl" if http2_directive else " ssl http2"
        pages = standard_headers(secure=bool(certificate))
        values = {
            "ORIGIN": re.escape(origin).replace("/", r"\/"),
            "SESSION_COOKIE": re.escape(settings.SESSION_COOKIE_NAME),
            "APP_BIND": app_bind,
            "OTHER_SERVERS": other_servers(listen, hosts=hosts, origin=origin, by_tls=by_tls if certificate else ""),
            "LISTEN": listening(listen, by_tls if certificate else ""),
            "SERVER_NAMES": " ".join(hosts),
            "TLS": tls(certificate, key, http2_directive=http2_directive) if certificate else "",
            "KEPT_PAGES_DIR": str(Path(settings.KEPT_PAGES_DIR).resolve()),
            "KEPT": "\n        ".join((*KEPT, *([] if no_brotli else ["brotli_static on;"]), header_lines(pages))),
            "MIME_TYPES": MIME_TYPES,
            "AWAY_HEADERS": header_lines({k: v for k, v in pages.items() if k != "Cache-Control"}, always=True),
            "STATIC_URL": settings.STATIC_URL,
            # Not resolved: a server's folder of static files is a link to those of the version that runs.
            "STATIC_ROOT": str(Path(static_root or settings.STATIC_ROOT).absolute()),
            "LIMIT_ZONES": "\n".join(LIMIT_ZONES) if limits else "",
            "LIMITS": "\n        ".join(LIMITS) if limits else "",
            "MEDIA_URL": settings.MEDIA_URL,
            "MEDIA_FROM": media_from(),
            "BROTLI_STATIC": "" if no_brotli else "brotli_static on;",
        }
        template = (settings.BASE_DIR / TEMPLATE).read_text(encoding="utf-8")
        self.stdout.write(re.sub(r"\n\s*\n\s*\n", "\n\n", NAME.sub(lambda match: values[match[1]], template)))


def media_from() -> str:
    """Uploaded files are in a folder, or the application fetches them out of the object storage."""
    if settings.STORAGE_URL:
        return "try_files /none @application;"
    return f"alias {Path(settings.MEDIA_ROOT).resolve()}/;"


def header_lines(headers: dict[str, str], *, always: bool = False) -> str:
    end = " always;" if always else ";"
    return "\n        ".join(f'add_header {name} "{value}"{end}' for name, value in sorted(headers.items()))


def tls(certificate: str, key: str, *, http2_directive: bool) -> str:
    """What Mozilla's guide calls intermediate, without the oldest ciphers."""
    return "\n    ".join(
        (
            *(["http2 on;"] if http2_directive else []),
            # Not resolved: a certificate that renews itself is a link to the newest.
            f"ssl_certificate {Path(certificate).absolute()};",
            f"ssl_certificate_key {Path(key).absolute()};",
            "ssl_protocols TLSv1.2 TLSv1.3;",
            "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;",
            "ssl_prefer_server_ciphers off;",
            "ssl_session_cache shared:innerbalance:5m;",
            "ssl_session_timeout 1d;",
            "ssl_session_tickets off;",
        )
    )


def listening(listen: str, more: str) -> str:
    """The `listen` lines. A port alone is listened to by IPv6 too, where this machine has it."""
    addresses = [listen] if ":" in listen or not has_ipv6() else [listen, f"[::]:{listen}"]
    return ";\n    listen ".join(f"{address}{more}" for address in addresses)


def has_ipv6() -> bool:
    try:
        socket.socket(socket.AF_INET6).close()
    except OSError:
        return False
    return True


def other_servers(listen: str, *, hosts: list[str], origin: str, by_tls: str) -> str:
    """Names that are not ours get no answer; with a certificate, http is sent on to https."""

    def server(port: str, more: str, *lines: str) -> str:
        return "\n    ".join(("server {", f"listen {listening(port, more)};", *lines)) + "\n}"

    if not by_tls:
        return server(listen, " default_server", "return 444;")
    stranger = server(listen, f"{by_tls} default_server", "ssl_reject_handshake on;")
    if listen != "443":
        return stranger
    return "\n".join(
        (
            server("80", " default_server", "return 444;"),
            server(
                "80",
                "",
                f"server_name {' '.join(hosts)};",
                "location /.well-known/acme-challenge/ { root /var/www/html; }",
                f"location / {{ return 301 {origin}$request_uri; }}",
            ),
            stranger,
        )
    )
