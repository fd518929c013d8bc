"""What an answer cites: the places of its facts, numbered, and the sections of the review."""

from __future__ import annotations

from typing import Iterable, Optional, Sequence

from assistant.answers.answer import AnswerPoint, CitedPlace, ReviewPlace
from assistant.guidance import REVIEW, Fact, Library, Point, ReviewLink

EVIDENCE = {
    "recalled": "Known to specialists; we have not read the page itself.",
    "quoted": "Read where other official or professional pages quote or sum it up.",
    "document": "Read on the publisher's own page.",
}
"""How we know what is cited, in a sentence."""


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


__all__ = ["EVIDENCE", "Numbering", "review_places"]
