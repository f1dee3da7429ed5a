"""An installation to begin with, made once."""

import pytest

from tests.operations.installation import make_template


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A folder with `var` (see Installation) and `static`, in production settings."""
    folder = tmp_path_factory.mktemp("template")
    make_template(folder / "var", folder / "static")
    return folder
