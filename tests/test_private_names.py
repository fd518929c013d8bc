"""Tests use what is public: none reaches for a protected name of what it tests."""

from __future__ import annotations

import ast
from typing import Iterator

import pytest

from assistant.project import Project
from tests.test_rasa_inside import defined, is_protected


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


def test_no_test_reaches_inside(project: Project) -> None:
    """A test that needs a protected name needs something public instead: what a person, an operator
    or another module does, or a part that it can be given."""
    found = {
        path.relative_to(project.root).as_posix(): names
        for path in (project.root / "tests").rglob("*.py")
        if (names := list(reached(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert found == {}


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
def test_each_way_to_reach_inside_is_seen(line: str) -> None:
    assert len(list(reached(ast.parse(line)))) == 1
    for fine in ("self._own", "module.__name__", 'setattr(store, "save", late)'):
        assert not list(reached(ast.parse(fine)))
