"""Understanding, on questions written by people who had not seen the training examples.

The floors hold what has been reached, a little below the measured figures, so that a change
that makes understanding worse fails here. They are not the goals: docs/understanding.md has
both, and how far apart they are. The development questions are not tested here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import Assistant
from assistant.evaluation import NEAR_MISS_FORMS, Outcome, evaluate, read_questions, share
from assistant.guidance import Library

HERE = Path(__file__).parent
TEST_FILES = ("topics-a", "topics-b", "urgent", "not-urgent", "out-of-scope")


@pytest.fixture(scope="module")
async def outcomes(assistant: Assistant) -> list[Outcome]:
    questions = [q for name in TEST_FILES for q in read_questions(HERE / f"{name}.tsv")]
    return await evaluate(assistant, questions)


def report(misses: list[Outcome]) -> str:
    return "\n".join(f"{o.question.accept} <- {o.got}: {o.question.text[:120]}" for o in misses)


async def test_the_right_topic_comes_first(outcomes: list[Outcome]) -> None:
    asked = [o for o in outcomes if o.question.kind == "topic"]
    assert len(asked) >= 5 * 129
    right = share(o.right for o in asked)
    assert right is not None and right >= 0.80, report([o for o in asked if not o.right])


async def test_the_right_topic_comes_first_or_is_suggested(outcomes: list[Outcome]) -> None:
    asked = [o for o in outcomes if o.question.kind == "topic"]
    found = share(o.suggested for o in asked)
    assert found is not None and found >= 0.93, report([o for o in asked if not o.suggested])


async def test_urgent_messages_are_recognised(outcomes: list[Outcome]) -> None:
    urgent = [o for o in outcomes if o.question.urgent]
    assert len(urgent) >= 200
    missed = [o for o in urgent if o.reply.kind != "urgent"]
    assert len(missed) <= 0.03 * len(urgent), report(missed)


async def test_false_alarms_are_few(outcomes: list[Outcome]) -> None:
    near = [o for o in outcomes if o.question.kind in NEAR_MISS_FORMS]
    assert len(near) >= 200
    alarms = [o for o in near if o.reply.kind == "urgent"]
    assert len(alarms) <= 0.07 * len(near), report(alarms)


async def test_out_of_scope_is_seldom_answered(outcomes: list[Outcome]) -> None:
    outside = [o for o in outcomes if o.question.accept == ("out-of-scope",)]
    answered = [o for o in outside if o.reply.kind == "answer"]
    assert len(answered) <= 0.14 * len(outside), report(answered)


async def test_every_urgent_reply_names_999_and_social_care_at_the_top(
    outcomes: list[Outcome],
) -> None:
    for outcome in outcomes:
        if outcome.reply.kind == "urgent":
            lines = outcome.reply.text.splitlines()
            assert "999" in lines[0]
            assert "social care" in "\n".join(lines[:7])


def test_no_test_question_is_a_training_example(library: Library) -> None:
    def plain(text: str) -> str:
        return " ".join(text.lower().split()).strip(" ?.!")

    taught = {plain(q) for topic in library.topics.values() for q in topic.questions}
    taught |= {plain(e) for situation in library.urgent.values() for e in situation.examples}
    taught |= {plain(message) for message, _ in library.not_urgent}
    for name in (*TEST_FILES, "development"):
        same = [q.text for q in read_questions(HERE / f"{name}.tsv") if plain(q.text) in taught]
        assert not same, (name, same)
