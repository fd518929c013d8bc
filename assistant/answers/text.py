"""An answer as plain text, for terminals and every channel that knows nothing better.

Single line breaks only: Rasa's own channels split a text at every blank line.
"""

from __future__ import annotations

from typing import Iterable, Sequence

from assistant.answers.answer import Answer, AnswerPoint, CitedPlace, Route

EMERGENCY = "999"


def answer_text(answer: Answer) -> str:
    """The complete answer: lead, points, contacts, review, sources, limits.

    An urgent answer has its action in the first line and the contacts right below.
    """
    urgent = answer.kind == "urgent"
    lines = [answer.lead]
    if answer.tell:
        lines.append(point_text(answer.tell))
    if urgent:
        lines += contact_lines(answer.contacts)
    lines += [f"- {point_text(point)}" for point in answer.points]
    if not urgent:
        # 999 stands in the last line of every answer; once is enough.
        contacts = [contact for contact in answer.contacts if contact.phone != EMERGENCY]
        lines += ["Who to contact:", *contact_lines(contacts)] if contacts else []
    lines.append(review_line(answer))
    lines += source_lines(answer, answer.cited)
    if not urgent:
        lines.append(answer.limits)
    return "\n".join(lines)


def point_text(point: AnswerPoint) -> str:
    """A point with its marker for a duty and its citation numbers."""
    marker = "Must: " if point.must else ""
    return f"{marker}{point.text} {numbers_text(point.numbers)}".rstrip()


def numbers_text(numbers: Sequence[int]) -> str:
    """Citation numbers as they stand in the text: ``[1][3]``."""
    return "".join(f"[{number}]" for number in numbers)


def contact_lines(contacts: Iterable[Route]) -> list[str]:
    """One line a contact: its name, then number, text and address as far as it has them."""
    return [f"  {contact.name}: {route_text(contact)}" for contact in contacts]


def route_text(contact: Route) -> str:
    """How to reach a contact, shortest way first."""
    ways = [way for way in (contact.phone, contact.sms, contact.email) if way]
    if contact.url:
        ways.append(contact.url.removeprefix("https://").removeprefix("www.").rstrip("/"))
    text = " or ".join(ways) if ways else contact.when
    text = f"{text} ({contact.hours})" if contact.hours else text
    return f"{text}. {contact.when}" if contact.service else text


def review_line(answer: Answer) -> str:
    """Where to look in the national review, with its edition."""
    places = {place.number: place for place in answer.places}
    pointed = [places[number] for number in answer.review]
    named = [f"{place.place or 'the review as a whole'} [{place.number}]" for place in pointed]
    return f"In the review ({pointed[0].edition}): {'; '.join(named)}"


def source_lines(answer: Answer, numbers: Iterable[int]) -> list[str]:
    """The sources with these numbers, one line a document: edition, territory, places.

    The sections of the review stand in :func:`review_line` and are not repeated.
    """
    wanted = set(numbers) - set(answer.review)
    documents: dict[str, list[CitedPlace]] = {}
    for place in answer.places:
        if place.number in wanted:
            documents.setdefault(place.source, []).append(place)
    lines = [_document_line(places) for places in documents.values()]
    return ["Sources:", *lines] if lines else []


def _document_line(places: Sequence[CitedPlace]) -> str:
    first = places[0]
    mark = "; numbers as reported" if any(place.as_reported for place in places) else ""
    cited = ", ".join(" ".join(filter(None, (f"[{p.number}]", p.place))) for p in places)
    return f"{first.document} ({first.edition}; {first.territory}{mark}): {cited}"


def source_lines_in_full(answer: Answer) -> list[str]:
    """Every place of an answer with its address, for "where does it say that?"."""
    lines = []
    for place in answer.places:
        mark = "; number as reported" if place.as_reported else ""
        lines.append(f"[{place.number}] {place.label} ({place.edition}; {place.territory}{mark})")
        lines.append(f"    {place.url}" if place.url else "    No public address is confirmed.")
        if place.note:
            lines.append(f"    {place.note}")
    return lines
