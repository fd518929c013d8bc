"""One answer, resolved and ready to be shown in any channel.

An :class:`Answer` is compiled from a topic or an urgent situation when the model is
trained, travels as JSON in the Rasa response's metadata, and is rendered by each
channel in its own form. It needs neither the content files nor Rasa.
"""

from __future__ import annotations

from typing import Iterable, Literal, Optional, Sequence

from pydantic import BaseModel

from assistant.guidance import (
    ROLE_GUIDE,
    SERVICE_GUIDE,
    Citation,
    Contact,
    Library,
    Point,
    Topic,
    UrgentSituation,
    guided_id,
)

LIMITS = "Guidance only: this is not a decision about a child. If a child is in danger, call 999."
"""The last line of every answer."""

NEXT_SHOWN = 3
"""How many "what next" topics an answer offers: more would bury the first."""


class _Frozen(BaseModel):
    class Config:
        frozen = True


class CitedPlace(_Frozen):
    """A numbered place: ``section`` is the full citation id, ``source`` the document's.

    ``document`` and ``place`` are their names for people, ``label`` both in one line.
    ``as_reported`` says that the place's number is known from a secondary source only.
    """

    number: int
    section: str
    source: str
    document: str
    place: Optional[str]
    label: str
    as_reported: bool
    edition: str
    territory: str
    url: Optional[str]
    note: Optional[str]


class AnswerPoint(_Frozen):
    """A point with the numbers of the places that confirm it."""

    text: str
    numbers: tuple[int, ...]
    must: bool


class Route(_Frozen):
    """A contact as it is shown: the deploying partnership's own details where there are any.

    For a support service, ``when`` tells what it offers and how firmly that is known.
    """

    id: str
    name: str
    when: str
    phone: Optional[str]
    sms: Optional[str]
    email: Optional[str]
    url: Optional[str]
    hours: Optional[str]
    checked: str
    service: bool = False


class NextTopic(_Frozen):
    """A topic, a guided page or a command offered as a button."""

    id: str
    title: str


class Answer(_Frozen):
    """Everything a channel shows. ``review`` lists the numbers of the review's sections."""

    kind: Literal["answer", "urgent", "guided"]
    topic: str
    title: str
    lead: str
    tell: Optional[AnswerPoint] = None
    points: tuple[AnswerPoint, ...]
    more: tuple[AnswerPoint, ...] = ()
    places: tuple[CitedPlace, ...]
    review: tuple[int, ...]
    contacts: tuple[Route, ...]
    next: tuple[NextTopic, ...]
    limits: str = LIMITS

    @property
    def cited(self) -> set[int]:
        """Numbers of the places that the short answer cites; ``more`` may cite others."""
        shown = [*self.points, *([self.tell] if self.tell else [])]
        return {number for point in shown for number in point.numbers}


class Numbering:
    """Numbers places in the order in which they are first cited."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._numbers: dict[Citation, int] = {}

    def of(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """The numbers of these places."""
        return tuple(self._numbers.setdefault(c, len(self._numbers) + 1) for c in citations)

    def point(self, point: Point) -> AnswerPoint:
        """A point with the numbers of its places."""
        return AnswerPoint(text=point.text, numbers=self.of(point.cite), must=point.duty == "must")

    def places(self) -> tuple[CitedPlace, ...]:
        """All places numbered so far."""
        return tuple(self._place(number, c) for c, number in self._numbers.items())

    def _place(self, number: int, citation: Citation) -> CitedPlace:
        source, section = self._library.place(citation)
        return CitedPlace(
            number=number,
            section=str(citation),
            source=citation.source,
            document=source.short,
            place=section.place if section else None,
            label=f"{source.short}: {section.place}" if section else source.short,
            as_reported=section is not None and section.number_status == "reported",
            edition=source.edition,
            territory=source.territory,
            url=(section.url if section else None) or source.url,
            note=source.note,
        )


def answer_for_topic(topic: Topic, library: Library) -> Answer:
    """Compile a topic's answer: citations numbered, contacts and next topics resolved."""
    numbering = Numbering(library)
    points = tuple(numbering.point(point) for point in topic.answer.points)
    review = numbering.of(topic.review)
    more = tuple(numbering.point(point) for point in topic.answer.more)
    return Answer(
        kind="answer",
        topic=topic.id,
        title=topic.title,
        lead=topic.answer.lead,
        points=points,
        more=more,
        places=numbering.places(),
        review=review,
        contacts=routes(topic.answer.contacts, library),
        next=(*_start(topic.guided, library), *next_topics(topic.next, library)),
    )


def answer_for_urgent(situation: UrgentSituation, library: Library) -> Answer:
    """Compile the reply to an urgent situation: the action first, then the steps."""
    numbering = Numbering(library)
    reply = situation.reply
    tell = numbering.point(reply.tell)
    points = tuple(numbering.point(step) for step in reply.steps)
    review = numbering.of(situation.review)
    return Answer(
        kind="urgent",
        topic=situation.id,
        title=situation.title,
        lead=reply.first,
        tell=tell,
        points=points,
        places=numbering.places(),
        review=review,
        contacts=routes(reply.contacts, library),
        next=next_topics(situation.next, library),
    )


def routes(contact_ids: Sequence[str], library: Library) -> tuple[Route, ...]:
    """The routes for these contacts; a partnership's own details come before the finder's."""
    return tuple(_route(one, library.contacts[one], library) for one in contact_ids)


def _route(contact_id: str, contact: Contact, library: Library) -> Route:
    own = library.local.contacts.get(contact_id) if library.local and contact.local else None
    shown = own or contact
    return Route(
        id=contact_id,
        name=shown.name,
        when=contact.when,
        phone=shown.phone,
        sms=contact.sms,
        email=shown.email,
        url=shown.url,
        hours=shown.hours,
        checked=shown.checked.isoformat(),
    )


def next_topics(ids: Sequence[str], library: Library) -> tuple[NextTopic, ...]:
    """The first of these topics that are written, to be offered as buttons."""
    built = [library.topics[one] for one in ids if one in library.topics]
    return tuple(NextTopic(id=topic.id, title=topic.title) for topic in built[:NEXT_SHOWN])


def guide_starts(library: Library) -> dict[str, NextTopic]:
    """The button that starts each guided conversation, by its name."""
    titles = {
        SERVICE_GUIDE: library.search.title,
        **{guide.id: guide.title for guide in library.guides.values()},
        ROLE_GUIDE: library.roles.title,
    }
    return {name: NextTopic(id=guided_id(name), title=title) for name, title in titles.items()}


def _start(guide: Optional[str], library: Library) -> tuple[NextTopic, ...]:
    return (guide_starts(library)[guide],) if guide else ()


__all__ = [
    "LIMITS",
    "Answer",
    "AnswerPoint",
    "CitedPlace",
    "NextTopic",
    "Numbering",
    "Route",
    "answer_for_topic",
    "answer_for_urgent",
    "guide_starts",
    "next_topics",
    "routes",
]
