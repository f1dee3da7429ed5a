"""One request at a time, and what a client sees of the answer."""

import gzip
import http.client
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    """Without its compression."""


def ask(
    port: int, path: str, *, headers: dict[str, str] | None = None, method: str = "GET", body: str | None = None
) -> Answer:
    """Over a connection of its own, as a new reader."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {"Accept-Encoding": "gzip", **(headers or {})})
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return Answer(response.status, response.headers, content)


def page(port: int, path: str, *, headers: dict[str, str] | None = None) -> bytes:
    """The page's bytes. Raises RuntimeError for an answer that is none."""
    answer = ask(port, path, headers=headers)
    if answer.status != 200 or not answer.body:
        raise RuntimeError(f"{path} answered {answer.status}")
    return answer.body
