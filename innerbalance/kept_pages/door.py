"""The door in front of the application: a kept page leaves from here, before any middleware, session, or database.

With nginx in front few requests for kept pages come this far. Without it (a container host with its own proxy) all do.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from . import ENCODINGS
from .folder import KeptPages
from .slots import SHORT, names_at
from .variants import FILES, SMALL, file_for, media_type_at

REFUSED = re.compile(r"\s*;\s*q=0(?:\.0*)?\s*$")
MOST_BYTES = 8_000_000
"""In the memory of a worker, of one generation; the rest is read from the disk each time."""

FILE_TYPES = {".xml": "application/xml", ".txt": "text/plain; charset=utf-8"}

type Headers = list[tuple[str, str]]


class KeptPagesFirst:
    """A WSGI application that answers with a kept page where there is one, and else asks `application`.

    `origin` ("https://www.example.org") is the only address that pages are kept for, `headers` are those that every
    public page carries, `session_cookie` the name that marks somebody who may see more.
    """

    def __init__(
        self,
        application: Callable,
        *,
        pages: KeptPages,
        origin: str,
        headers: Mapping[str, str],
        session_cookie: str,
        scheme_header: tuple[str, str] | None = None,
    ) -> None:
        self.application = application
        self.pages = pages
        self.scheme, _, self.host = origin.partition("://")
        self.headers = list(headers.items())
        self.session_cookie = session_cookie
        self.scheme_header = scheme_header
        self.open = str(pages.root / "open")
        self._name: str | None = None
        self._memory: dict[tuple[str, str], tuple[bytes, Headers]] = {}
        self._bytes = 0
        self._slots = (0, "", "")

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        if (
            environ["REQUEST_METHOD"] in {"GET", "HEAD"}
            and not environ.get("QUERY_STRING")
            and environ.get("HTTP_HOST") == self.host
            and self.session_cookie not in environ.get("HTTP_COOKIE", "")
            and self._scheme(environ) == self.scheme
            and (found := self._find(_path(environ), environ.get("HTTP_ACCEPT_ENCODING", "")))
        ):
            content, headers = found
            etag = headers[0][1]
            asked = environ.get("HTTP_IF_NONE_MATCH", "")
            if asked and (asked == "*" or etag in asked.replace("W/", "")):
                start_response("304 Not Modified", [pair for pair in headers if pair[0] not in OF_A_BODY])
                return []
            start_response("200 OK", headers)
            return [content] if environ["REQUEST_METHOD"] == "GET" else []
        return self.application(environ, start_response)

    def _scheme(self, environ: dict[str, Any]) -> str:
        """As Django sees it: by the proxy's header where one is trusted."""
        if self.scheme_header is None:
            return environ["wsgi.url_scheme"]
        name, secure = self.scheme_header
        given = environ.get(name)
        if given is None:
            return environ["wsgi.url_scheme"]
        return "https" if given.split(",")[0].strip() == secure else "http"

    def _find(self, path: str, accepted: str) -> tuple[bytes, Headers] | None:
        at = self._slot()
        if at is None:
            return None
        for encoding in ENCODINGS:
            if encoding and not accepts(accepted, encoding):
                continue
            found = self._memory.get((path, encoding)) or self._read(path, encoding, at)
            if found:
                return found
        return None

    def _slot(self) -> str | None:
        """The folder of the pages that are true at this moment; forgets what is in memory when it is another one."""
        try:
            name = os.readlink(self.open)
        except OSError:
            return None
        if name != self._name:
            self._memory, self._name, self._bytes = {}, name, 0
        now = time.time()
        if self._slots[0] != now // SHORT:
            self._slots = (int(now // SHORT), *names_at(now))
        for slot in self._slots[1:]:
            folder = f"{self.open}/at/{slot}"
            if os.path.exists(folder):
                return folder
        return None

    def _read(self, path: str, encoding: str, at: str) -> tuple[bytes, Headers] | None:
        file = file_for(path, media_type_at(path))
        if file is None:
            return None
        generation, memory = self._name, self._memory
        try:
            with open(f"{at}/{file}{ENCODINGS[encoding]}", "rb") as opened:
                status, content = os.fstat(opened.fileno()), opened.read()
        except (OSError, ValueError):
            return None
        kind = FILE_TYPES[Path(file).suffix] if FILES.fullmatch(path) else f"{media_type_at(path)}; charset=utf-8"
        headers = [
            ("ETag", f'"{int(status.st_mtime):x}-{len(content):x}"'),
            ("Content-Type", kind),
            ("Content-Length", str(len(content))),
            *([("Content-Encoding", encoding)] if encoding else []),
            # As nginx: what is kept in one form alone does not vary.
            *([("Vary", "Accept-Encoding")] if encoding or len(content) >= SMALL else []),
            *self.headers,
        ]
        # The generation may have moved while the file was read: then it goes out once, and is not remembered.
        if self._bytes + len(content) <= MOST_BYTES and generation == self._open_name():
            self._bytes += len(content)
            memory[path, encoding] = content, headers
        return content, headers

    def _open_name(self) -> str | None:
        try:
            return os.readlink(self.open)
        except OSError:
            return None


OF_A_BODY = frozenset({"Content-Type", "Content-Length", "Content-Encoding"})


def _path(environ: dict[str, Any]) -> str:
    """The path as Django reads it: WSGI hands bytes over as if they were latin-1."""
    path = environ.get("PATH_INFO", "")
    return path if path.isascii() else path.encode("latin-1").decode("utf-8", "replace")


def accepts(header: str, encoding: str) -> bool:
    """Whether an Accept-Encoding header names `encoding` and does not refuse it (RFC 9110, 12.5.3)."""
    for part in header.split(","):
        name, semicolon, weight = part.partition(";")
        if name.strip().lower() == encoding:
            return not REFUSED.match(f"{semicolon}{weight}")
    return False
