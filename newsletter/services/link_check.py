"""Whether the links of an issue answer: those to this site are asked in-process, those to other sites over the wire.

Staff write the links, so a foreign one may only lead to a public address: the check must be no window into the
network that the server stands in.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from urllib.parse import SplitResult, unquote_to_bytes, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from wagtail.models import Site

SECONDS = 4
MOST = 40
AT_ONCE = 8
HOPS = 5
REDIRECTS = {301, 302, 303, 307, 308}
# What tells that nothing is there. Other refusals (401, 403, 405, 429) are what a site says to a stranger's program.
GONE = {404, 410}


class NotPublic(OSError):
    """The name leads to an address inside a private network."""


def own_problems(links: Iterable[str]) -> dict[str, str]:
    """For each link to this site that does not lead to a page as a reader sees it: what is wrong, in a few words."""
    hosts, handler = _our_hosts(), BaseHandler()
    handler.load_middleware()
    problems = {}
    for link in links:
        address = urlsplit(link)
        # Files that people uploaded are the web server's, not ours to ask for.
        if address.netloc not in hosts or address.path.startswith(settings.MEDIA_URL):
            continue
        if problem := _own_problem(address, hosts, handler):
            problems[link] = problem
    return problems


def foreign_problems(links: Iterable[str], *, only_public: bool = True) -> dict[str, str]:
    """The same for links to other sites: the first MOST of them, AT_ONCE together, each given up after some SECONDS."""
    hosts = _our_hosts()
    foreign = [link for link in links if urlsplit(link).netloc not in hosts][:MOST]
    if not foreign:
        return {}
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        answers = pool.map(lambda link: _foreign_problem(link, only_public), foreign)
    return {link: problem for link, problem in zip(foreign, answers, strict=True) if problem}


def _our_hosts() -> set[str]:
    sites = Site.objects.all()
    return {urlsplit(address).netloc for address in [settings.WAGTAILADMIN_BASE_URL, *(s.root_url for s in sites)]}


def _own_problem(address: SplitResult, hosts: set[str], handler: BaseHandler) -> str:
    for _ in range(HOPS):
        response = _ask_ourselves(address, handler)
        if response.status_code in REDIRECTS:
            address = urlsplit(urljoin(address.geturl(), response["Location"]))
            if address.netloc not in hosts:
                return ""
            continue
        return "" if response.status_code < 400 else _in_words(response.status_code)
    return "leads in a circle"


def _ask_ourselves(address: SplitResult, handler: BaseHandler):
    """The answer of this site to a reader without cookies."""
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote_to_bytes(address.path or "/").decode("latin-1"),  # as PEP 3333 wants it
            "QUERY_STRING": address.query,
            "HTTP_HOST": address.netloc,
            "SERVER_NAME": address.hostname,
            "SERVER_PORT": str(address.port or (443 if address.scheme == "https" else 80)),
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": address.scheme,
            # Behind a proxy this is how the site is told that the reader's line is encrypted.
            "HTTP_X_FORWARDED_PROTO": address.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    response = handler.get_response(request)
    # Not response.close(): that ends the request we are in, and its line to the database.
    if served_file := getattr(response, "file_to_stream", None):
        served_file.close()
    return response


def _foreign_problem(link: str, only_public: bool) -> str:
    try:
        for _ in range(HOPS):
            status, location = _ask(urlsplit(link), only_public)
            if status in REDIRECTS and location:
                link = urljoin(link, location)
                continue
            return _in_words(status) if status in GONE or status >= 500 else ""
        return "leads in a circle"
    except NotPublic:
        return "leads into a private network"
    except socket.gaierror:
        return "there is no such site"
    except ssl.SSLError:
        return "its certificate is not valid"
    except (OSError, http.client.HTTPException, ValueError):
        return "did not answer"


def _ask(address: SplitResult, only_public: bool) -> tuple[int, str]:
    """Status and Location of one GET; the body is not read."""
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError(address.scheme)
    secure = address.scheme == "https"
    port = address.port or (443 if secure else 80)
    line = _connect(address.hostname, port, only_public)
    if secure:
        line = ssl.create_default_context().wrap_socket(line, server_hostname=address.hostname)
    connection = http.client.HTTPConnection(address.hostname, port, timeout=SECONDS)
    connection.sock = line
    try:
        target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        host = address.netloc.rpartition("@")[2]
        connection.request("GET", target, headers={"Host": host, "User-Agent": "Mozilla/5.0 (link check)"})
        response = connection.getresponse()
        return response.status, response.getheader("Location", "")
    finally:
        connection.close()


def _connect(host: str, port: int, only_public: bool) -> socket.socket:
    """A line to the address that was looked at, so that a name can't change what it leads to in between."""
    family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    if only_public and not ipaddress.ip_address(where[0].partition("%")[0]).is_global:
        raise NotPublic(host)
    line = socket.socket(family, kind, protocol)
    line.settimeout(SECONDS)
    try:
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line


def _in_words(status: int) -> str:
    return "there is no such page" if status in GONE else f"answers with an error ({status})"
