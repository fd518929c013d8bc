"""``notice check``: everything that can be wrong with content beyond what loading refuses."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from assistant.editing import (
    evidence,
    in_both_nations,
    owners,
    questions,
    readings,
    registers,
    sign_off,
    standard,
    urgent,
    welsh,
)
from assistant.editing.content_to_check import ContentToCheck, Rule
from assistant.guidance import Examples, Library, Problem, load_examples, load_library
from assistant.guidance.problems import ContentError
from assistant.guidance.shorthand import load_shorthand

RULES: tuple[Rule, ...] = (
    *urgent.RULES,
    *standard.RULES,
    *in_both_nations.RULES,
    *evidence.RULES,
    *registers.RULES,
    *questions.RULES,
    *readings.RULES,
    *sign_off.RULES,
    *owners.RULES,
    *welsh.RULES,
)


@dataclass(frozen=True)
class Report:
    """What a check found: ``problems`` to fix, and how much there is of what.

    ``notices`` are for an editor who knows Welsh; they stop nobody else.
    """

    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...] = ()
    topics: int = 0
    questions: int = 0
    urgent: int = 0


def check_content(
    data: Path,
    today: Optional[datetime.date] = None,
    near_duplicates: bool = True,
) -> Report:
    """Check all content below ``data``.

    Args:
        data: the ``data`` folder.
        today: for the age of what was checked; by default today.
        near_duplicates: compare all training questions too (takes some seconds).
    """
    try:
        library, examples = _load(data)
    except ContentError as error:
        return Report(error.problems)
    content = ContentToCheck(data, library, examples, today or datetime.date.today())
    rules = (*RULES, *(questions.SLOW_RULES if near_duplicates else ()))
    problems = [problem for rule in rules for problem in rule(content)]
    return Report(
        problems=tuple(sorted(set(problems), key=lambda p: (str(p.path), p.line, p.field, p.fix))),
        notices=tuple(notice for rule in welsh.NOTICES for notice in rule(content)),
        topics=len(library.topics),
        questions=sum(map(len, examples.questions.values())),
        urgent=sum(map(len, examples.urgent.values())),
    )


def _load(data: Path) -> tuple[Library, Examples]:
    """The content and its examples.

    Raises:
        ContentError: with the problems of both, and of the shorthand.
    """
    problems: list[Problem] = []
    try:
        library = load_library(data)
    except ContentError as error:
        problems += error.problems
    try:
        examples = load_examples(data)
    except ContentError as error:
        problems += error.problems
    try:
        load_shorthand(data)
    except ContentError as error:
        problems += error.problems
    if problems:
        raise ContentError(problems)
    return library, examples
