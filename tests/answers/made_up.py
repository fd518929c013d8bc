"""Answers that no content has."""

from __future__ import annotations

from typing import Iterable, Optional, Sequence

from assistant.answers import Answer, CitedPlace
from assistant.answers.answer import AnswerPoint
from assistant.guidance.model import Territory


def made_up(
    points: Sequence[Territory], more: Sequence[Territory], lead_wales: Optional[str] = None
) -> Answer:
    """An answer of points with these territories; each has a place of its own."""
    numbered = [
        AnswerPoint(text=f"{i} {territory}", numbers=(i,), territory=territory)
        for i, territory in enumerate([*points, *more], start=1)
    ]
    places = [
        CitedPlace(
            number=point.numbers[0],
            source=f"source-{point.numbers[0]}",
            document="Document",
            place=None,
            url=None,
            label="Document",
            edition="2026",
            territory=point.territory,
            standing="law",
            superseded_by=None,
            evidence="Read.",
            checked="2026-11-30",
        )
        for point in numbered
    ]
    return Answer(
        kind="answer",
        topic="respond/made-up",
        title="Made up",
        lead="England has ten days.",
        lead_wales=lead_wales,
        points=tuple(numbered[: len(points)]),
        more=tuple(numbered[len(points) :]),
        places=tuple(places),
        review=(),
        contacts=(),
        next=(),
    )


def territories(points: Iterable[AnswerPoint]) -> list[Territory]:
    return [point.territory for point in points]
