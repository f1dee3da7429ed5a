"""Whether the links of an issue answer: those to this site are asked in-process, those to other sites over the wire.

Staff write the links, so a foreign one may only lead to a public address: the check must be no window into the
network that the server stands in.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote_to_bytes, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.response import HttpResponseBase
from wagtail.models import Site

from newsletter.rules.checklist import LinkFault, LinkProblem
from newsletter.rules.public_addresses import is_public

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SECONDS = 4
ALTOGETHER = 12
MOST = 40
AT_ONCE = 8
HOPS = 5
REDIRECTS = {301, 302, 303, 307, 308}
# What tells that nothing is there. Other refusals (401, 403, 405, 429) are what a site says to a stranger's program.
GONE = {404, 410}
NO_ANSWER = LinkProblem(LinkFault.NO_ANSWER)


class NotPublic(OSError):
    """The name leads to an address inside a private network."""


def own_problems(links: Iterable[str]) -> dict[str, LinkProblem]:
    """For each link to this site that does not lead to a page as a reader sees it: what is wrong."""
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


def foreign_problems(links: Iterable[str], *, only_public: bool = True) -> dict[str, LinkProblem]:
    """The same for links to other sites: the first MOST of them, AT_ONCE together.

    Each link has SECONDS for all that is asked of it, and all of them together ALTOGETHER seconds.
    """
    hosts = _our_hosts()
    foreign = [link for link in links if urlsplit(link).netloc not in hosts][:MOST]
    if not foreign:
        return {}
    end = time.monotonic() + ALTOGETHER
    # Not a `with`: that would wait for a name server that does not answer.
    pool = ThreadPoolExecutor(max_workers=AT_ONCE)
    answers = {link: pool.submit(_ask_one, link, only_public, end) for link in foreign}
    wait(answers.values(), timeout=ALTOGETHER)
    pool.shutdown(wait=False, cancel_futures=True)
    problems = {
        link: answer.result() if answer.done() and not answer.cancelled() else NO_ANSWER
        for link, answer in answers.items()
    }
    return {link: problem for link, problem in problems.items() if problem}


def _ask_one(link: str, only_public: bool, end: float) -> LinkProblem | None:
    return _foreign_problem(link, only_public, min(end, time.monotonic() + SECONDS))


def _our_hosts() -> set[str]:
    sites = Site.objects.all()
    return {urlsplit(address).netloc for address in [settings.WAGTAILADMIN_BASE_URL, *(s.root_url for s in sites)]}


def _own_problem(address: SplitResult, hosts: set[str], handler: BaseHandler) -> LinkProblem | None:
    for _ in range(HOPS):
        response = _ask_ourselves(address, handler)
        if response.status_code in REDIRECTS:
            address = urlsplit(urljoin(address.geturl(), response["Location"]))
            if address.netloc not in hosts:
                return None
            continue
        return None if response.status_code < 400 else _problem(response.status_code)
    return LinkProblem(LinkFault.CIRCLE)


def _ask_ourselves(address: SplitResult, handler: BaseHandler) -> HttpResponseBase:
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
            "wsgi.input": io.BytesIO(),
        }
    )
    response = handler.get_response(request)
    # Not response.close(): that ends the request we are in, and its line to the database.
    if served_file := getattr(response, "file_to_stream", None):
        served_file.close()
    return response


def _foreign_problem(link: str, only_public: bool, deadline: float) -> LinkProblem | None:
    try:
        for _ in range(HOPS):
            status, location = _ask(urlsplit(link), only_public, deadline)
            if status in REDIRECTS and location:
                link = urljoin(link, location)
                continue
            return _problem(status) if status in GONE or status >= 500 else None
        return LinkProblem(LinkFault.CIRCLE)
    except NotPublic:
        return LinkProblem(LinkFault.PRIVATE_NETWORK)
    except socket.gaierror:
        return LinkProblem(LinkFault.NO_SUCH_SITE)
    except ssl.SSLError:
        return LinkProblem(LinkFault.BAD_CERTIFICATE)
    except (OSError, http.client.HTTPException, ValueError):
        return NO_ANSWER


def _ask(address: SplitResult, only_public: bool, deadline: float) -> tuple[int, str]:
    """Status and Location of one GET; the body is not read."""
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError(address.scheme)
    secure = address.scheme == "https"
    port = address.port or (443 if secure else 80)
    sock = _connect(address.hostname, port, only_public, deadline)
    connection = http.client.HTTPConnection(address.hostname, port)
    try:
        if secure:
            sock.settimeout(_left(deadline))
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=address.hostname)
        connection.sock = _TimedSocket(sock, deadline)  # type: ignore[assignment]
        target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        host = address.netloc.rpartition("@")[2]
        connection.request("GET", target, headers={"Host": host, "User-Agent": "Mozilla/5.0 (link check)"})
        response = connection.getresponse()
        return response.status, response.getheader("Location", "")
    finally:
        connection.close()
        sock.close()


def _connect(host: str, port: int, only_public: bool, deadline: float) -> socket.socket:
    """A socket to the address that was looked at, so that a name can't change what it leads to in between."""
    family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    if only_public and not is_public(str(where[0])):
        raise NotPublic(host)
    sock = socket.socket(family, kind, protocol)
    try:
        sock.settimeout(_left(deadline))
        sock.connect(where)
    except OSError:
        sock.close()
        raise
    return sock


class _TimedSocket:
    """What http.client uses of a socket, with one deadline for all of it: a socket's own timeout begins anew with each
    byte that trickles in."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock, self.deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self.sock.settimeout(_left(self.deadline))
        self.sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReading(self.sock, self.deadline))

    def close(self) -> None:
        self.sock.close()


class _TimedReading(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock, self.deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self.sock.settimeout(_left(self.deadline))
        return self.sock.recv_into(buffer)


def _left(deadline: float) -> float:
    """Seconds until the deadline. Raises TimeoutError, an OSError, when it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _problem(status: int) -> LinkProblem:
    return LinkProblem(LinkFault.NO_SUCH_PAGE) if status in GONE else LinkProblem(LinkFault.ERROR, status)
