"""Which point comes first, on messages whose best points readers chose before it was written.

Points that answers have got since are no reader's choice yet, so a better one counts as a miss.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Iterator

import pytest

from assistant.answers import Content, current_content
from assistant.guidance import Library
from assistant.understanding.asked_point import AnswerPoints, Rarity
from assistant.understanding.encoder import shared_encoder

FOLDER = Path(__file__).parent


def asked(file: str, library: Library) -> Iterator[tuple[str, str, set[str]]]:
    """Question, topic, and the texts of the points that answer it best.

    A point is found by its facts, so that its words may change; a row none of whose best points is
    there any more is left out.
    """
    with (FOLDER / file).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            topic = library.topics.get(row["topic"])
            if topic is None:
                continue
            points = {"+".join(point.facts): point.text for point in (*topic.points, *topic.more)}
            best = {points[one] for one in row["best"].split(",") if one in points}
            if best:
                yield row["question"], row["topic"], best


def points_of(topic: str, content: Content, rarity: Rarity) -> AnswerPoints:
    answer = content.answer(topic)
    assert answer
    vectors = shared_encoder().encode([point.text for point in answer.every_point])
    return AnswerPoints(answer, vectors, rarity)


def first_points(question: str, topic: str, points: AnswerPoints, content: Content) -> list[str]:
    answer = content.answer(topic)
    assert answer
    marks = points.asked_for(question, shared_encoder().encode([question])[0])
    return [point.text for point in answer.with_first(marks[:2]).points[:2]]


@pytest.mark.parametrize(
    ("file", "least_first", "least_among_two"),
    [("points.tsv", 0.44, 0.57), ("points-development.tsv", 0.5, 0.7)],
)
def test_the_point_that_answers_comes_first(
    library: Library, file: str, least_first: float, least_among_two: float
) -> None:
    content = current_content()
    rarity = Rarity(content.point_texts)
    rows = list(asked(file, library))
    topics = {topic for _, topic, _ in rows}
    points = {topic: points_of(topic, content, rarity) for topic in topics}
    shown = [first_points(asked, topic, points[topic], content) for asked, topic, _ in rows]
    first = sum(texts[0] in best for texts, (*_, best) in zip(shown, rows))
    among_two = sum(bool(best & set(texts)) for texts, (*_, best) in zip(shown, rows))
    told = f"{first} first and {among_two} among two of {len(rows)}"
    assert len(rows) >= 100, "most points have other facts by now: have the best chosen anew"
    assert first / len(rows) >= least_first, told
    assert among_two / len(rows) >= least_among_two, told
