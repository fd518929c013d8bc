"""Answers of topics: all that must be there is, or the answer is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.guidance import Library
from tests.guidance.loading.broken import TOPIC, line_of, problems, swap

REPLY = "urgency/replies/child-user.yml"


def test_every_topic_of_the_catalogue_is_answered(library: Library) -> None:
    assert {entry.id for entry in library.catalogue} == set(library.topics)


def test_every_answer_points_to_the_review_and_every_point_to_its_facts(library: Library) -> None:
    for topic in library.topics.values():
        assert topic.review and all(link.says for link in topic.review), topic.id
        assert all(point.facts for point in (*topic.points, *topic.more)), topic.id
    for situation in library.urgent.values():
        assert situation.review and situation.tell.facts, situation.id
        assert all(step.facts for step in situation.steps), situation.id


@pytest.mark.parametrize("name", [TOPIC, REPLY])
def test_an_answer_without_a_section_of_the_review_is_refused(content: Path, name: str) -> None:
    swap(content, name, r"^review:\n(?: [^\n]*\n)+", "review: []\n")
    line = line_of(content, name, "review: []")
    (problem,) = problems(content)
    assert problem.endswith("review: give at least one")
    assert f"{Path(name).name}:{line}:" in problem


def test_a_section_without_its_sentence_is_refused(content: Path) -> None:
    swap(content, TOPIC, r"^    says: .*?\n(?=    \w)", "")
    (problem,) = problems(content)
    assert "review.0.says: add this field" in problem


def test_another_document_cannot_stand_for_the_review(content: Path) -> None:
    swap(content, TOPIC, r"cite: national-review[\w:/-]*", "cite: kcsie-2026")
    assert "not a section of the national review" in problems(content)[0]


def test_a_point_without_a_fact_is_refused(content: Path) -> None:
    swap(content, TOPIC, r"^    facts: .*?\n", "")
    (problem,) = problems(content)
    assert "points.0.facts: add this field" in problem
    assert f"recording.yml:{line_of(content, TOPIC, '  - text:')}:" in problem
    swap(content, TOPIC, r"^    duty: should\n", "    facts: []\n    duty: should\n")
    assert "points.0.facts: give at least one" in problems(content)[0]
