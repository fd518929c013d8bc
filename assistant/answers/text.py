"""An answer as plain text, for terminals and every channel that knows nothing better.

Single line breaks only: Rasa's own channels split a text at every blank line.
"""

from __future__ import annotations

import datetime
from typing import Iterable, Sequence

from assistant.answers.answer import Answer, AnswerPoint, CitedPlace, ReviewPlace, Route
from assistant.answers.words import ENGLISH_WORDS, Words

EMERGENCY = "999"


def answer_text(answer: Answer) -> str:
    """The complete answer: lead, points, contacts, review, sources, limits.

    An urgent answer has its action in the first line, the other reader's line below it, the
    first contacts at once, whom to tell, a line for each reader, the other contacts, and the steps.
    """
    if answer.kind == "urgent":
        return "\n".join(_urgent_lines(answer))
    words = answer.words
    lines = [answer.lead, *(f"- {point_text(point, words)}" for point in answer.points)]
    contacts = contacts_but_999(answer)
    lines += [f"{words.who_to_contact}:", *contact_lines(contacts, words)] if contacts else []
    lines += review_lines(answer)
    lines += source_lines(answer, answer.cited)
    lines.append(answer.limits)
    return "\n".join(lines)


def _urgent_lines(answer: Answer) -> list[str]:
    lines = [answer.lead]
    if answer.other_reader:
        lines.append(answer.other_reader)
    lines += contact_lines(answer.first_contacts, answer.words)
    if answer.tell:
        lines.append(step_text(answer.tell))
    lines += [f"- {line.text}" for line in answer.lines]
    lines += contact_lines(answer.other_contacts, answer.words)
    lines += [f"- {step_text(step)}" for step in answer.points]
    lines += review_lines(answer)
    return lines + source_lines(answer, answer.cited)


def point_text(point: AnswerPoint, words: Words = ENGLISH_WORDS) -> str:
    """A point with the label of its duty and its citation numbers."""
    before, after = duty_labels(point, words)
    return " ".join(filter(None, (before, point.text, after, numbers_text(point.numbers))))


def contacts_but_999(answer: Answer) -> tuple[Route, ...]:
    """The contacts of a calm answer: 999 stands in its last line, and once is enough."""
    return tuple(contact for contact in answer.contacts if contact.phone != EMERGENCY)


def step_text(step: AnswerPoint) -> str:
    """A step of an urgent reply: it is done whatever its duty is called."""
    return f"{step.text} {numbers_text(step.numbers)}".rstrip()


def duty_labels(point: AnswerPoint, words: Words = ENGLISH_WORDS) -> tuple[str, str]:
    """The label of a point's duty: what stands before the text, and what stands behind it.

    The same in every channel: the law's must before the text, for nobody may miss it; guidance's
    should and a power's may behind it, in brackets. A plain fact has no label.
    """
    if point.duty is None:
        return "", ""
    label: str = getattr(words, point.duty)
    return (f"{label}:", "") if point.duty == "must" else ("", f"({label})")


def numbers_text(numbers: Sequence[int]) -> str:
    """Citation numbers as they stand in the text: ``[1][3]``."""
    return "".join(f"[{number}]" for number in numbers)


def contact_lines(contacts: Iterable[Route], words: Words = ENGLISH_WORDS) -> list[str]:
    """One line a contact: its name, then number, text and address as far as it has them."""
    return [f"  {contact.name}: {route_text(contact, words)}" for contact in contacts]


def route_text(contact: Route, words: Words = ENGLISH_WORDS) -> str:
    """How to reach a contact, shortest way first."""
    ways = [way for way in (contact.phone, contact.sms, contact.email) if way]
    if contact.teams:
        ways.append(f"Microsoft Teams {contact.teams}")
    if contact.form:
        ways.append(f"{words.form.lower()} {short_address(contact.form)}")
    if contact.url:
        ways.append(short_address(contact.url))
    text = f" {words.or_} ".join(ways) if ways else contact.when
    text = f"{text} ({contact.hours})" if contact.hours else text
    return f"{text}. {contact.when}" if contact.service else text


def short_address(url: str) -> str:
    """An address as people read it, without the scheme."""
    return url.removeprefix("https://").removeprefix("www.").rstrip("/")


def day_text(day: str, words: Words = ENGLISH_WORDS) -> str:
    """A day as people write it: ``30 November 2026`` for ``2026-11-30``."""
    date = datetime.date.fromisoformat(day)
    return f"{date.day} {words.months[date.month - 1]} {date.year}"


def evidence_text(place: CitedPlace, words: Words) -> str:
    """How it is known that a place says so, and when that was checked."""
    return f"{place.evidence} {words.checked} {day_text(place.checked, words)}."


def review_lines(answer: Answer) -> list[str]:
    """Where to look in the national review and what it says there, one line a section."""
    return [review_text(place, answer.words) for place in answer.review]


def review_text(place: ReviewPlace, words: Words = ENGLISH_WORDS) -> str:
    """One section of the review: how near it is, which it is, and what it says."""
    return f"{review_heading(place, words)}: {place.says} ({place.place})"


def review_heading(place: ReviewPlace, words: Words = ENGLISH_WORDS) -> str:
    """Say "In the review", or "Nearest in the review", with the edition."""
    near = words.nearest_in_the_review if place.nearest else words.in_the_review
    return f"{near} ({place.edition})"


def source_lines(answer: Answer, numbers: Iterable[int]) -> list[str]:
    """The sources with these numbers, one line a document: edition, territory, places."""
    wanted = set(numbers)
    documents: dict[str, list[CitedPlace]] = {}
    for place in answer.places:
        if place.number in wanted:
            documents.setdefault(place.source, []).append(place)
    lines = [_document_line(places) for places in documents.values()]
    return [f"{answer.words.sources}:", *lines] if lines else []


def _document_line(places: Sequence[CitedPlace]) -> str:
    first = places[0]
    cited = ", ".join(" ".join(filter(None, (f"[{p.number}]", p.place))) for p in places)
    newer = f" {first.superseded_by}." if first.superseded_by else ""
    return f"{first.document} ({first.edition}; {first.territory}): {cited}.{newer}".replace(
        "..", "."
    )


def source_lines_in_full(answer: Answer) -> list[str]:
    """Every place of an answer with its address, for "where does it say that?"."""
    lines = []
    for section in answer.review:
        lines.append(review_text(section, answer.words))
        lines += [f"    {section.url}"] if section.url else []
    for place in answer.places:
        lines.append(f"[{place.number}] {place.label} ({place.edition}; {place.territory})")
        lines += [f"    {place.url}"] if place.url else []
        lines += [f"    {place.superseded_by}"] if place.superseded_by else []
        lines.append(f"    {evidence_text(place, answer.words)}")
    return lines
