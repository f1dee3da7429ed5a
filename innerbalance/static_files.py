"""How static files are kept on a server: minified, named by their content, compressed. And how media are served.

That is no build step: `make run` serves the files as they are written.
"""

import posixpath

import rcssmin
import rjsmin
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.static import serve
from whitenoise.storage import CompressedManifestStaticFilesStorage

MINIFIERS = {("css/", ".css"): rcssmin.cssmin, ("js/", ".js"): rjsmin.jsmin}
"""(folder, ending) of our own files -> the function that minifies them. What packages bring is left alone."""

CHUNK_BYTES = 64 * 1024


class MinifiedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """`collectstatic` minifies our own stylesheets and scripts before it names and compresses them."""

    # What a script imports is named by its content too: an old copy never meets a new one.
    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            paths = {name: self._minified(name, *where) for name, where in paths.items()}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _minified(self, name: str, storage, path: str) -> tuple:
        """Where to read the file from now on; written anew each time, from the source."""
        for (folder, ending), minify in MINIFIERS.items():
            if name.startswith(folder) and name.endswith(ending):
                with storage.open(path) as file:
                    text = file.read().decode()
                self.delete(name)
                self.save(name, ContentFile(minify(text).encode()))
                return self, name
        return storage, path


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """What editors uploaded, where no web server in front does it. Raises Http404.

    Not documents: those have an address of their own, /documents/, where Wagtail asks who may read their collection. A
    web server in front must leave out the same folder (docs/running.md).
    """
    path = posixpath.normpath(path).lstrip("/")
    if path.casefold().startswith(PRIVATE_MEDIA):
        raise Http404("documents are not served from here")
    if settings.STORAGE_URL:
        return _stored_file(request, path)
    try:
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError, SuspiciousFileOperation):  # a name that no file can have
        raise Http404("no such file") from None


def _stored_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Out of the object storage. Its name changes with its content, so browsers keep it for good. Raises Http404."""
    try:
        content, media_type, size, etag = default_storage.stream(path)  # type: ignore[attr-defined]
    except FileNotFoundError:
        raise Http404("no such file") from None
    headers = {
        "Content-Length": str(size),
        "ETag": etag,
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    response = StreamingHttpResponse(content.iter_chunks(CHUNK_BYTES), content_type=media_type, headers=headers)
    response._resource_closers.append(content.close)  # type: ignore[attr-defined]
    return get_conditional_response(request, etag, response=response)  # type: ignore[arg-type, return-value]


PRIVATE_MEDIA = ("documents/",)
"""Folders below MEDIA_ROOT that are never served as files."""
