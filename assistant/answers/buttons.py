"""What an answer offers next, as buttons: topics, a guided conversation, the rules of Wales."""

from __future__ import annotations

from typing import Iterable, Optional, Sequence

from assistant.answers.answer import AnswerPoint, NextTopic
from assistant.guidance import ROLE_GUIDE, SERVICE_GUIDE, Library, guided_id
from assistant.guidance.names import ASK_MORE

NEXT_SHOWN = 3
"""How many "what next" topics an answer offers: more would bury the first."""

RULES_OF_WALES = NextTopic(id=ASK_MORE, title="More, with the rules of Wales")
"""Offered, while no nation is known, by an answer whose Welsh rules are all in ``more``."""


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


def guide_start(guide: Optional[str], library: Library) -> tuple[NextTopic, ...]:
    """The button that starts the guided conversation of this name; none without a name."""
    return (guide_starts(library)[guide],) if guide else ()


def rules_of_wales(
    points: Iterable[AnswerPoint], more: Iterable[AnswerPoint]
) -> tuple[NextTopic, ...]:
    """The button for the rules of Wales, where they stand in ``more`` and not in ``points``."""
    shown = any(point.territory == "Wales" for point in points)
    there = any(point.territory == "Wales" for point in more)
    return (RULES_OF_WALES,) if there and not shown else ()


__all__ = [
    "NEXT_SHOWN",
    "RULES_OF_WALES",
    "guide_start",
    "guide_starts",
    "next_topics",
    "rules_of_wales",
]
