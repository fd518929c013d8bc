"""What is logged of a fault: its type and where it broke, and nothing that a person typed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from assistant.faults import place_of
from assistant.project import Project
from assistant.store.events import read_event

ROOMS = ("answers", "guidance", "operations", "store", "training", "turn", "understanding")
LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}


def test_the_place_is_the_last_line_of_ours() -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011
        read_event({"event": "no such event, said Zebedia"})
    assert place_of(raised.value).startswith("ValueError at store/events.py:")
    assert place_of(KeyError("Zebedia")) == "KeyError"


def is_logged_type(node: ast.AST) -> bool:
    """True for a line of the log that says the type of an error and no place."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LEVELS
        and any("type(error).__name__" in ast.unparse(argument) for argument in node.args)
    )


@pytest.mark.parametrize("room", ROOMS)
def test_every_logged_fault_says_its_place(project: Project, room: str) -> None:
    """A type alone has to be searched for."""
    without: list[Path] = [
        path
        for path in (project.root / "assistant" / room).rglob("*.py")
        if any(map(is_logged_type, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    ]
    assert without == []


def test_a_line_without_a_place_is_seen() -> None:
    line = 'logger.error("Lock not freed: %s", type(error).__name__)'
    assert any(map(is_logged_type, ast.walk(ast.parse(line))))
