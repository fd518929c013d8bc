"""``notice check --open``: what editors must still open or settle, most important first."""

from __future__ import annotations

import collections
import enum
import re
from dataclasses import dataclass
from typing import Iterable, Iterator, Sequence

from rich.console import Console

from assistant.guidance import Fact, Library, Point
from assistant.guidance.sources import BINDING

DOCUMENT = "docs/open-questions.md"
"""Where ``--write`` puts the list."""

CORRECTED = "corrected on checking"
"""In the note of a fact whose wording the page that was read does not hold in full."""

_WORD = re.compile(r"[\w-]+")
_DIGIT = re.compile(r"\d")


class Weight(enum.IntEnum):
    """How much hangs on it."""

    URGENT = 1
    LAW_AND_NUMBERS = 2
    REST = 3


_HEADINGS = {
    Weight.URGENT: "Urgent replies",
    Weight.LAW_AND_NUMBERS: "Law in force, numbers and time limits",
    Weight.REST: "The rest",
}
# Words that tell of law, of statutory guidance, or of something counted.
_LAW_OR_NUMBER = re.compile(
    r"\bActs?\b|\bBill\b|\blaw\b|\blegal|lawyer|legislation|in force|statut|\bsections? \d"
    r"|\bregulation|\brules?\b|\border\b|\bCode\b|Working Together|KCSIE|Practice Direction"
    r"|\bduty\b|\bmust\b|\b(?:number|figure|share|limit|hours|days|weeks|months|per cent)\b"
    r"|\d ?%|\b\d+ (?:hour|day)",
)


@dataclass(frozen=True)
class OpenQuestion:
    """One thing to settle: ``about`` is what it concerns, an id of an answer or a register."""

    weight: Weight
    about: str
    text: str


def open_questions(library: Library) -> tuple[OpenQuestion, ...]:
    """All that is open: notes of answers, facts nobody has read, contacts, older editions.

    Returns:
        Most important first; within a weight by what they are about.
    """
    found = [
        *_notes(library),
        *_recalled_facts(library),
        *_corrected_facts(library),
        *_contacts(library),
        *_older_editions(library),
        *_unread_languages(library),
        *_unread_welsh(library),
    ]
    return tuple(sorted(found, key=lambda one: (one.weight, _KINDS.index(_kind(one)), one.about)))


def _notes(library: Library) -> Iterator[OpenQuestion]:
    for situation in library.urgent.values():
        for note in situation.open:
            yield OpenQuestion(Weight.URGENT, situation.id, _line(note))
    guides = ((f"guided/{guide.id}", guide.open) for guide in library.guides.values())
    topics = ((topic.id, topic.open) for topic in library.topics.values())
    for name, notes in (*guides, *topics):
        for note in notes:
            yield OpenQuestion(_weight(note), name, _line(note))


def _recalled_facts(library: Library) -> Iterator[OpenQuestion]:
    """Facts that answers use and nobody has read on a page."""
    for fact_id, used_in in _uses(library).items():
        fact = library.facts[fact_id]
        if fact.firmness == "recalled":
            where = ", ".join(sorted(used_in))
            text = f"{_line(fact.says)} ({_authority(fact, library)}) In {where}."
            yield OpenQuestion(_weight_of_fact(fact, used_in, library), f"fact {fact_id}", text)


def _corrected_facts(library: Library) -> Iterator[OpenQuestion]:
    """Facts with a corrected wording: what was added counts as recalled, in a note or here."""
    noted = {word for note in _all_notes(library) for word in _WORD.findall(note)}
    for fact_id, used_in in _uses(library).items():
        fact = library.facts[fact_id]
        corrected = CORRECTED in (fact.note or "").lower()
        if corrected and fact.firmness != "recalled" and fact_id not in noted:
            where = ", ".join(sorted(used_in))
            text = (
                f"{_line(fact.says)} (corrected: what that added is to be confirmed.) In {where}."
            )
            weight = _weight_of_fact(fact, used_in, library)
            weight = min(weight, Weight.LAW_AND_NUMBERS) if _DIGIT.search(fact.says) else weight
            yield OpenQuestion(weight, f"fact {fact_id}", text)


def _all_notes(library: Library) -> Iterator[str]:
    for noted in (library.urgent, library.guides, library.topics):
        for one in noted.values():
            yield from one.open


def _contacts(library: Library) -> Iterator[OpenQuestion]:
    """Contacts whose number was only seen on the pages of others."""
    urgent = {one for situation in library.urgent.values() for one in situation.contacts}
    for contact_id, contact in library.contacts.items():
        if contact.firmness == "cross-checked":
            weight = Weight.URGENT if contact_id in urgent else Weight.LAW_AND_NUMBERS
            ways = [way for way in (contact.phone, contact.sms, contact.email) if way]
            text = f"{contact.name}, {', '.join(ways) or contact.url}: open the owner's own page."
            yield OpenQuestion(weight, f"contact {contact_id}", text)


