"""The component that names the points that speak to what was asked."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.answers import current_content
from assistant.guidance import intent_name
from assistant.guidance.names import ASKED_POINTS
from assistant.turn.assistant import Assistant
from assistant.understanding import vector_cache
from assistant.understanding.point_finder import MOST_NAMED, PointFinder

MEDICAL = "respond/medical-assessment"
ASKED = "who decides whether there is a medical, and may the child say no?"


@pytest.fixture(scope="module")
def finder() -> PointFinder:
    component = PointFinder({}, Mock(), Mock())
    component.learn(TrainingData())
    return component


def read(component: PointFinder, intent: str, text: str = ASKED) -> list[str]:
    message = Message({TEXT: text, INTENT: {"name": intent, "confidence": 0.9}})
    [processed] = component.process([message])
    return processed.get(ASKED_POINTS) or []


def test_it_names_points_of_the_answer(finder: PointFinder) -> None:
    answer = current_content().answer(MEDICAL)
    assert answer
    named = read(finder, intent_name(MEDICAL))
    assert len(named) == MOST_NAMED
    assert set(named) <= {point.mark for point in answer.every_point}


@pytest.mark.parametrize("intent", ["urgent.child-user", "out_of_scope", "nlu_fallback"])
def test_what_is_no_topic_has_none(finder: PointFinder, intent: str) -> None:
    assert read(finder, intent) == []


def test_a_message_without_text_has_none(finder: PointFinder) -> None:
    assert read(finder, intent_name(MEDICAL), "") == []


def test_what_was_learned_is_kept_and_no_point_is_encoded_again(
    finder: PointFinder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finder.save(tmp_path)
    restored = PointFinder({}, Mock(), Mock())
    restored.restore(tmp_path)
    expected = read(finder, intent_name(MEDICAL))
    monkeypatch.setattr(vector_cache, "shared_encoder", None)
    assert read(restored, intent_name(MEDICAL)) == expected


def test_a_point_that_is_changed_needs_no_training(
    finder: PointFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = current_content().answer(MEDICAL)
    assert answer
    teddy = answer.points[-1].copy(update={"text": "Grandma may bring the teddy bear."})
    changed = answer.copy(update={"points": (*answer.points[:-1], teddy)})
    content = Mock(answer=Mock(return_value=changed), point_texts=[teddy.text])
    monkeypatch.setattr("assistant.understanding.point_finder.current_content", lambda: content)
    named = read(finder, intent_name(MEDICAL), "May grandma bring a teddy bear?")
    assert named[0] == teddy.mark


async def test_the_reply_shows_what_is_named_first_and_keeps_it(
    assistant: Assistant, conversation: str
) -> None:
    written = current_content().answer(MEDICAL)
    assert written
    live = await assistant.reply(f"a medical assessment: {ASKED}", conversation)
    assert live.topic == MEDICAL and live.answer
    assert live.answer.points[:2] != written.points[:2]
    lines = [line for line in live.text.splitlines() if line.startswith("- ")]
    assert live.answer.points[0].text in lines[0] and live.answer.points[1].text in lines[1]
    [kept] = await assistant.history(conversation)
    assert kept.reply == live
    more = await assistant.reply("tell me more", conversation)
    assert not any(point.text in more.text for point in live.answer.points)
    assert all(point.text in more.text for point in live.answer.more)
