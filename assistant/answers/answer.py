"""One answer, resolved and ready to be shown in any channel.

An :class:`Answer` is compiled from the content (:mod:`assistant.answers.compiled`), kept in
``content.json``, and rendered by each channel in its own form. It needs neither the content
files nor Rasa.
"""

from __future__ import annotations

from typing import Iterable, Iterator, Literal, Mapping, Optional, Sequence

from pydantic import BaseModel

from assistant.answers.words import ENGLISH_WORDS, Words
from assistant.guidance import (
    REVIEW,
    ROLE_GUIDE,
    SERVICE_GUIDE,
    Contact,
    Fact,
    Library,
    Nation,
    Point,
    ReviewLink,
    Topic,
    UrgentSituation,
    guided_id,
)
from assistant.guidance.model import Duty, Territory
from assistant.guidance.names import ASK_MORE

LIMITS = "Guidance only: this is not a decision about a child. If a child is in danger, call 999."
"""The last line of every answer."""

URGENT_HEADING = "Get help now"
"""Stands above every urgent reply: a heading that names the wrong reader is itself a harm."""


EVIDENCE = {
    "recalled": "Known to specialists; we have not read the page itself.",
    "quoted": "Read where other official or professional pages quote or sum it up.",
    "document": "Read on the publisher's own page.",
}
"""How we know what is cited, in a sentence."""

NEXT_SHOWN = 3
"""How many "what next" topics an answer offers: more would bury the first."""

FEWEST_POINTS = 4
"""Points of a person's own nation that an answer shows, as far as it has so many."""

OF_THE_OTHER_NATION: Mapping[Nation, str] = {
    "England": "What follows is for Wales.",
    "Wales": "What follows is for England. In Wales the Wales Safeguarding Procedures apply: "
    "ask social services.",
}
"""What a person in this nation is told where an answer has nothing of their own."""

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
    """A point with the numbers of the places that confirm it."""

    text: str
    numbers: tuple[int, ...] = ()
    duty: Optional[Duty] = None
    territory: Territory = "both"
    local: bool = False


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
    def words(self) -> Words:
        """What stands around the answer, in its language."""
        return self.own_words or ENGLISH_WORDS

    @property
    def cited(self) -> set[int]:
        """Numbers of the places that the short answer cites; ``more`` may cite others."""
        shown = [*self.points, *([self.tell] if self.tell else [])]
        return {number for point in shown for number in point.numbers}


class Numbering:
    """Numbers places in the order in which they are first cited."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._places: dict[tuple[str, Optional[str]], list[Fact]] = {}

    def point(self, point: Point) -> AnswerPoint:
        """A point with the numbers of the places of its facts, those that may be cited."""
        numbers = []
        for fact in (self._library.facts[fact_id] for fact_id in point.facts):
            if not fact.cited:
                continue
            key = (fact.authority.source, fact.authority.place)
            facts = self._places.setdefault(key, [])
            if fact not in facts:
                facts.append(fact)
            numbers.append(list(self._places).index(key) + 1)
        local = point.scope == "local"
        return AnswerPoint(
            text=point.text,
            numbers=tuple(dict.fromkeys(numbers)),
            # One area's way, named in the text, is no guidance's "should"; a must is the law's.
            duty=None if local and point.duty != "must" else point.duty,
            territory=point.territory,
            local=local,
        )

    def places(self) -> tuple[CitedPlace, ...]:
        """All places numbered so far."""
        return tuple(
            self._place(number, source, place, facts)
            for number, ((source, place), facts) in enumerate(self._places.items(), start=1)
        )

    def _place(
        self, number: int, source_id: str, place: Optional[str], facts: Sequence[Fact]
    ) -> CitedPlace:
        source = self._library.sources[source_id]
        section = source.sections.get(place) if place else None
        named = section.place if section else place
        return CitedPlace(
            number=number,
            source=source_id,
            document=source.short,
            place=named,
            label=f"{source.short}: {named}" if named else source.short,
            edition=source.edition,
            territory=source.territory,
            standing=source.standing,
            url=(section.url if section else None) or source.url,
            superseded_by=source.superseded_by,
            evidence=_evidence(facts),
            checked=source.checked.isoformat(),
        )


def _evidence(facts: Iterable[Fact]) -> str:
    """How we know what is cited here, as strongly as the weakest of it is known."""
    how = [
        "recalled"
        if fact.firmness == "recalled"
        else "document"
        if any(page.how == "is-the-document" for page in fact.confirmed_by)
        else "quoted"
        for fact in facts
    ]
    return EVIDENCE[next(kind for kind in EVIDENCE if kind in how)]


def answer_for_topic(topic: Topic, library: Library) -> Answer:
    """Compile a topic's answer: places numbered, contacts and next topics resolved."""
    numbering = Numbering(library)
    points = tuple(numbering.point(point) for point in topic.points)
    more = tuple(numbering.point(point) for point in topic.more)
    return Answer(
        kind="answer",
        topic=topic.id,
        title=topic.title,
        lead=topic.lead,
        lead_wales=topic.lead_wales,
        points=points,
        more=more,
        places=numbering.places(),
        review=review_places(topic.review, library),
        contacts=routes((*topic.contacts, *_own_contacts(topic.id, library)), library),
        next=(
            *_start(topic.guided, library),
            *next_topics(topic.next, library),
            *_rules_of_wales(points, more),
        ),
        reviewed=topic.reviewed.isoformat(),
    )


