"""``notice facts``: the facts that speak of a word, what they rest on, and who cites them."""

from __future__ import annotations

import collections
from dataclasses import dataclass
from typing import Iterator, Sequence

from assistant.editing.open_questions import all_points
from assistant.guidance import Fact, Library


@dataclass(frozen=True)
class FoundFact:
    """A fact, the line of its authority, and the ids of what cites it."""

    fact: Fact
    authority: str
    cited_by: tuple[str, ...]


def find_facts(words: Sequence[str], library: Library) -> tuple[FoundFact, ...]:
    """The facts in which each of these words, or parts of words, stands, in the files' order.

    They are looked for in the id, the claim, the note, and the source with its place.
    """
    citing = _citing(library)
    wanted = [word.lower() for word in words]
    found = []
    for fact in library.facts.values():
        source = library.sources[fact.authority.source]
        place = fact.authority.place
        section = source.sections.get(place or "")
        named = section.place if section else place
        authority = ", ".join(filter(None, (source.short, named))) + f" ({fact.authority.source})"
        text = " ".join((fact.id, fact.says, fact.note or "", source.title, authority)).lower()
        if all(word in text for word in wanted):
            found.append(FoundFact(fact, authority, tuple(citing.get(fact.id, ()))))
    return tuple(found)


def fact_lines(found: FoundFact) -> Iterator[str]:
    """A fact in plain text: id, claim, authority, evidence, and what cites it."""
    fact = found.fact
    yield f"{fact.id} ({fact.duty}): {fact.says}"
    unsaid = "" if fact.cited else "; not printed as its source"
    yield f"    Authority: {found.authority}{unsaid}"
    yield f"    Evidence: {fact.firmness}"
    for page in fact.confirmed_by:
        yield f"        {page.how} {page.url}"
    if fact.note:
        yield f"    Note: {fact.note}"
    yield f"    Cited by: {', '.join(found.cited_by) or 'nothing'}"


def _citing(library: Library) -> dict[str, list[str]]:
    """By fact what cites it, each once."""
    citing: dict[str, dict[str, None]] = collections.defaultdict(dict)
    for answer, points in all_points(library):
        for point in points:
            for fact in point.facts:
                citing[fact][answer] = None
    for term in library.glossary:
        for fact in term.facts:
            citing[fact][f"glossary: {term.term}"] = None
    return {fact: list(answers) for fact, answers in citing.items()}
