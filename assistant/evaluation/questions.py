"""Questions with the ids that answer them, and the replies they get."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Protocol

from assistant.answers import current_content
from assistant.guidance import GENERAL, NO_TOPIC
from assistant.guidance.names import NOBODY
from assistant.turn.replies import Reply

COLUMNS = ("question", "accept", "kind", "reader", "must_not")
"""Of a question file; the last two may be left out."""

SMALLTALK = "smalltalk"
NOT_URGENT_KIND = "not-urgent"
URGENT_THEME = "urgent/"

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
"""Kinds of question that only sound urgent."""


class QuestionFileError(ValueError):
    """The file is not a question file; the message names the line and the fix."""


@dataclass(frozen=True)
class Question:
    """A question, the ids that answer it (or out-of-scope, smalltalk), and its kind.

    ``reader`` is who is typing, as a voice of ``data/urgency/harm.yml``; ``must_not`` are replies
    that would harm them beside those of that list.
    """

    text: str
    accept: tuple[str, ...]
    kind: str
    reader: str = ""
    must_not: tuple[str, ...] = ()

    @property
    def urgent(self) -> bool:
        """True if nothing but an urgent reply is right."""
        return all(one.startswith(URGENT_THEME) for one in self.accept)

    @property
    def about_topic(self) -> bool:
        """True if a topic answers it."""
        return any("/" in one and not one.startswith(URGENT_THEME) for one in self.accept)

    @property
    def sounds_urgent(self) -> bool:
        """Written to sound urgent without being so."""
        return self.kind in (NOT_URGENT_KIND, *NEAR_MISS_FORMS)


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
    def got_urgent(self) -> bool:
        """The reply sends to the official channels first."""
        return self.reply.kind == "urgent"

    @property
    def right(self) -> bool:
        """The right thing came first; the general urgent reply is right for whatever is urgent."""
        if self.got == GENERAL and self.question.urgent:
            return True
        return self.got in self.question.accept

    @property
    def suggested(self) -> bool:
        """The right thing came first or was among the suggestions."""
        return self.right or any(one in self.question.accept for one in self.reply.suggestions)

    @property
    def answered_wrong(self) -> bool:
        """A topic was answered that is not the one: worse than a suggestion."""
        return self.reply.kind == "answer" and not self.right

    @property
    def harms(self) -> bool:
        """The reply is one that must never be given to this reader."""
        high = current_content().harm.get(self.question.reader, ())
        wrong = self.got in high and self.got not in self.question.accept
        return wrong or self.got in self.question.must_not

    @property
    def harms_a_little(self) -> bool:
        """The reply does some harm to this reader: it is counted."""
        low = current_content().harm_low.get(self.question.reader, ())
        unneeded = self.question.reader == NOBODY and self.got_urgent
        return (self.got in low or unneeded) and self.got not in self.question.accept


class Replies(Protocol):
    """What is evaluated: :class:`assistant.turn.assistant.Assistant`, or a stand-in for it."""

    async def reply(self, text: str, conversation: str) -> Reply:
        """One reply to one message."""

    async def forget(self, conversation: str) -> None:
        """Drop a conversation."""


def read_questions(path: Path) -> list[Question]:
    """Read a tab-separated file with a header line: see :data:`COLUMNS`.

    Raises:
        QuestionFileError: a line lacks a column; the message names it.
        OSError: the file cannot be read.
    """
    questions = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(rows, [])
        if header != list(COLUMNS[: len(header)]) or len(header) < 3:
            raise QuestionFileError(
                f"{path}:1: the first line must be question, accept, kind (and, if you like, "
                "reader, must_not), separated by tabs"
            )
        for row in rows:
            cells = [cell.strip() for cell in row]
            if len(cells) != len(header) or not all(cells[:3]):
                raise QuestionFileError(
                    f"{path}:{rows.line_num}: expected {len(header)} tab-separated columns"
                )
            questions.append(_question(*cells))
    return questions


def _question(text: str, accept: str, kind: str, reader: str = "", must_not: str = "") -> Question:
    # The files write a voice as people say it.
    voice = reader.replace("'", "").replace(" ", "-")
    harmful = tuple(one for one in must_not.split(",") if one)
    return Question(text, tuple(accept.split(",")), kind, voice, harmful)


async def evaluate(assistant: Replies, questions: Iterable[Question]) -> list[Outcome]:
    """Ask every question in a conversation of its own."""
    outcomes = []
    for number, question in enumerate(questions):
        conversation = f"evaluate-{number}"
        outcomes.append(Outcome(question, await assistant.reply(question.text, conversation)))
        await assistant.forget(conversation)
    return outcomes
