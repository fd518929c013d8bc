"""``notice evaluate``: how well the assistant understands a file of questions."""

from __future__ import annotations

import csv
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Optional, Protocol, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.guidance.model import NO_TOPIC
from assistant.replies import Reply

SMALLTALK = "smalltalk"
NOT_URGENT_KIND = "not-urgent"
URGENT_THEME = "urgent/"


class QuestionFileError(ValueError):
    """The file is not a question file; the message names the line and the mend."""


@dataclass(frozen=True)
class Question:
    """A question, the ids that answer it (or out-of-scope, smalltalk), and its kind."""

    text: str
    accept: tuple[str, ...]
    kind: str

    @property
    def urgent(self) -> bool:
        """True if nothing but an urgent reply is right."""
        return all(one.startswith(URGENT_THEME) for one in self.accept)

    @property
    def about_topic(self) -> bool:
        """True if a topic answers it."""
        return any("/" in one and not one.startswith(URGENT_THEME) for one in self.accept)


@dataclass(frozen=True)
class Outcome:
    """A question with the reply it got."""

    question: Question
    reply: Reply

    @property
    def got(self) -> str:
        """The reply in the words of ``accept``."""
        if self.reply.kind in (NO_TOPIC, SMALLTALK):
            return self.reply.kind
        return self.reply.topic or self.reply.kind

    @property
    def right(self) -> bool:
        """The right thing came first."""
        return self.got in self.question.accept

    @property
    def suggested(self) -> bool:
        """The right thing came first or was among the suggestions."""
        return self.right or any(one in self.question.accept for one in self.reply.suggestions)

    @property
    def answered_wrong(self) -> bool:
        """A topic was answered that is not the one: worse than a suggestion."""
        return self.reply.kind == "answer" and not self.right


class Replies(Protocol):
    """What is evaluated: :class:`assistant.conversation.Assistant`, or a stand-in for it."""

    async def reply(self, text: str, conversation: str) -> Reply:
        """One reply to one message."""

    async def forget(self, conversation: str) -> None:
        """Drop a conversation."""


def read_questions(path: Path) -> list[Question]:
    """Read a tab-separated file with a header line: question, accept, kind.

    Raises:
        QuestionFileError: a line lacks a column; the message names it.
        OSError: the file cannot be read.
    """
    questions = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if next(rows, None) != ["question", "accept", "kind"]:
            raise QuestionFileError(
                f"{path}:1: the first line must be question, accept, kind, parted by tabs"
            )
        for row in rows:
            if len(row) != 3 or not all(cell.strip() for cell in row):
                raise QuestionFileError(
                    f"{path}:{rows.line_num}: three columns parted by tabs are needed"
                )
            text, accept, kind = (cell.strip() for cell in row)
            questions.append(Question(text, tuple(accept.split(",")), kind))
    return questions


async def evaluate(assistant: Replies, questions: Iterable[Question]) -> list[Outcome]:
    """Ask every question in a conversation of its own."""
    outcomes = []
    for number, question in enumerate(questions):
        conversation = f"evaluate-{number}"
        outcomes.append(Outcome(question, await assistant.reply(question.text, conversation)))
        await assistant.forget(conversation)
    return outcomes


def share(hits: Iterable[bool]) -> Optional[float]:
    """The share of true values; None of nothing."""
    values = list(hits)
    return sum(values) / len(values) if values else None


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95% Wilson interval of a share."""
    if not total:
        return 0.0, 1.0
    z = 1.959964
    centre = (hits + z * z / 2) / (total + z * z)
    half = z * math.sqrt(hits * (total - hits) / total + z * z / 4) / (total + z * z)
    return max(0.0, centre - half), min(1.0, centre + half)


def print_evaluation(outcomes: Sequence[Outcome], console: Console, details: bool) -> None:
    """Print the figures and, with ``details``, every miss."""
    urgent = [o for o in outcomes if o.question.urgent]
    calm = [o for o in outcomes if not any(URGENT_THEME in a for a in o.question.accept)]
    near = [o for o in outcomes if _sounds_urgent(o.question)]
    outside = [o for o in outcomes if o.question.accept == (NO_TOPIC,)]
    # A question that a topic answers is never urgent only (Question.urgent).
    plain = [o for o in outcomes if o.question.about_topic and not _sounds_urgent(o.question)]

    table = Table(title=f"{len(outcomes)} questions", title_justify="left")
    table.add_column("measure")
    table.add_column("of", justify="right")
    table.add_column("value", justify="right")
    table.add_column("95% interval", justify="right")
    for name, group, hits in (
        ("right topic first", plain, [o.right for o in plain]),
        ("right topic first or suggested", plain, [o.suggested for o in plain]),
        ("a wrong topic answered", plain, [o.answered_wrong for o in plain]),
        ("urgent recognised", urgent, [o.reply.kind == "urgent" for o in urgent]),
        ("urgent, situation right", urgent, [o.right for o in urgent]),
        ("false alarms, only sounding urgent", near, [o.reply.kind == "urgent" for o in near]),
        ("false alarms, all that is not urgent", calm, [o.reply.kind == "urgent" for o in calm]),
        ("out of scope, said so or suggested", outside, [not _answered(o) for o in outside]),
    ):
        value = share(hits)
        if value is not None:
            low, high = wilson(sum(hits), len(group))
            table.add_row(name, str(len(group)), f"{value:.1%}", f"{low:.1%} - {high:.1%}")
    console.print(table)
    _print_calibration([o for o in plain if o.reply.kind == "answer"], console)
    _print_confusion(plain, console)
    if details:
        for outcome in outcomes:
            if not outcome.right:
                asked = escape(outcome.question.text[:110])
                wanted = ",".join(outcome.question.accept)
                console.print(f"{wanted} <- {outcome.got}: {asked}", highlight=False)


def _sounds_urgent(question: Question) -> bool:
    """Written to sound urgent: the near-miss file's kinds, or the kind itself."""
    return question.kind in (NOT_URGENT_KIND, *NEAR_MISS_FORMS)


NEAR_MISS_FORMS = (
    "policy",
    "training",
    "statistics",
    "past-resolved",
    "hypothetical",
    "hyperbole",
    "diary",
    "definition",
)


def _answered(outcome: Outcome) -> bool:
    return outcome.reply.kind in ("answer", "urgent")


def _print_calibration(answered: Sequence[Outcome], console: Console) -> None:
    if not answered:
        return
    table = Table(title="How sure, how right", title_justify="left")
    for heading in ("confidence", "answers", "right"):
        table.add_column(heading, justify="right")
    edges = [0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01]
    for low, high in zip(edges, edges[1:]):
        group = [o for o in answered if low <= o.reply.confidence < high]
        right = share(o.right for o in group)
        if right is not None:
            table.add_row(f"{low:.1f} - {min(high, 1):.1f}", str(len(group)), f"{right:.0%}")
    console.print(table)


def _print_confusion(outcomes: Sequence[Outcome], console: Console) -> None:
    pairs = Counter((o.question.accept[0], o.got) for o in outcomes if o.answered_wrong)
    if not pairs:
        return
    table = Table(title="Most confused", title_justify="left")
    for heading in ("asked about", "answered with", "times"):
        table.add_column(heading)
    for (asked, got), times in pairs.most_common(12):
        table.add_row(asked, got, str(times))
    console.print(table)
