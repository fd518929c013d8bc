"""One answer, resolved and ready to be shown in any channel: its parts, and nothing else.

An :class:`Answer` is made from the content (:mod:`.from_content`, :mod:`.guided`), kept in
``content.json`` (:mod:`.compiling`), and rendered by each channel in its own form. It needs
neither the content files nor Rasa.
"""

from __future__ import annotations

import hashlib
from typing import Literal, Optional, Sequence

from pydantic import BaseModel

from assistant.answers.words import ENGLISH_WORDS, Words
from assistant.guidance.model import Territory
from assistant.guidance.points import Duty

LIMITS = "Guidance only: this is not a decision about a child. If a child is in danger, call 999."
"""The last line of every answer."""

FIRST_CONTACTS = 3
"""Contacts of an urgent reply that stand above whom to tell (in the widget: ``answer.ts``)."""

AnswerKind = Literal["answer", "urgent", "guided"]


class Frozen(BaseModel):
    """Base of what is compiled: immutable plain data."""

    class Config:
        frozen = True


class CitedPlace(Frozen):
    """A numbered place in a document.

    ``document`` and ``place`` are their names for people, ``label`` both in one line.
    ``evidence`` says in a sentence how we know that it says so, ``superseded_by`` that a newer
    edition is in force.
    """

    number: int
    source: str
    document: str
    place: Optional[str]
    label: str
    edition: str
    territory: str
    standing: str
    url: Optional[str]
    superseded_by: Optional[str]
    evidence: str
    checked: str


class AnswerPoint(Frozen):
    """A point with the numbers of the places that confirm it.

    ``of_role`` is a first step of the person's role, not a point of the topic.
    """

    text: str
    numbers: tuple[int, ...] = ()
    duty: Optional[Duty] = None
    territory: Territory = "both"
    local: bool = False
    of_role: bool = False

    @property
    def mark(self) -> str:
        """What finds this point again while its text stays: eight letters of the text's digest."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]


class ReviewPlace(Frozen):
    """A section of the national review, and what it has to do with the question.

    ``nearest`` where it does not speak of the question itself.
    """

    section: str
    place: str
    says: str
    nearest: bool
    edition: str
    url: Optional[str]


class Route(Frozen):
    """A contact as it is shown: the deploying partnership's own details where there are any.

    For a support service, ``when`` tells what it offers and how firmly that is known.
    """

    id: str
    name: str
    when: str
    phone: Optional[str] = None
    sms: Optional[str] = None
    email: Optional[str] = None
    url: Optional[str] = None
    form: Optional[str] = None
    teams: Optional[str] = None
    hours: Optional[str] = None
    checked: str
    territory: Literal["England", "Wales", "both", "UK"] = "both"
    service: bool = False


class NextTopic(Frozen):
    """A topic, a guided page or a command offered as a button.

    ``language`` is that of its answer, where it is not English.
    """

    id: str
    title: str
    language: Optional[str] = None


class ReaderLine(Frozen):
    """A line of the general urgent reply, for one possible reader."""

    who: str
    text: str


class Answer(Frozen):
    """Everything a channel shows.

    ``lead_wales`` takes the lead's place for a person in Wales. ``other_reader``, ``tell`` and
    ``lines`` are parts of urgent replies only. ``reviewed`` is the day of the last review, as
    ``2026-11-30``. ``own_words`` are the words around an answer that is not in English.
    """

    kind: AnswerKind
    language: str = "en"
    own_words: Optional[Words] = None
    topic: str
    title: str
    lead: str
    lead_wales: Optional[str] = None
    other_reader: Optional[str] = None
    tell: Optional[AnswerPoint] = None
    lines: tuple[ReaderLine, ...] = ()
    points: tuple[AnswerPoint, ...]
    more: tuple[AnswerPoint, ...] = ()
    places: tuple[CitedPlace, ...]
    review: tuple[ReviewPlace, ...]
    contacts: tuple[Route, ...]
    next: tuple[NextTopic, ...]
    limits: str = LIMITS
    reviewed: Optional[str] = None

    @property
    def first_contacts(self) -> tuple[Route, ...]:
        """Contacts of an urgent reply that stand above whom to tell: no list to read through."""
        return self.contacts[:FIRST_CONTACTS]

    @property
    def other_contacts(self) -> tuple[Route, ...]:
        """Those that stand below whom to tell, and below the line for each reader."""
        return self.contacts[FIRST_CONTACTS:]

    @property
    def words(self) -> Words:
        """What stands around the answer, in its language."""
        return self.own_words or ENGLISH_WORDS

    @property
    def every_point(self) -> tuple[AnswerPoint, ...]:
        """The points, and then those that the short answer leaves out."""
        return (*self.points, *self.more)

    def with_first(self, marks: Sequence[str]) -> Answer:
        """The answer with the points of these marks before the others, wherever they stood.

        The first steps of a role stay above them. What the answer does not have (any more) is
        left out.
        """
        by_mark = {point.mark: point for point in self.every_point}
        asked = [by_mark[mark] for mark in marks if mark in by_mark]
        if not asked:
            return self
        steps = [point for point in self.points if point.of_role]
        first = {point.mark: point for point in (*steps, *asked)}
        points = (*first.values(), *(one for one in self.points if one.mark not in first))
        more = tuple(one for one in self.more if one.mark not in first)
        return self.copy(update={"points": points, "more": more})

    @property
    def cited(self) -> set[int]:
        """Numbers of the places that the short answer cites; ``more`` may cite others."""
        shown = [*self.points, *([self.tell] if self.tell else [])]
        return {number for point in shown for number in point.numbers}


__all__ = [
    "FIRST_CONTACTS",
    "LIMITS",
    "Answer",
    "AnswerKind",
    "AnswerPoint",
    "CitedPlace",
    "Frozen",
    "NextTopic",
    "ReaderLine",
    "ReviewPlace",
    "Route",
]
