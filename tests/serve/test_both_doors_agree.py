"""nginx and the application answer alike, so it matters to nobody which of them a kept page comes from."""

import pytest

from .readers import ask, plain
from .stack import wait_for

PAGES = ("/", "/blog/", "/locations/mesa/", "/blog/feed/", "/robots.txt")
OF_THE_WAY = {"date", "server", "connection", "accept-ranges", "transfer-encoding"}


@pytest.fixture(params=PAGES)
def page(stack, request):
    def kept():
        ask(stack.port, request.param)
        return any(file.split("index")[0] == request.param[1:].split("index")[0] for file in stack.kept_files())

    wait_for(kept, what=f"{request.param} to be kept")
    return request.param


def _both(stack, path, **more):
    answers = [ask(port, path, host=stack.host, **more) for port in (stack.port, stack.app_port)]
    return [
        (status, {k: v for k, v in headers.items() if k not in OF_THE_WAY}, body) for status, headers, body in answers
    ]


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br", "gzip, deflate, br, zstd"])
def test_headers_and_bytes(stack, page, encoding):
    nginx, application = _both(stack, page, Accept_Encoding=encoding)
    assert nginx[0] == 200
    assert nginx == application
    again = ask(stack.app_port, f"{page}?again=1", host=stack.host, Accept_Encoding="identity")
    got = plain(nginx[2], nginx[1].get("content-encoding"))
    assert got == again[2].replace(b"?again=1", b"")


def test_head_has_the_same_headers_and_no_body(stack, page):
    full = _both(stack, page, Accept_Encoding="br")
    for (status, headers, body), whole in zip(
        _both(stack, page, method="HEAD", Accept_Encoding="br"), full, strict=True
    ):
        assert (status, body) == (200, b"")
        assert headers == whole[1]


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br"])
def test_an_etag_gives_304(stack, page, encoding):
    etag = ask(stack.port, page, Accept_Encoding=encoding)[1]["etag"]
    for asked in (etag, f'"x", {etag}', f"W/{etag}"):
        answers = _both(stack, page, Accept_Encoding=encoding, If_None_Match=asked)
        assert [(status, body) for status, _, body in answers] == [(304, b""), (304, b"")]
        assert answers[0][1]["etag"] == answers[1][1]["etag"] == etag
    assert [answer[0] for answer in _both(stack, page, If_None_Match='"other"')] == [200, 200]
