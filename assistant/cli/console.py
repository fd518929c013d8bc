"""Exit codes, and where a command writes."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

OK, FAILED, UNUSABLE = 0, 1, 2


class CannotRunError(RuntimeError):
    """The command cannot run; the message says why in plain words."""


def errors() -> Console:
    """Standard error."""
    return Console(stderr=True)


def wide_console() -> Console:
    """Standard output; wide enough for a table where it is no terminal, as in CI."""
    console = Console()
    return console if console.is_terminal else Console(width=140)


def save(path: Path, text: str) -> None:
    """Write a file, and say which."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(path)
