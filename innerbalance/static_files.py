"""How static files are kept on a server: minified, named by their content, compressed.

That is no build step: `make run` serves the files as they are written.
"""

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
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
