"""How well the tests hold a module: many small wrong changes, one at a time, and which of them no test notices.

`make mutants MODULE=innerbalance/locations/rules` copies the tree to var/mutants, tries every change
that mutmut knows with the tests that concern the module (never the browser's), and prints the score and each survivor
as a diff.
Rules are tried with tests/rules alone; anything else also with the tests of its app, each process on a copy of one
migrated SQLite file. TESTS names others: `make mutants MODULE=intake/services TESTS="tests/intake/test_erase.py"`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORK = ROOT / "var" / "mutants"
SOURCES = ("innerbalance", "blog", "intake", "newsletter", "assessment")
BEYOND = re.compile(r"/(migrations|demo)/")
"""What is never changed, wherever it lies in the module."""


def main(module: str, tests: list[str]) -> int:
    """Tries the module and prints what lives; 0 when nothing went wrong, however many survive."""
    module = module.removesuffix("/").removesuffix(".py")
    tests = tests or concerned(module)
    if not tests:
        print(f"No test names {module}.")
        return 1
    copy_tree()
    configure(module, tests)
    environment = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "innerbalance.settings.test",
        "MUTANTS_DATABASE": "" if only_rules(tests) else make_database(),
        "NO_COLOR": "1",
    }
    print(f"{module}: {len(tests)} test modules", flush=True)
    children = os.environ.get("TEST_PROCESSES", str(os.cpu_count()))
    run = mutmut("run", "--max-children", children, environment=environment)
    if run.returncode:
        print(run.stdout[-6000:], run.stderr[-3000:])
        return run.returncode
    mutmut("export-cicd-stats", environment=environment)
    report(environment)
    return 0


def concerned(module: str) -> list[str]:
    """The test modules that name the module (or one of its parents) by its dotted path, else those of its app."""
    dotted = module.replace("/", ".")
    parent, _, name = dotted.rpartition(".")
    named = re.compile(rf"{re.escape(dotted)}\b|from {re.escape(parent)} import .*\b{name}\b")
    everywhere = [path for path in sorted(ROOT.glob("tests/**/test_*.py")) if "browser" not in path.parts]
    found = {path for path in everywhere if named.search(path.read_text())}
    if "rules" in dotted.split(".") or (found and all("rules" in path.parts for path in found)):
        found = {path for path in found if "rules" in path.parts}
    else:
        app = next((part for part in reversed(dotted.split(".")) if (ROOT / "tests" / part).is_dir()), "")
        found |= {path for path in everywhere if app and path.is_relative_to(ROOT / "tests" / app)}
    return sorted(str(path.relative_to(ROOT)) for path in found)


def only_rules(tests: list[str]) -> bool:
    return all(test.startswith("tests/rules") for test in tests)


def copy_tree() -> None:
    shutil.rmtree(WORK, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(lambda name: (ROOT / name).is_file(), listed.stdout.splitlines()):
        (WORK / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, WORK / name)


def configure(module: str, tests: list[str]) -> None:
    """mutmut's settings stand in pyproject.toml; what differs from module to module is added to the copy's."""
    changed = [f"{module}.py", f"{module}/*"]
    left_alone = sorted(
        str(path.relative_to(WORK)) for path in WORK.rglob("*.py") if BEYOND.search(str(path.relative_to(WORK)))
    )
    table = {
        "source_paths": SOURCES,
        "only_mutate": changed,
        "do_not_mutate": left_alone,
        "also_copy": ["manage.py", "templates", "bench"],
        "pytest_add_cli_args": ["-p", "tests.mutants_database", "-p", "no:cacheprovider", "-W", "ignore"],
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in table.items()]
    with (WORK / "pyproject.toml").open("a") as file:
        file.write("\n[tool.mutmut]\nuse_git_change_detection = false\ntimeout_constant = 10.0\n")
        file.write("\n".join(lines) + "\n")


def make_database() -> str:
    """A migrated SQLite file that each process copies."""
    name = str(WORK / "migrated.sqlite3")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "innerbalance.settings.test",
        "DATABASE_URL": f"sqlite:///{name}",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=WORK, env=environment, check=True)
    return name


def mutmut(*arguments: str, environment: dict) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=WORK,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def report(environment: dict) -> None:
    stats = json.loads((WORK / "mutants/mutmut-cicd-stats.json").read_text())
    caught = stats["killed"] + stats["timeout"] + stats["segfault"] + stats["suspicious"]
    tried = stats["total"] - stats["skipped"]
    for line in mutmut("results", environment=environment).stdout.splitlines():
        name, _, state = line.strip().partition(": ")
        if state in ("survived", "no tests"):
            print(f"--- {state}: {name}")
            print(mutmut("show", name, environment=environment).stdout)
    score = 100 * caught / tried if tried else 100
    print(
        f"{caught} of {tried} noticed ({score:.1f} %), {stats['survived']} survived, {stats['no_tests']} without tests"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
