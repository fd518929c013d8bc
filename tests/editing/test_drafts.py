"""Drafts: nothing of them is loaded until an editor has finished every marked place."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

from assistant.editing.content_to_check import ContentToCheck
from assistant.editing.drafts import DraftError, write_draft
from assistant.editing.questions import RULES
from assistant.guidance import ContentError, load_examples, load_library
from assistant.guidance.names import TO_FINISH
from tests.editing.conftest import TODAY, Write

ASKED = ['who pays "compensation"', "- can we # claim: it", "line é"]


@pytest.fixture
def data(write: Write) -> Path:
    return write(None)


def loaded(path: Path) -> int:
    return len(yaml.safe_load(path.read_text("utf-8"))["questions"])


def problems(data: Path) -> list[str]:
    found: list[str] = []
    for load in (load_library, load_examples):
        with pytest.raises(ContentError) as refused:
            load(data)
        found += map(str, refused.value.problems)
    return found


def test_a_new_topic_is_named_place_by_place(data: Path) -> None:
    topic = "respond/compensation"
    asked, answer = write_draft(data, topic, ASKED, ["respond/refer"], TODAY)
    assert loaded(asked) == 1
    assert all(f"# asked in vain: {one}\n" in asked.read_text("utf-8") for one in ASKED)
    skeleton = yaml.safe_load(answer.read_text("utf-8"))
    assert skeleton["next"] == ["respond/refer"] and skeleton["reviewed"] == TODAY
    named = problems(data)
    for place in ("title", "lead", "points.0.text", "review.0.says", "open.0", "questions.0"):
        assert any(place in one and "a draft" in one for one in named), place


def test_questions_are_added_to_an_old_topic(data: Path) -> None:
    path = data / "questions" / "talk" / "recording.yml"
    before = yaml.safe_load(path.read_text("utf-8"))["questions"]
    assert write_draft(data, "talk/recording", ASKED, [], TODAY) == [path]
    assert loaded(path) == len(before) + 1, "what people asked is not among them"
    load_library(data)
    with pytest.raises(ContentError) as refused:
        load_examples(data)
    assert len(refused.value.problems) == 1


def test_what_people_asked_is_taken_out_before_the_check_is_clean(data: Path) -> None:
    path = data / "questions" / "talk" / "recording.yml"
    before = path.read_text("utf-8")
    write_draft(data, "talk/recording", ASKED, [], TODAY)
    finished = "".join(
        line for line in path.read_text("utf-8").splitlines(True) if TO_FINISH not in line
    )
    path.write_text(finished, "utf-8")

    def named() -> list[str]:
        content = ContentToCheck(data, load_library(data), load_examples(data), TODAY)
        return [problem.fix for rule in RULES for problem in rule(content)]

    assert len([fix for fix in named() if "somebody's own words" in fix]) == len(ASKED)
    path.write_text(before, "utf-8")
    assert named() == []


@pytest.mark.parametrize("topic", ["compensation", "../x/y", "nowhere/compensation", "Talk/x"])
def test_what_is_no_topic_is_refused(data: Path, topic: str) -> None:
    with pytest.raises(DraftError):
        write_draft(data, topic, ASKED, [], datetime.date(2026, 12, 1))
