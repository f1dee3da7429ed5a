"""A finished page in the three forms that browsers take, and the address of its bytes on the disk."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache, partial

import brotli

from . import ENCODINGS

SMALL = 200
"""Bytes below which compressing is not worth it."""

BROTLI_QUALITY = 5
"""As quick as gzip, and a tenth smaller; the highest, 11, would take longer than the page itself."""

COMPRESS = {
    "br": partial(brotli.compress, quality=BROTLI_QUALITY),
    "gzip": partial(gzip.compress, compresslevel=6, mtime=0),
}

FOLDERS = re.compile(r"/(?:[\w-]{1,100}/){0,8}")
FILES = re.compile(r"/(?:sitemap(?:-[0-9]{1,4})?\.xml|robots\.txt|\.well-known/security\.txt)")
LONGEST_PATH = 300
ENDINGS = {"text/html": "html", "application/atom+xml": "atom", "application/rss+xml": "rss"}
"""Media type -> ending of the file in a page's folder. deploy/nginx has the same table the other way round."""

FEEDS = {"/feed/": "application/atom+xml", "/feed/rss/": "application/rss+xml"}
"""End of a path -> what is served there; anything else that ends in a slash is a page."""


@dataclass(frozen=True, slots=True)
class Variant:
    """`encoding` as in Content-Encoding; `stamp` is the modification time (Unix) that its file gets."""

    encoding: str
    content: bytes
    stamp: int

    @property
    def etag(self) -> str:
        """As nginx makes it of a file: time and size in hexadecimal. The time is a hash, so it names the content."""
        return f'"{self.stamp:x}-{len(self.content):x}"'


def variant_of(content: bytes, encoding: str) -> Variant:
    """`content` in one form; the plain one where compressing does not pay."""
    stamp = int.from_bytes(hashlib.sha256(content).digest()[:4])
    if encoding and len(content) >= SMALL:
        return Variant(encoding, COMPRESS[encoding](content), stamp)
    return Variant("", content, stamp)


@lru_cache(maxsize=24)
def variants_of(content: bytes) -> dict[str, Variant]:
    """Every form of `content` by its encoding; remembered, for most pages come out of a change as they went in."""
    return {made.encoding: made for made in (variant_of(content, encoding) for encoding in ENCODINGS)}


def file_for(path: str, media_type: str) -> str | None:
    """Below the pages' folder, the file of what is served at `path` as `media_type`; None where nothing is kept."""
    if len(path) > LONGEST_PATH:
        return None
    if FILES.fullmatch(path):
        return path[1:]
    if not FOLDERS.fullmatch(path) or media_type != media_type_at(path):
        return None
    return f"{path[1:]}index.{ENDINGS[media_type]}"


def media_type_at(path: str) -> str:
    """What the folder `path` serves."""
    return next((kind for end, kind in FEEDS.items() if path.endswith(end)), "text/html")
