"""Rules on what a point rests on: its authority, how it is known, and where it holds."""

from __future__ import annotations

import re
from typing import Iterator, Union

from assistant.editing.content_to_check import ContentToCheck, PlacedPoint, Rule
from assistant.editing.standard import NUMBER, plain_number
from assistant.guidance import REVIEW, Contact, Fact, Problem, Service, Source
from assistant.guidance.sources import BINDING

LARGEST_LOCAL_SHARE = 0.05  # of all points: those whose only authority is one area's page

_COUNTED = (
    "one two three four five six seven eight nine ten eleven twelve fifteen eighteen twenty "
    "thirty forty fifty half third quarter"
).split()
_TIME = r"(?:working |school |calendar )?(?:minute|hour|day|week|month|year)s?"
_TIME_LIMIT = re.compile(rf"\b(?:\d+|{'|'.join(_COUNTED)})[ -]{_TIME}\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d,.]*\d%?|\d%?")
# Figures that count nothing: places in a document, and the short numbers of help.
_NO_FIGURE = re.compile(
    r"\b(?:sections?|parts?|chapters?|paragraphs?|articles?|schedules?|recommendations?"
    r"|questions?|options?|press|step|key stages?|tiers?|levels?)"
    r" \d+[A-Z]*(?:\(\w+\))*(?:(?:,| and| to| or) \d+[A-Z]*(?:\(\w+\))*)*"
    r"|\b(?:999|101|111|112|55)\b",
    re.IGNORECASE,
)
_BY_SECTION = re.compile(r"\b(?:sections?|schedules?|articles?|regulations?|rules?|parts?) \d")
_ADDRESS = re.compile(r"[\w.]+@[\w.]+\w|\b(?:www\.)?[\w-]+\.(?:org|co|gov|com|uk|wales)\b")
_PROFESSION = re.compile(r"\([A-Z][A-Za-z]+[^)]*\)")


def cited_fact(content: ContentToCheck) -> Iterator[Problem]:
    """Every point shows at least one source: facts with ``cited: false`` show none."""
    for point in content.points():
        if not point.cited:
            names = ", ".join(point.point.facts)
            fix = f"{names}: no source says it (cited: false); name a fact that has one as well"
            yield content.problem(point.path, (*point.at, "facts"), fix)


def who_says_must(content: ContentToCheck) -> Iterator[Problem]:
    """``must`` is somebody's must: a fact says so, on law or guidance that binds, and was read.

    A fact known to specialists only may say it where it cites an Act by section.
    """
    for point in content.points():
        if point.point.duty != "must":
            continue
        binding = [(fact, source) for fact, source in point.cited if _binds(fact, source)]
        if not binding:
            fix = "no fact of this point says must on law or statutory guidance; write should"
            yield content.problem(point.path, (*point.at, "duty"), fix)
        elif all(fact.firmness == "recalled" and not _by_section(fact) for fact, _ in binding):
            fix = f"must rests on {_names(binding)}, which nobody has read; write should"
            yield content.problem(point.path, (*point.at, "duty"), fix)


def profession_named(content: ContentToCheck) -> Iterator[Problem]:
    """The must of a profession names it: "Doctors must (GMC)"."""
    for point in content.points():
        binding = [(fact, source) for fact, source in point.cited if _binds(fact, source)]
        professional = [s.standing == "professional-guidance" for _, s in binding]
        theirs = point.point.duty == "must" and binding and all(professional)
        if theirs and not _PROFESSION.search(point.text):
            fix = "a profession's must names who and whose rule it is: Doctors must (GMC)"
            yield content.problem(point.path, (*point.at, "text"), fix)


def local_page_alone(content: ContentToCheck) -> Iterator[Problem]:
    """One area's page is an example, and marked as one with ``scope: local``.

    That it makes no must stands in :func:`who_says_must`.
    """
    for point in content.points():
        if _local_only(point) and point.point.scope != "local":
            fix = (
                f"{_shown(point)} is one area's page; name national authority, or name the place "
                "as an example and add scope: local"
            )
            yield content.problem(point.path, (*point.at, "facts"), fix)


