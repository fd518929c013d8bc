"""Rasa's protected names are used in ``assistant/rasa_inside.py`` alone."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from pathlib import Path
from typing import Iterator

import pytest

from assistant.project import Project

INSIDE = Path("assistant/rasa_inside.py")
ROOMS = ("assistant", "actions")

FOR_COMPONENTS = {"_prediction", "_config"}
"""What Rasa means the classes of a custom policy and featurizer to use, of themselves."""


def is_protected(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"


def defined(tree: ast.AST) -> Iterator[str]:
    """The protected names that a module gives to anything of its own."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Store):
            yield node.attr if isinstance(node, ast.Attribute) else node.id


def touched(tree: ast.AST, own: set[str], ours: set[str]) -> Iterator[str]:
    """The protected names of others that a module reads, calls or imports.

    Args:
        tree: the module.
        own: names that it defines; of any object they are its own.
        ours: names that all modules define; ``self`` may have them from a class of another one.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rasa"):
            yield from (alias.name for alias in node.names if is_protected(alias.name))
        if not isinstance(node, ast.Attribute) or not is_protected(node.attr):
            continue
        of = node.value.id if isinstance(node.value, ast.Name) else ""
        known = ours | FOR_COMPONENTS if of in ("self", "cls") else own
        if node.attr not in known and of not in sys.stdlib_module_names:
            yield node.attr


def modules(root: Path) -> dict[Path, ast.AST]:
    files = [path for room in ROOMS for path in (root / room).rglob("*.py")]
    return {path.relative_to(root): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def test_no_other_module_touches_a_protected_name_of_rasa(project: Project) -> None:
    trees = modules(project.root)
    own = {path: set(defined(tree)) for path, tree in trees.items()}
    ours = set().union(*(names for path, names in own.items() if path != INSIDE))
    found = {path: set(touched(tree, own[path], ours)) for path, tree in trees.items()}
    assert found.pop(INSIDE), "the test sees what is there"
    assert {str(path): names for path, names in found.items() if names} == {}


def test_no_class_has_a_protected_name_that_its_class_of_rasa_has(project: Project) -> None:
    """To override one is to use it too; by chance it is a fault."""
    found = []
    for path, tree in modules(project.root).items():
        if not any(imports_rasa(node) for node in ast.walk(tree)):
            continue
        module = importlib.import_module(".".join(path.with_suffix("").parts))
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ != module.__name__:
                continue
            above = [base for base in kind.__mro__ if base.__module__.startswith("rasa")]
            taken = {one for base in above for one in vars(base) if is_protected(one)}
            found += [(name, one) for one in vars(kind) if one in taken - {"_abc_impl"}]
    assert found == []


def imports_rasa(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rasa")


@pytest.mark.parametrize(
    "line",
    [
        "store._tracker_store",
        "self._run_prediction_loop(output, tracker)",
        "super()._handle_message_with_tracker(message, tracker)",
        "from rasa.core.processor import _names",
    ],
)
def test_each_way_to_touch_one_is_seen(line: str) -> None:
    """The first test could not fail if it saw nothing."""
    assert list(touched(ast.parse(line), {"_own"}, {"_own", "_ours"}))
    for fine in ("self._ours", "other._own", "sys._getframe()", "from ours import _ours"):
        assert not list(touched(ast.parse(fine), {"_own"}, {"_own", "_ours"}))