def answer_for_urgent(situation: UrgentSituation, library: Library) -> Answer:
    """Compile the reply to an urgent situation: the action first, then the steps."""
    numbering = Numbering(library)
    tell = numbering.point(situation.tell)
    points = tuple(numbering.point(step) for step in situation.steps)
    return Answer(
        kind="urgent",
        topic=situation.id,
        title=URGENT_HEADING,
        lead=situation.first,
        other_reader=situation.other_reader,
        tell=tell,
        lines=tuple(ReaderLine(who=line.who, text=line.text) for line in situation.lines),
        points=points,
        places=numbering.places(),
        review=review_places(situation.review, library),
        contacts=routes((*situation.contacts, *_own_contacts(situation.id, library)), library),
        next=next_topics(situation.next, library),
        reviewed=situation.reviewed.isoformat(),
    )


def review_places(links: Iterable[ReviewLink], library: Library) -> tuple[ReviewPlace, ...]:
    """The sections of the review that an answer points to."""
    review = library.sources[REVIEW]
    places = []
    for link in links:
        section = review.sections.get(link.cite.section or "")
        places.append(
            ReviewPlace(
                section=str(link.cite),
                place=section.place if section else "the review as a whole",
                says=link.says,
                nearest=link.fit == "nearest",
                edition=review.edition,
                url=(section.url if section else None) or review.url,
            )
        )
    return tuple(places)


def routes(contact_ids: Sequence[str], library: Library) -> tuple[Route, ...]:
    """The routes for these contacts; a partnership's own details come before the finder's.

    Whom only a partnership knows is left out where it has said nothing.
    """
    own = library.local.contacts if library.local else {}
    shown = [one for one in contact_ids if one in own or not library.contacts[one].also_in]
    return tuple(_route(one, library.contacts[one], library) for one in shown)


def _own_contacts(answer_id: str, library: Library) -> Iterator[str]:
    """The contacts that are shown here once a partnership has filled them in."""
    for contact_id, contact in library.contacts.items():
        if answer_id in contact.also_in:
            yield contact_id


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
        form=own.form if own else None,
        teams=own.teams if own else None,
        hours=shown.hours,
        checked=shown.checked.isoformat(),
        territory=contact.territory,
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


def for_nation(answer: Answer, nation: Optional[Nation]) -> Answer:
    """The answer without the rules and contacts of the other nation.

    Where few points are left, those of the nation itself come up from ``more``. An answer that
    has nothing of the nation shows the other's points, and says so.

    Args:
        answer: as compiled.
        nation: where the person works; None leaves both in.
    """
    if nation is None:
        return answer
    lead = answer.lead_wales if nation == "Wales" and answer.lead_wales else answer.lead
    points = [point for point in answer.points if holds_in(point.territory, nation)]
    more = [point for point in answer.more if holds_in(point.territory, nation)]
    if points or any(point.territory == nation for point in more):
        own_first = sorted(more, key=lambda point: point.territory != nation)
        moved = own_first[: max(0, FEWEST_POINTS - len(points))]
        points += moved
        more = [point for point in more if point not in moved]
    else:
        points, more = list(answer.points), list(answer.more)
        if answer.own_words is None:
            lead = f"{lead} {OF_THE_OTHER_NATION[nation]}"
    shown = [*points, *more, *([answer.tell] if answer.tell else [])]
    cited = {number for point in shown for number in point.numbers}
    return answer.copy(
        update={
            "lead": lead,
            "lead_wales": None,
            "points": tuple(points),
            "more": tuple(more),
            "places": tuple(place for place in answer.places if place.number in cited),
            "contacts": routes_for_nation(answer.contacts, nation),
            "next": tuple(one for one in answer.next if one != RULES_OF_WALES),
        }
    )


def routes_for_nation(routes: Sequence[Route], nation: Optional[Nation]) -> tuple[Route, ...]:
    """The contacts without the other nation's; all of them where nothing else is left."""
    return tuple(one for one in routes if holds_in(one.territory, nation)) or tuple(routes)


def holds_in(territory: str, nation: Optional[Nation]) -> bool:
    """Whether what has this territory is for a person in this nation; all is, where it is None."""
    return nation is None or territory in (nation, "both", "UK")


RULES_OF_WALES = NextTopic(id=ASK_MORE, title="More, with the rules of Wales")
"""Offered, while no nation is known, by an answer whose Welsh rules are all in ``more``."""


def _rules_of_wales(
    points: Iterable[AnswerPoint], more: Iterable[AnswerPoint]
) -> tuple[NextTopic, ...]:
    shown = any(point.territory == "Wales" for point in points)
    there = any(point.territory == "Wales" for point in more)
    return (RULES_OF_WALES,) if there and not shown else ()


def _start(guide: Optional[str], library: Library) -> tuple[NextTopic, ...]:
    return (guide_starts(library)[guide],) if guide else ()


__all__ = [
    "LIMITS",
    "RULES_OF_WALES",
    "URGENT_HEADING",
    "Answer",
    "AnswerKind",
    "AnswerPoint",
    "CitedPlace",
    "Frozen",
    "NextTopic",
    "Numbering",
    "ReaderLine",
    "ReviewPlace",
    "Route",
    "answer_for_topic",
    "answer_for_urgent",
    "for_nation",
    "guide_starts",
    "holds_in",
    "next_topics",
    "review_places",
    "routes",
    "routes_for_nation",
]