def _older_editions(library: Library) -> Iterator[OpenQuestion]:
    """Documents that answers cite although a newer edition is in force."""
    cited: dict[str, set[str]] = collections.defaultdict(set)
    for fact_id, used_in in _uses(library).items():
        fact = library.facts[fact_id]
        if fact.cited:
            cited[fact.authority.source] |= used_in
    for source_id, used_in in cited.items():
        source = library.sources[source_id]
        if source.superseded_by:
            urgent = any(_is_urgent(one) for one in used_in)
            text = (
                f"{source.title} ({source.edition}). {source.superseded_by}: read it, and cite it "
                f"in the {len(used_in)} answers that cite the older one."
            )
            weight = Weight.URGENT if urgent else Weight.LAW_AND_NUMBERS
            yield OpenQuestion(weight, f"source {source_id}", text)


def _unread_languages(library: Library) -> Iterator[OpenQuestion]:
    """Words in other languages that wait for a native reader: they too name 999 first."""
    for language_id, language in library.languages.languages.items():
        if not language.read_by:
            text = f"no native reader of {language.name} has read it (read_by)."
            yield OpenQuestion(Weight.URGENT, f"language {language_id}", text)


def _unread_welsh(library: Library) -> Iterator[OpenQuestion]:
    """What is said in Welsh and no native reader has read: one line each, urgent replies first."""
    welsh = library.welsh
    if welsh is None:
        return
    for answer_id, said in {**welsh.situations, **welsh.topics}.items():
        if said.waits:
            weight = Weight.URGENT if _is_urgent(answer_id) else Weight.REST
            yield OpenQuestion(weight, f"welsh {answer_id}", f"in Welsh: {said.reader}.")
    for name, register in (("contacts", welsh.contacts), ("interface", welsh.interface)):
        if register.waits:
            text = f"data/welsh/{name}.yml: {register.reader}."
            yield OpenQuestion(Weight.URGENT, f"welsh {name}", text)


def _uses(library: Library) -> dict[str, set[str]]:
    """The answers that use each fact."""
    uses: dict[str, set[str]] = collections.defaultdict(set)
    for answer_id, points in all_points(library):
        for point in points:
            for fact_id in point.facts:
                uses[fact_id].add(answer_id)
    return uses


def all_points(library: Library) -> Iterator[tuple[str, Iterable[Point]]]:
    """The points of everything that people are told, by the id that it is known by."""
    for topic in library.topics.values():
        yield topic.id, (*topic.points, *topic.more)
    for situation in library.urgent.values():
        yield situation.id, (situation.tell, *situation.steps)
    for guide in library.guides.values():
        for page in guide.pages.values():
            yield f"guided/{guide.id}", page.points
    yield "roles", library.roles.points
    for role in library.roles.roles.values():
        yield "roles", role.first
    yield "service-search", library.search.results.points


def _weight_of_fact(fact: Fact, used_in: Iterable[str], library: Library) -> Weight:
    if any(_is_urgent(one) for one in used_in):
        return Weight.URGENT
    binds = library.sources[fact.authority.source].standing in BINDING and fact.cited
    return Weight.LAW_AND_NUMBERS if binds or fact.duty == "must" else Weight.REST


def _weight(note: str) -> Weight:
    return Weight.LAW_AND_NUMBERS if _LAW_OR_NUMBER.search(note) else Weight.REST


def _is_urgent(answer_id: str) -> bool:
    return answer_id.startswith("urgent/")


def _authority(fact: Fact, library: Library) -> str:
    source = library.sources[fact.authority.source]
    place = f", {fact.authority.place}" if fact.authority.place else ""
    said = "" if fact.cited else "no source says it; goes with "
    return f"recalled; {said}{source.short}{place}."


def _line(text: str) -> str:
    return " ".join(text.split())


# Sources first: one edition read settles many answers.
_KINDS = ("source", "contact", "language", "welsh", "answer", "fact")


def _kind(question: OpenQuestion) -> str:
    kind = question.about.partition(" ")[0]
    return kind if kind in _KINDS and " " in question.about else "answer"


def as_markdown(questions: Sequence[OpenQuestion]) -> str:
    """The list as :data:`DOCUMENT` holds it."""
    lines = [
        "# What editors must still open",
        "",
        "Written by `notice check --open --write`: the `open` notes of the answers, facts nobody",
        "has read on a page (recalled), facts whose wording was corrected, contacts seen only on",
        "the pages of others, documents of which a newer edition is in force. Settle it in",
        "`data/`, then write this page again.",
    ]
    for weight in Weight:
        of_weight = [question for question in questions if question.weight == weight]
        lines += ["", f"## {weight}. {_HEADINGS[weight]} ({len(of_weight)})", ""]
        lines += [f"- `{one.about}`: {_escaped(one.text)}" for one in of_weight] or ["Nothing."]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return re.sub(r"([*<])", r"\\\1", text)


def print_open(questions: Sequence[OpenQuestion], console: Console) -> None:
    """Print the list, one line each, under its headings."""
    for weight in Weight:
        of_weight = [question for question in questions if question.weight == weight]
        console.rule(f"{_HEADINGS[weight]} ({len(of_weight)})", align="left")
        for one in of_weight:
            console.print(f"{one.about}: {one.text}", markup=False, highlight=False)
    console.print(f"{len(questions)} open.", highlight=False)
