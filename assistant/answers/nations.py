"""An answer as it is shown in one nation: without the other one's rules and contacts."""

from __future__ import annotations

from typing import Mapping, Optional, Sequence

from assistant.answers.answer import Answer, Route
from assistant.answers.buttons import RULES_OF_WALES
from assistant.guidance import Nation

FEWEST_POINTS = 4
"""Points of a person's own nation that an answer shows, as far as it has so many."""

OF_THE_OTHER_NATION: Mapping[Nation, str] = {
    "England": "What follows is for Wales.",
    "Wales": "What follows is for England. In Wales the Wales Safeguarding Procedures apply: "
    "ask social services.",
}
"""What a person in this nation is told where an answer has nothing of their own."""


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


__all__ = ["FEWEST_POINTS", "OF_THE_OTHER_NATION", "for_nation", "holds_in", "routes_for_nation"]