def local_page_in_urgent_reply(content: ContentToCheck) -> Iterator[Problem]:
    """An urgent reply cites no page of one area."""
    for point in content.points():
        local = [source.short for _, source in point.cited if source.standing == "local"]
        if point.kind == "urgent" and local:
            fix = f"{', '.join(local)}: no page of one area here; name a national one"
            yield content.problem(point.path, (*point.at, "facts"), fix)


def local_place_named(content: ContentToCheck) -> Iterator[Problem]:
    """What shows one area's way names the place, as an example.

    Where the whole answer is about one place (its title or lead names it) the points need not.
    """
    places = _places(content)
    about = {
        topic.id: _named(places, f"{topic.title}. {topic.lead}")
        for topic in content.library.topics.values()
    }
    for point in content.points():
        if point.point.scope != "local" or about.get(point.part_of):
            continue
        if not _named(places, point.text) or not _is_example(point.text, places):
            fix = "name the place as an example: 'For example in Leeds, ...'"
            yield content.problem(point.path, (*point.at, "text"), fix)


def share_of_local_points(content: ContentToCheck) -> Iterator[Problem]:
    """Points that rest on one area's page alone are few."""
    points = list(content.points())
    local = [point for point in points if _local_only(point)]
    if len(local) > LARGEST_LOCAL_SHARE * len(points):
        fix = (
            f"{len(local)} of {len(points)} points rest on one area's page alone, "
            f"more than {LARGEST_LOCAL_SHARE:.0%}; name national authority"
        )
        for point in local:
            yield content.problem(point.path, (*point.at, "facts"), fix)


def recalled_number(content: ContentToCheck) -> Iterator[Problem]:
    """A number or time limit stands in a fact that somebody has read."""
    for point in content.points():
        known = _known_figures(point, "confirmed") | _editions(point)
        recalled = [fact for fact in point.facts if fact.firmness == "recalled"]
        for figure in sorted(_figures(point.text) - known):
            holders = [fact.id for fact in recalled if figure in _figures(fact.says)]
            if holders:
                fix = (
                    f"'{figure}' rests on {', '.join(holders)}, which nobody has read; "
                    "leave the number out or have the page read"
                )
                yield content.problem(point.path, (*point.at, "text"), fix)


def number_of_no_fact(content: ContentToCheck) -> Iterator[Problem]:
    """A number or time limit stands in one of the point's facts: none is invented."""
    for point in content.points():
        known = _known_figures(point, "confirmed", "recalled") | _editions(point)
        for figure in sorted(_figures(point.text) - known):
            if point.kind != "urgent" or not NUMBER.search(point.text):
                fix = f"'{figure}' stands in none of its facts: {', '.join(point.point.facts)}"
                yield content.problem(point.path, (*point.at, "text"), fix)


def recalled_contact(content: ContentToCheck) -> Iterator[Problem]:
    """A number or address to reach anybody was read somewhere: it stands in a register."""
    registers: list[Union[Contact, Service]] = [*content.library.contacts.values()]
    registers += content.library.services.values()
    known = {
        plain_number(number)
        for entry in registers
        if entry.firmness in ("confirmed", "cross-checked")
        for number in (entry.phone, entry.sms)
        if number
    }
    for point in content.points():
        for fact in point.facts:
            numbers = {plain_number(number) for number in NUMBER.findall(fact.says)}
            address = _ADDRESS.search(fact.says)
            shown = address and address.group().lower() in point.text.lower()
            if fact.firmness == "recalled" and (numbers - known or shown):
                fix = f"{fact.id} gives a contact that nobody has read; take it out"
                yield content.problem(point.path, (*point.at, "facts"), fix)
    for name, contact in content.library.contacts.items():
        if contact.firmness == "recalled":
            at = ("contacts", name, "firmness")
            fix = "a contact that nobody has read is not shown; have its page read or take it out"
            yield content.problem(content.data / "contacts.yml", at, fix)


def recalled_claim_about_the_review(content: ContentToCheck) -> Iterator[Problem]:
    """What the review is said to say was read, in it or where it is quoted."""
    for point in content.points():
        for fact, _ in point.cited:
            if fact.firmness == "recalled" and fact.authority.source == REVIEW:
                fix = f"{fact.id}: nobody has read this in the review; name a fact that was read"
                yield content.problem(point.path, (*point.at, "facts"), fix)


