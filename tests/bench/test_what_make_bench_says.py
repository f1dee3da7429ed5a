"""The figures of `make bench`: read from wrk as it printed them, compared round by round, and never made up."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import report
from bench.figures import TARGETS, Findings, Spread, ratios
from bench.load import LoadFailed, parse
from bench.stack import read_environment

ROOT = Path(__file__).parents[2]
REPORT = """Running 3s test @ http://127.0.0.1:8080/blog/article/
  2 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.84ms    1.52ms  28.91ms   88.13%
    Req/Sec    18.31k     2.02k   23.45k    70.00%
  Latency Distribution
     50%  912.00us
     75%    2.36ms
     90%    3.71ms
     99%    1.20s 
  109271 requests in 3.01s, 1.23GB read
Requests/sec:  36318.27
Transfer/sec:    418.20MB
"""  # noqa: W291 -- as wrk prints it
PROMISED = [
    "warm_to_static",
    "app_to_static",
    "cold_cpu_to_minimal",
    "posts_sqlite_to_postgresql",
    "list_10000_to_100",
    "search_10000_to_100",
    "memory_to_minimal",
]


def _row(findings: Findings, key: str) -> tuple[str, ...]:
    return report.rows(findings)[PROMISED.index(key)]


def test_wrk_is_read_in_its_own_units():
    load = parse(REPORT)
    assert (load.per_second, load.requests) == (36318.27, 109271)
    assert (load.median_ms, load.slowest_ms) == (0.912, 1200)
    assert load.megabytes == 1.23 * 1024


@pytest.mark.parametrize(
    "line",
    [
        "  Non-2xx or 3xx responses: 17",
        "  Socket errors: connect 0, read 3, write 0, timeout 1",
    ],
)
def test_a_load_that_met_errors_is_no_figure(line):
    with pytest.raises(LoadFailed, match=r"17 answers were errors|read 3, write 0, timeout 1"):
        parse(REPORT.replace("Requests/sec", line + "\nRequests/sec"))


@pytest.mark.parametrize(
    "report",
    ["unable to connect to 127.0.0.1:8080 Connection refused", REPORT.replace("109271 requests", "0 requests")],
)
def test_a_report_without_answers_is_no_figure(report):
    with pytest.raises(LoadFailed):
        parse(report)


def test_ratios_are_taken_round_by_round():
    """The second round was disturbed: each side is half as fast, and the ratio is what it was."""
    assert ratios([90, 45, 80], [100, 50, 100]) == Spread(0.9, 0.8, 0.9)


@pytest.mark.parametrize(("above", "below"), [([1, 2], [1]), ([1], [0]), ([0], [1]), ([], [])])
def test_rounds_that_can_not_be_compared_are_refused(above, below):
    with pytest.raises(ValueError):  # noqa: PT011 -- StatisticsError is one
        ratios(above, below)


def test_the_json_has_the_promised_keys_first_and_null_for_what_was_not_measured():
    findings = Findings(ratios={"app_to_static": Spread(0.31234, 0.3, 0.4)}, extra={"posts_5xx": 0})
    told = json.loads(report.as_json(findings))
    assert list(told) == [*PROMISED, "posts_5xx"]
    assert told["app_to_static"] == 0.3123
    assert [key for key in PROMISED if told[key] is None] == [key for key in PROMISED if key != "app_to_static"]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("warm_to_static", 0.98, "goal met"),
        ("warm_to_static", 0.90, "must met"),
        ("warm_to_static", 0.89, "not met"),
        ("memory_to_minimal", 0.6, "goal met"),
        ("memory_to_minimal", 0.9, "must met"),
        ("memory_to_minimal", 0.91, "not met"),
    ],
)
def test_the_table_says_whether_a_promise_is_met(key, value, words):
    findings = Findings(ratios={key: Spread(value, value, value)})
    assert _row(findings, key)[-1] == words


def test_quick_posts_with_a_fault_among_them_are_not_met():
    key = "posts_sqlite_to_postgresql"
    findings = Findings(ratios={key: Spread(1.2, 1.1, 1.3)}, faults={key: "3 answers of 5xx"})
    assert _row(findings, key)[-1] == "not met: 3 answers of 5xx"


def test_a_figure_that_failed_is_told_with_its_reason_and_without_a_number():
    findings = Findings(reasons={"memory_to_minimal": "the minimal site: no space"})
    assert _row(findings, "memory_to_minimal")[1:3] == ("–", "")
    assert "memory_to_minimal was not measured: the minimal site: no space" in report.table(findings)
    assert "the minimal site: no space" in report.as_markdown(findings, {})


def test_the_document_keeps_its_prose_and_gets_new_figures():
    old = f"# Performance\n\nProse.\n\n{report.BEGIN}\n\nold\n\n{report.END}\n\nMore prose.\n"
    new = report.put_between_markers(old, "new")
    assert new == old.replace("old", "new")
    with pytest.raises(ValueError, match="markers"):
        report.put_between_markers("# Performance\n", "new")


def test_docs_performance_has_the_markers_and_every_target():
    document = report.DOCUMENT.read_text()
    assert report.put_between_markers(document, "new") != document
    for target in TARGETS:
        assert target.label in document


def test_the_stacks_environment_is_read_as_a_shell_reads_it():
    text = "# made once\nSECRET_KEY='a b#c'\nexport APP_BIND=127.0.0.1:8001\n\nBASE_URL=http://a # here\nEMPTY=\n"
    assert read_environment(text) == {
        "SECRET_KEY": "a b#c",
        "APP_BIND": "127.0.0.1:8001",
        "BASE_URL": "http://a",
        "EMPTY": "",
    }


def test_what_was_started_ends_with_the_run(tmp_path):
    """Also the children of what was started, and when the run itself is interrupted."""
    script = (
        "import os, pathlib, sys; from bench import processes; processes.clean_up_at_the_end();"
        "process = processes.start(['sh', '-c', 'sleep 600 & echo $!; wait'], env=dict(os.environ), cwd='/',"
        " log=pathlib.Path(sys.argv[1]));"
        "processes.wait_until(lambda: pathlib.Path(sys.argv[1]).read_text().strip(), process=process, seconds=30,"
        " log=pathlib.Path(sys.argv[1]));"
        "os.kill(os.getpid(), 2)"
    )
    log = tmp_path / "log"
    done = subprocess.run([sys.executable, "-c", script, str(log)], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 130
    child = Path("/proc") / log.read_text().strip()
    assert not child.exists() or ") Z " in (child / "stat").read_text()
