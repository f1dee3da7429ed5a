"""How static files are kept on a server: made smaller, named by their content, compressed."""

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from innerbalance.smaller import smaller_css, smaller_js

OURS = {("css/", ".css"): smaller_css, ("js/", ".js"): smaller_js}
"""(folder, ending) of our own files -> how they are made smaller. What packages bring is left alone."""


class SmallStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """`collectstatic` makes our own stylesheets and scripts smaller before it names and compresses them."""

    # What a script imports is named by its content too: an old copy never meets a new one.
    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            paths = {name: self._small(name, *where) for name, where in paths.items()}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _small(self, name: str, storage, path: str) -> tuple:
        """Where to read the file from now on; written anew each time, from the source."""
        for (folder, ending), smaller in OURS.items():
            if name.startswith(folder) and name.endswith(ending):
                with storage.open(path) as file:
                    text = file.read().decode()
                self.delete(name)
                self.save(name, ContentFile(smaller(text).encode()))
                return self, name
        return storage, path