def english_point_on_welsh_rule(content: ContentToCheck) -> Iterator[Problem]:
    """A rule of Wales never stands in for England."""
    for point in content.points():
        welsh = [source.territory == "Wales" for _, source in point.cited]
        if point.point.territory != "Wales" and welsh and all(welsh):
            fix = (
                f"{_shown(point)} holds in Wales only; name an authority for England, "
                "or write territory: Wales"
            )
            yield content.problem(point.path, (*point.at, "territory"), fix)


def welsh_point_names_wales(content: ContentToCheck) -> Iterator[Problem]:
    """A point on Wales says so, for who reads both nations' rules."""
    for point in content.points():
        if point.point.territory == "Wales" and not re.search(r"Wales|Welsh", point.text):
            yield content.problem(point.path, (*point.at, "text"), "name Wales in the text")


def _binds(fact: Fact, source: Source) -> bool:
    allowed = BINDING | {"professional-guidance", "procedure"}
    return fact.duty == "must" and source.standing in allowed


def _by_section(fact: Fact) -> bool:
    return bool(_BY_SECTION.search(fact.authority.place or ""))


def _local_only(point: PlacedPoint) -> bool:
    return bool(point.cited) and all(s.standing == "local" for _, s in point.cited)


def _names(cited: list[tuple[Fact, Source]]) -> str:
    return ", ".join(fact.id for fact, _ in cited)


def _shown(point: PlacedPoint) -> str:
    return ", ".join(dict.fromkeys(source.short for _, source in point.cited))


def _figures(text: str) -> set[str]:
    """Numbers and time limits in a text, in one spelling."""
    plain = _NO_FIGURE.sub(" ", text)
    limits = {_spelling(found) for found in _TIME_LIMIT.findall(plain)}
    return limits | {figure.rstrip(".,") for figure in _FIGURE.findall(plain)}


def _spelling(limit: str) -> str:
    """A time limit by its number and unit: one day for "one-day" and "one working day"."""
    number, *_, unit = re.split(r"[ -]+", limit.lower())
    return f"{number} {unit.removesuffix('s')}"


def _known_figures(point: PlacedPoint, *firmness: str) -> set[str]:
    # What a fact says, not its note: a note may hold the number that was found wrong.
    known = " ".join(fact.says for fact in point.facts if fact.firmness in firmness)
    return _figures(known) | set(re.findall(r"\d+", known))


def _editions(point: PlacedPoint) -> set[str]:
    """Numbers that belong to the names of its documents and places."""
    named = [f"{s.title} {s.short} {s.edition} {s.published or ''}" for s in point.sources]
    return _figures(" ".join([*named, *(fact.authority.place or "" for fact in point.facts)]))


def _is_example(text: str, places: re.Pattern[str]) -> bool:
    """Says "for example", "one way that ...", or whose way it is: "Leeds's procedure"."""
    if re.search(r"\bfor example\b|\bone way that\b", text, re.IGNORECASE):
        return True
    return any(text[found.end() :].startswith("'s ") for found in places.finditer(text))


def _named(places: re.Pattern[str], text: str) -> bool:
    return bool(places.search(text))


def _places(content: ContentToCheck) -> re.Pattern[str]:
    """The names of places that the content knows: of local pages and of the service search."""
    names = {
        word
        for source in content.library.sources.values()
        if source.standing == "local"
        for word in re.findall(r"[A-Z][a-z]{3,}", source.publisher)
    }
    area = content.library.search.questions["area"]
    names |= {say.title() for option in area.options.values() for say in option.say}
    names -= _NO_PLACES
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names)))})\b")


_NO_PLACES = frozenset(
    "England English Wales Welsh Cymru Council County Safeguarding Children Partnership Police "
    "Constabulary Trust School Learning Healthcare Healthwatch Child Protection Procedures "
    "Borough Area Skip Next Any Online Wherever Online Britain Reading".split()
)

RULES: tuple[Rule, ...] = (
    cited_fact,
    who_says_must,
    profession_named,
    local_page_alone,
    local_page_in_urgent_reply,
    local_place_named,
    share_of_local_points,
    recalled_number,
    number_of_no_fact,
    recalled_contact,
    recalled_claim_about_the_review,
    english_point_on_welsh_rule,
    welsh_point_names_wales,
)
