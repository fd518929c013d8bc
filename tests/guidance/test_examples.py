"""How people ask: read apart from the answers, and refused where it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from assistant.guidance import NO_TOPIC, ContentError, Library, load_examples
from assistant.guidance.urgent import Voice
from assistant.project import Project
from tests.conftest import Edit

QUESTIONS = "questions/talk/recording.yml"


def problems(content: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_examples(content)
    return [str(problem) for problem in caught.value.problems]


def test_every_topic_and_situation_has_examples_and_every_voice_its_own(
    project: Project, library: Library
) -> None:
    examples = load_examples(project.data)
    assert set(examples.questions) == set(library.topics)
    assert set(examples.urgent) <= set(library.urgent)
    assert set(examples.voices) <= set(get_args(Voice))
    known = {*library.topics, NO_TOPIC}
    assert {topic for _, topic in examples.not_urgent} <= known


@pytest.mark.parametrize(
    ("old", "new", "fix"),
    [
        ("questions:", "question:", "holds 'questions:' with a list of texts, and nothing else"),
        ("questions:\n", "questions:\n  - 7\n", "questions.0: not a text; put it in quotes"),
        ("questions:\n", "questions:\n  - ' '\n", "questions.0: not a text"),
        ("questions:\n", "questions: [\n", "the '[' is not closed"),
        ("questions:\n", "title: x\nquestions:\n", "and nothing else"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(
    content: Path, edit: Edit, old: str, new: str, fix: str
) -> None:
    edit(QUESTIONS, old, new)
    found = problems(content)
    assert any("recording.yml:" in one and fix in one for one in found), found


def test_questions_without_an_answer_are_refused(content: Path) -> None:
    (content / "guidance" / "talk" / "recording.yml").unlink()
    assert any("no answer of this name in guidance/" in one for one in problems(content))


def test_examples_without_a_reply_are_refused(content: Path) -> None:
    (content / "urgency" / "replies" / "child-user.yml").unlink()
    assert any("no reply of this name in urgency/replies/" in one for one in problems(content))


def test_what_only_sounds_urgent_must_name_a_topic_that_there_is(content: Path, edit: Edit) -> None:
    edit("urgency/not-urgent.yml", "not_urgent:\n", "not_urgent:\n  talk/no-such:\n    - a text\n")
    assert any("talk/no-such: there is no such topic" in one for one in problems(content))
