"""Content that a test breaks, and what is said of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.guidance import ContentError, load_library

TOPIC = "guidance/talk/recording.yml"


def problems(content: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_library(content)
    return [str(problem) for problem in caught.value.problems]


def line_of(content: Path, name: str, text: str) -> int:
    lines = (content / name).read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, start=1) if text in line)


def swap(content: Path, name: str, pattern: str, new: str) -> None:
    """Replace the first match of a pattern in a file; there must be one."""
    path = content / name
    text, count = re.subn(pattern, new, path.read_text(), count=1, flags=re.M | re.S)
    assert count == 1, f"{pattern!r} is not in {name}"
    path.write_text(text)
