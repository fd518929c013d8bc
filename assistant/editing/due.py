"""``notice due``: what is to be looked at again a year after it was checked or reviewed."""

from __future__ import annotations

import datetime
import itertools
import uuid
from dataclasses import dataclass, replace
from typing import Iterable, Iterator, Optional, Sequence, Union

from assistant.editing.open_questions import all_points
from assistant.editing.owners import UNASSIGNED, Kind, Owners
from assistant.guidance import (
    REVIEW,
    ROLE_GUIDE,
    SERVICE_GUIDE,
    Library,
    Point,
    Topic,
    UrgentSituation,
)

NOBODY = Owners()

_UIDS = uuid.UUID("0b8d1f0e-54b4-4b7e-8d8c-6f8b8b0f1f55")  # ours: a calendar knows an event again
_LINE = 75  # bytes of a line of an iCalendar file (RFC 5545, 3.1)


@dataclass(frozen=True)
class Due:
    """One thing to look at again. ``last`` is the day it was looked at, ``due`` the day to.

    ``owner`` is the role that does.
    """

    due: datetime.date
    kind: Kind
    id: str
    name: str
    last: datetime.date
    owner: str = UNASSIGNED


@dataclass(frozen=True)
class Cited:
    """A point that cites a source: in which answer, at which places, by which facts."""

    answer: str
    text: str
    places: tuple[str, ...]
    facts: tuple[str, ...]


def review_calendar(library: Library, owners: Owners = NOBODY) -> tuple[Due, ...]:
    """All contacts, services, sources and answers with the day they are due, earliest first.

    Args:
        library: all content.
        owners: who looks at what.
    """
    owned = [replace(one, owner=owners.of(one.kind, one.id)) for one in _all(library)]
    return tuple(sorted(owned, key=lambda one: (one.due, one.owner, one.kind, one.id)))


def due_by(calendar: Iterable[Due], day: datetime.date) -> tuple[Due, ...]:
    """What is due up to this day, and what is overdue."""
    return tuple(one for one in calendar if one.due <= day)


def _all(library: Library) -> Iterator[Due]:
    for name, contact in library.contacts.items():
        yield _due("contact", name, contact.name, contact.checked)
    for name, own in (library.local.contacts if library.local else {}).items():
        yield _due("contact", f"{name} (local.yml)", own.name, own.checked)
    for name, service in library.services.items():
        yield _due("service", name, service.name, service.checked)
    for name, source in library.sources.items():
        yield _due("source", name, f"{source.short} ({source.edition})", source.checked)
    for topic in library.topics.values():
        yield _due("answer", topic.id, topic.title, topic.reviewed)
    for situation in library.urgent.values():
        yield _due("urgent reply", situation.id, situation.title, situation.reviewed)
    for guide in library.guides.values():
        yield _due("guided conversation", f"guided/{guide.id}", guide.title, guide.reviewed)
    for name, one in ((ROLE_GUIDE, library.roles), (SERVICE_GUIDE, library.search)):
        yield _due("guided conversation", f"guided/{name}", one.title, one.reviewed)


def _due(kind: Kind, name: str, title: str, last: datetime.date) -> Due:
    return Due(a_year_after(last), kind, name, title, last)


def a_year_after(day: datetime.date) -> datetime.date:
    """The same day of the next year; the 28th for a 29 February."""
    if (day.month, day.day) == (2, 29):
        return datetime.date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def citing(source: str, library: Library) -> tuple[Cited, ...]:
    """Every point that rests on a source, and of the review every section that answers point to.

    Args:
        source: its id.
        library: all content.

    Raises:
        KeyError: there is no such source.
    """
    if source not in library.sources:
        raise KeyError(source)
    found = [
        cited
        for answer, points in all_points(library)
        for point in points
        if (cited := _cited(answer, point, source, library))
    ]
    for term in library.glossary:
        point = Point(text=term.means, facts=term.facts) if term.facts else None
        if point and (cited := _cited(f"glossary: {term.term}", point, source, library)):
            found.append(cited)
    if source == REVIEW:
        found += _review_links(library)
    return tuple(found)


def _cited(answer: str, point: Point, source: str, library: Library) -> Optional[Cited]:
    facts = [library.facts[one] for one in point.facts]
    theirs = [fact for fact in facts if fact.authority.source == source]
    if not theirs:
        return None
    places = dict.fromkeys(fact.authority.place for fact in theirs if fact.authority.place)
    return Cited(answer, point.text, tuple(places), tuple(fact.id for fact in theirs))


def _review_links(library: Library) -> Iterator[Cited]:
    answers: list[Union[Topic, UrgentSituation]] = [*library.topics.values()]
    for answer in [*answers, *library.urgent.values()]:
        for link in answer.review:
            yield Cited(answer.id, link.says, (link.cite.section or "the whole",), ())


def icalendar(calendar: Sequence[Due], made: datetime.datetime) -> str:
    """The calendar as an iCalendar file (RFC 5545): one event for each day, owner and kind.

    Args:
        calendar: earliest first.
        made: now, with its time zone.
    """
    stamp = made.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Notice//Review calendar//EN"]
    events = itertools.groupby(calendar, key=lambda one: (one.due, one.owner, one.kind))
    for (day, owner, kind), group in events:
        of_day = list(group)
        title = f"Notice: check {len(of_day)} {_plural(kind, len(of_day))} ({owner})"
        told = "\n".join(f"{one.id}: {one.name}, last on {one.last}" for one in of_day)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uuid.uuid5(_UIDS, f'{day} {kind} {owner}')}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"SUMMARY:{_escaped(title)}",
            f"DESCRIPTION:{_escaped(told)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _plural(kind: Kind, count: int) -> str:
    if count == 1:
        return kind
    return "urgent replies" if kind == "urgent reply" else f"{kind}s"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of no more bytes than a line may have, each but the first indented."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > _LINE:
            pieces.append(piece)
            piece = " "
        piece += sign
    return "\r\n".join([*pieces, piece])
