"""What is wrong with the content, said so that an editor can fix it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Sequence


@dataclass(frozen=True)
class Problem:
    """One thing to fix: where it stands and what to do."""

    path: Path
    line: int
    field: str
    fix: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}"
        return f"{where}: {self.field}: {self.fix}" if self.field else f"{where}: {self.fix}"


class ContentError(ValueError):
    """The content cannot be used; ``problems`` says why, all of it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (str(p.path), p.line, p.field)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
