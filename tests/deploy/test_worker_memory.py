"""A worker is replaced when it holds too much memory, and not before."""

import runpy
from pathlib import Path

import pytest
from granian.server.mp import MPServer

WEB = Path(__file__).parents[2] / "deploy" / "web.py"


@pytest.mark.parametrize(("megabytes", "replaced"), [(300, False), (599, False), (600, True)])
def test_only_a_worker_above_the_limit_is_replaced(monkeypatch, megabytes, replaced):
    """granian compares bytes; a limit that is taken for megabytes would end every worker twice a minute."""
    web = runpy.run_path(str(WEB))
    monkeypatch.setattr(MPServer, "startup", lambda *arguments: None)
    server = object.__new__(web["Server"])
    server.startup(None, None)
    assert (megabytes * 1024 * 1024 >= server.workers_rss) is replaced
