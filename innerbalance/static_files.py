"""How static files are kept on a server: minified, named by their content, compressed. And how media are served.

That is no build step: `make run` serves the files as they are written.
"""

import posixpath

import rcssmin
import rjsmin
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve
from whitenoise.storage import CompressedManifestStaticFilesStorage

MINIFIERS = {("css/", ".css"): rcssmin.cssmin, ("js/", ".js"): rjsmin.jsmin}
"""(folder, ending) of our own files -> the function that minifies them. What packages bring is left alone."""


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
    try:
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError, SuspiciousFileOperation):  # a name that no file can have
        raise Http404("no such file") from None


PRIVATE_MEDIA = ("documents/",)
"""Folders below MEDIA_ROOT that are never served as files."""
