"""``notice gaps``: what people ask in vain, in groups that one answer could serve.

Nothing is told per person: no conversation, no time finer than the week, and no group that fewer
than five conversations speak in.
"""

from __future__ import annotations

import csv
import datetime
import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Iterator, Literal, Mapping, Optional, Sequence

import numpy as np

from assistant.editing.grouping import grouped
from assistant.guidance import Library
from assistant.guidance.table_cells import as_cell
from assistant.privacy.masks import MASK
from assistant.privacy.redaction import shared_redactor
from assistant.understanding.encoder import Vectors, shared_encoder

FEWEST = 5
"""A group that fewer conversations speak in is not shown: it could point to somebody."""

NEAREST = 3
"""So many topics are named for a group."""

Why = Literal["no answer", "suggestion not taken", "not useful", "other language", "from a file"]


@dataclass(frozen=True)
class Unanswered:
    """A redacted question that was asked in vain.

    ``conversation`` tells questions of different conversations apart, for counting; it is no id
    and is never shown. ``week`` is the Monday of the week in which it was asked. ``text`` is empty
    where it is counted only: in a language that no editor here reads.
    """

    text: str
    why: Why
    conversation: int
    week: Optional[datetime.date] = None


@dataclass(frozen=True)
class Gap:
    """Questions that one answer could serve, and the ids of the topics nearest to them."""

    questions: tuple[str, ...]
    conversations: int
    why: Mapping[Why, int]
    weeks: tuple[datetime.date, ...]
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class Gaps:
    """The groups that may be shown, largest first; of the others only how many there are."""

    shown: tuple[Gap, ...]
    hidden_groups: int
    hidden_questions: int
    other_languages: int = 0
    """Conversations in languages that nobody here answers in."""


def from_lines(lines: Iterable[str]) -> list[Unanswered]:
    """Questions of a file, one a line, redacted: each counts as a conversation of its own."""
    redact = shared_redactor().redact
    texts = [redact(text) for line in lines if (text := line.strip())]
    return [Unanswered(text, "from a file", number) for number, text in enumerate(texts)]


def gaps_of(
    asked: Sequence[Unanswered], known: Mapping[str, Sequence[str]], vectors: Vectors
) -> Gaps:
    """Group what was asked in vain.

    Args:
        asked: in any order.
        known: the project's own questions by topic.
        vectors: their sentence vectors, topic by topic.
    """
    foreign = {one.conversation for one in asked if not one.text}
    asked = [one for one in asked if one.text]
    texts = [MASK.sub(" ", one.text) for one in asked]
    groups = grouped(texts, [text for of_one in known.values() for text in of_one], vectors)
    told = [[asked[place] for place in group] for group in groups]
    shown = [group for group in told if _conversations(group) >= FEWEST]
    hidden = [group for group in told if _conversations(group) < FEWEST]
    gaps = [_gap(group, known, vectors) for group in shown]
    return Gaps(
        shown=tuple(sorted(gaps, key=lambda gap: (-gap.conversations, gap.questions))),
        hidden_groups=len(hidden),
        hidden_questions=sum(map(len, hidden)),
        other_languages=len(foreign),
    )


def _conversations(group: Sequence[Unanswered]) -> int:
    return len({one.conversation for one in group})


def _gap(group: Sequence[Unanswered], known: Mapping[str, Sequence[str]], vectors: Vectors) -> Gap:
    why: dict[Why, int] = {}
    for one in group:
        why[one.why] = why.get(one.why, 0) + 1
    # In the order of the alphabet, so that the list does not tell what was asked together.
    questions = tuple(sorted({clean(one.text) for one in group}, key=str.casefold))
    return Gap(
        questions=questions,
        conversations=_conversations(group),
        why=why,
        weeks=tuple(sorted({one.week for one in group if one.week})),
        nearest=tuple(_nearest(questions, known, vectors)),
    )


def _nearest(
    questions: Sequence[str], known: Mapping[str, Sequence[str]], vectors: Vectors
) -> list[str]:
    """The topics whose questions are on average the likest."""
    likeness = vectors @ shared_encoder().encode(questions).mean(axis=0)
    ends = np.cumsum([len(of_one) for of_one in known.values()])
    marks = [
        (float(likeness[end - len(of_one) : end].mean()), topic)
        for (topic, of_one), end in zip(known.items(), ends)
        if of_one
    ]
    return [topic for _, topic in sorted(marks, reverse=True)[:NEAREST]]


def clean(text: str) -> str:
    """A text in one line, without signs that steer a terminal or turn the direction of writing."""
    kept = (" " if one.isspace() else one for one in text)
    return " ".join(
        "".join(one for one in kept if not unicodedata.category(one).startswith("C")).split()
    )


def gap_lines(gaps: Gaps, library: Library) -> Iterator[str]:
    """The groups for people to read."""
    for number, gap in enumerate(gaps.shown, start=1):
        why = ", ".join(f"{kind} {_few(count)}" for kind, count in gap.why.items())
        yield f"Group {number}: {gap.conversations} conversations ({why}){_weeks(gap)}"
        yield from (f"    {question}" for question in gap.questions)
        yield "  Nearest topics:"
        yield from (f"    {topic}: {_title(topic, library)}" for topic in gap.nearest)
        yield ""
    yield (
        f"{len(gaps.shown)} groups shown. Not shown, as fewer than {FEWEST} conversations speak "
        f"in each: {gaps.hidden_groups} groups with {gaps.hidden_questions} questions."
    )
    if gaps.other_languages:
        count = _few(gaps.other_languages)
        yield f"In languages that are not answered, and not listed: {count} conversations."
    yield "Names and numbers are masked, but not surely all: read it before you pass it on."


def _few(count: int) -> str:
    return str(count) if count >= FEWEST else f"fewer than {FEWEST}"


def _weeks(gap: Gap) -> str:
    if not gap.weeks:
        return ""
    first, last = (f"{week:%G-W%V}" for week in (gap.weeks[0], gap.weeks[-1]))
    return f", {first}" if first == last else f", {first} to {last}"


def _title(topic: str, library: Library) -> str:
    return library.topics[topic].title if topic in library.topics else topic


def as_csv(gaps: Gaps) -> str:
    """The groups as a table, one question a row, which no spreadsheet takes for a formula."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["group", "conversations", "question", "nearest topics"])
    for number, gap in enumerate(gaps.shown, start=1):
        for question in gap.questions:
            row = [number, gap.conversations, as_cell(question), " ".join(gap.nearest)]
            writer.writerow(row)
    writer.writerow(["hidden", "", f"{gaps.hidden_groups} groups under {FEWEST}", ""])
    return table.getvalue()


def read_questions(path: Path) -> list[Unanswered]:
    """The questions of a file.

    Raises:
        OSError: it cannot be read.
        UnicodeDecodeError: it is no UTF-8 text.
    """
    return from_lines(path.read_text(encoding="utf-8").splitlines())
