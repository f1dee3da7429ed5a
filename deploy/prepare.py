"""Makes the folder that `make serve` runs in, and then runs it: environment, database, demo, static files, nginx.

What was made once stays (secrets, database, certificate); what follows from the settings is written anew each time.
"""

import base64
import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
GIVEN = ("DATABASE_URL", "CACHE_URL", "STORAGE_URL", "MAIL_HOST", "MAIL_PORT", "KEPT_PAGES_DIR", "KEPT_PAGES_MEGABYTES")
"""Variables of the caller that are kept in the folder's environment."""

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
NGINX_CONF = """\
daemon off;
pcre_jit on;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log warn;
{modules}
events {{ worker_connections 1024; }}
http {{
    include {mime_types};
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/tmp/body;
    proxy_temp_path {folder}/tmp/proxy;
    fastcgi_temp_path {folder}/tmp/fastcgi;
    uwsgi_temp_path {folder}/tmp/uwsgi;
    scgi_temp_path {folder}/tmp/scgi;
    include {folder}/site.conf;
}}
"""


def main() -> int:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not nginx:
        print(
            "nginx is missing. On Debian: apt-get install nginx-light libnginx-mod-http-brotli-static", file=sys.stderr
        )
        return 1
    folder = Path(os.environ.get("SERVE_DIR", ROOT / "var" / "serve")).resolve()
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    env = environment(folder)
    if not is_free(f"127.0.0.1:{env['PORT']}"):
        # nginx would fail, and whoever has the port would answer in its place.
        print(f"Port {env['PORT']} is taken by another program. Choose one: PORT=8081 make serve", file=sys.stderr)
        return 1
    write_environment(folder / "env", env)
    os.environ.update(env)
    manage("migrate", "--verbosity", "0")
    manage("load_demo")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    write_nginx(folder, env)
    scheme = env["BASE_URL"].partition(":")[0]
    address = f"{scheme}://localhost:{env['PORT']}/"
    print(f"Starting in {folder} ...", flush=True)
    return os.execv(PYTHON, [PYTHON, "-I", "-S", "deploy/supervise.py", str(folder), address, nginx])


def environment(folder: Path) -> dict[str, str]:
    """What is in the folder's `env` already, with what the caller asks for today."""
    env = read_environment(folder / "env")
    secure = os.environ.get("TLS", "") not in {"", "0"}
    port = os.environ.get("PORT", env.get("PORT", "8080"))
    env |= {name: os.environ[name] for name in GIVEN if os.environ.get(name)}
    defaults = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "HASH_KEYS": secrets.token_urlsafe(50),
        "INTAKE_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "DEMO_PASSWORD": secrets.token_urlsafe(9),
        "DATABASE_URL": f"sqlite:///{folder}/innerbalance.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "STATIC_ROOT": f"{folder}/static",
        "KEPT_PAGES_DIR": f"{folder}/kept",
        "JOURNAL_DIR": f"{folder}/journal",
        "BACKUP_DIR": f"{folder}/backups",
        "MAIL_FOLDER": "" if "MAIL_HOST" in env else f"{folder}/mail",
        "BIND": f"127.0.0.1:{os.environ.get('APP_PORT') or free_port()}",
    }
    env = defaults | env
    if os.environ.get("APP_PORT") or not is_free(env["BIND"]):
        env["BIND"] = defaults["BIND"]
    return env | {
        "DJANGO_SETTINGS_MODULE": "innerbalance.settings.production",
        "PORT": port,
        "APP_BIND": env["BIND"],
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "BASE_URL": f"{'https' if secure else 'http'}://localhost:{port}",
        "TRUSTED_PROXIES": "1",
        "WEB_WORKERS": os.environ.get("WORKERS", env.get("WEB_WORKERS", "2")),
        "SECURE_COOKIES": str(int(secure)),
        "SECURE_SSL_REDIRECT": str(int(secure)),
        # Never for a name that everybody's machine has.
        "SECURE_HSTS_SECONDS": "0",
        "CSRF_TRUSTED_ORIGINS": f"{'https' if secure else 'http'}://localhost:{port}",
        "TLS": str(int(secure)),
    }


def read_environment(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def write_environment(file: Path, env: dict[str, str]) -> None:
    """Readable by its owner alone: it holds the keys."""
    text = "".join(f"{name}={value}\n" for name, value in sorted(env.items()))
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
        opened.write(
            "# Made by `make serve`. Use it beside: set -a; . var/serve/env; set +a; .venv/bin/python manage.py ...\n"
        )
        opened.write(text)


def write_nginx(folder: Path, env: dict[str, str]) -> None:
    command = ["--listen", f"127.0.0.1:{env['PORT']}", "--app-bind", env["BIND"]]
    if env["TLS"] == "1":
        certificate, key = make_certificate(folder)
        command += ["--certificate", str(certificate), "--key", str(key)]
    if not BROTLI.exists():
        command += ["--no-brotli"]
    (folder / "site.conf").write_text(manage("nginx_conf", *command, read=True), encoding="utf-8")
    text = NGINX_CONF.format(
        folder=folder,
        workers=env["WEB_WORKERS"],
        modules=f"load_module {BROTLI};" if BROTLI.exists() else "",
        mime_types="/etc/nginx/mime.types",
    )
    (folder / "nginx.conf").write_text(text, encoding="utf-8")


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """For localhost, signed by itself, once."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    if not certificate.exists():
        command = (
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=localhost"
        )
        names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        files = ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)
        key.chmod(0o600)
    return certificate, key


def manage(*arguments: str, read: bool = False) -> str:
    done = subprocess.run(
        [PYTHON, "manage.py", *arguments], cwd=ROOT, stdout=subprocess.PIPE if read else None, text=True
    )
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout or ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(bind: str) -> bool:
    host, _, port = bind.rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
