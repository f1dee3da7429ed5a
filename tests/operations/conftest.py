"""An installation to begin with, made once."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.operations.installation import make_template
from tests.serve.database import Server


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A folder with `var` (see Installation) and `static`, in production settings."""
    folder = tmp_path_factory.mktemp("template")
    make_template(folder / "var", folder / "static")
    return folder


@pytest.fixture(scope="module")
def postgresql():
    """A server of the module's own; not in pytest's folders, which nobody but its own user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="innerbalance-postgresql-"))
    folder.chmod(0o755)
    server = Server(folder / "data")
    yield server
    server.stop()
    shutil.rmtree(folder)
