"""deploy/env.example names every variable that the site reads, once, each with its meaning."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "deploy" / "env.example"
READERS = [
    *(ROOT / "innerbalance" / "settings").glob("*.py"),
    *(ROOT / "innerbalance" / "kept_pages").glob("*.py"),
    ROOT / "deploy" / "web.py",
]
LEFT_OUT = {
    "DEBUG": "development settings alone",
    "TEST_DATABASE": "test settings alone",
    "KEPT_PAGES_RELEASE": "deploy/web.py sets it, at each start",
    "INNERBALANCE_SERVES": "the processes that serve set it",
    "LISTEN_FDS": "systemd sets it",
    "LISTEN_PID": "systemd sets it",
    "INNERBALANCE_WORKERS": "deploy/web.py sets it for deploy/watch_workers.py",
    "INNERBALANCE_OLD_WORKERS": "deploy/web.py sets it for deploy/watch_workers.py",
}


def variables_read_by(file: Path) -> set[str]:
    """Names in env("X"), env.bool("X"), os.environ.get("X"), os.environ["X"], also by a constant of the module."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                names, values = [target], [node.value]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    names, values = target.elts, node.value.elts
                for name, value in zip(names, values, strict=True):
                    if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                        constants[name.id] = value.value
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            called, first = ast.unparse(node.func), node.args[0]
        elif isinstance(node, ast.Subscript):
            called, first = ast.unparse(node.value), node.slice
        else:
            continue
        if called in {"env", "os.environ", "os.getenv"} or called.startswith(("env.", "os.environ.")):
            name = constants.get(first.id, "") if isinstance(first, ast.Name) else getattr(first, "value", "")
            if isinstance(name, str) and re.fullmatch(r"[A-Z][A-Z0-9_]+", name):
                found.add(name)
    return found


def entries() -> list[tuple[str, str]]:
    """Each variable with the comment above it."""
    found, comment = [], []
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"#?([A-Z][A-Z0-9_]+)=", line):
            found.append((match[1], " ".join(comment)))
        elif line.startswith("# "):
            comment.append(line[2:])
            continue
        if not match:
            comment = []
    return found


def test_every_variable_that_is_read_stands_there_and_no_other():
    read = set().union(*map(variables_read_by, READERS))
    # The settings themselves and provider's keys by Anymail's own names: no call names them.
    wanted = (read - set(LEFT_OUT)) | {"DJANGO_SETTINGS_MODULE", "DEMO_PASSWORD", "ANYMAIL_POSTMARK_SERVER_TOKEN"}
    assert {name for name, _ in entries()} == wanted


def test_each_stands_once_with_its_meaning():
    names = [name for name, _ in entries()]
    assert len(names) == len(set(names))
    assert [name for name, meaning in entries() if len(meaning) < 15] == []


def test_what_is_left_out_is_still_read():
    assert set(LEFT_OUT) <= set().union(*map(variables_read_by, READERS))
