"""Tests use what is public: how often they reach inside only falls."""

from __future__ import annotations

import ast
from collections import Counter
from typing import Iterator

import pytest

from assistant.project import Project
from tests.test_rasa_inside import defined, is_protected

MOST = {
    "answers": 2,
    "channels": 40,
    "cli": 1,
    "editing": 5,
    "operations": 10,
    "privacy": 9,
    "services": 1,
    "store": 9,
    "training": 3,
    "turn": 5,
    "understanding": 2,
}
"""Places of each folder of tests that use a protected name of something else's. Lower a figure with
each one that goes; a test that needs a new one needs something public instead."""


def reached(tree: ast.AST) -> Iterator[str]:
    """The protected names that a module of tests reads of, or sets on, what is not its own."""
    own = set(defined(tree))
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Attribute):
            of = node.value.id if isinstance(node.value, ast.Name) else ""
            name = "" if of in ("self", "cls") else node.attr
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("setattr"):
            named = [one for one in node.args[:2] if isinstance(one, ast.Constant)]
            name = str(named[0].value).rpartition(".")[2] if named else ""
        elif isinstance(node, ast.ImportFrom):
            yield from (one.name for one in node.names if is_protected(one.name))
        if is_protected(name) and name not in own:
            yield name


def test_tests_reach_inside_less_and_less(project: Project) -> None:
    counted: Counter[str] = Counter()
    for path in (project.root / "tests").rglob("*.py"):
        folder = path.relative_to(project.root / "tests").parts[0]
        counted[folder] += len(list(reached(ast.parse(path.read_text(encoding="utf-8")))))
    more = {name: count for name, count in counted.items() if count > MOST.get(name, 0)}
    assert more == {}


@pytest.mark.parametrize(
    "line",
    [
        "assistant._queue",
        "assistant.queue._slots.acquire()",
        'monkeypatch.setattr(store, "_save", late)',
        'monkeypatch.setattr("assistant.turn.queue._slots", late)',
        "from assistant.store.database import _prepare_sqlite",
    ],
)
def test_each_way_to_reach_inside_is_counted(line: str) -> None:
    assert len(list(reached(ast.parse(line)))) == 1
    for fine in ("self._own", "module.__name__", 'setattr(store, "save", late)'):
        assert not list(reached(ast.parse(fine)))
