"""Every statement of the two documents that the project began with is carried by an answer."""

from __future__ import annotations

import yaml

from assistant.guidance import Library
from assistant.project import Project


def test_every_statement_of_the_seeds_is_carried_by_an_answer(
    project: Project, library: Library
) -> None:
    listed = project.data / "facts" / "support-review-learning.yml"
    rows = yaml.load(listed.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["seed_coverage"]
    carried = {
        fact
        for topic in library.topics.values()
        for point in (*topic.points, *topic.more)
        for fact in point.facts
    }
    assert len(rows) > 30
    assert [row["says"] for row in rows if not set(row["facts"]) <= carried] == []
