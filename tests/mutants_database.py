"""For `tests.mutants` alone: each process has a copy of one migrated file, and no migration is run again."""

import os
import shutil
from pathlib import Path

import pytest

if os.environ.get("MUTANTS_DATABASE"):

    @pytest.fixture(scope="session")
    def django_db_setup(django_test_environment, django_db_blocker):
        from django.db import connection

        migrated = Path(os.environ["MUTANTS_DATABASE"])
        mine = migrated.with_name(f"{os.getpid()}.sqlite3")
        shutil.copyfile(migrated, mine)
        with django_db_blocker.unblock():
            connection.close()
            connection.settings_dict["NAME"] = str(mine)
        yield
        with django_db_blocker.unblock():
            connection.close()
        mine.unlink(missing_ok=True)
