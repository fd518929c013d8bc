"""Actions on the last answer."""

from __future__ import annotations

from typing import Any

import pytest

from actions.last_answer import (
    NO_MORE,
    ActionExplainSource,
    ActionRepeatAnswer,
    ActionTellMore,
)
from assistant.answers import answer_text, current_content
from assistant.answers.buttons import RULES_OF_WALES
from tests.actions.trackers import RECORDING, bot, run, tracker

ALL = [ActionExplainSource, ActionTellMore, ActionRepeatAnswer]


def test_the_source_is_explained_with_addresses_and_how_it_is_known() -> None:
    (message,), _ = run(ActionExplainSource(), tracker(bot(RECORDING), bot()))
    answer = current_content().answer(RECORDING)
    assert answer
    for place in answer.places:
        assert f"[{place.number}] {place.label}" in message["text"]
        assert (place.url or "") in message["text"] and place.evidence in message["text"]


@pytest.mark.parametrize("action", ALL)
def test_without_an_answer_before_it_says_so(action: Any) -> None:
    (message,), _ = run(action(), tracker())
    assert "have not answered a question yet" in message["text"]


@pytest.mark.parametrize("action", ALL)
def test_the_answer_travels_on(action: Any) -> None:
    (message,), _ = run(action(), tracker(bot(RECORDING)))
    metadata = message["metadata"]
    assert (metadata["kind"], metadata["topic"]) == ("answer", RECORDING)
    assert metadata["answer"] == RECORDING
    assert bool(metadata.get("whole")) == (action is ActionRepeatAnswer)


def test_more_is_what_the_short_answer_left_out() -> None:
    content = current_content()
    one = next(t for t in content.titles if (a := content.answer(t)) and a.more)
    answer = content.answer(one)
    assert answer
    (message,), _ = run(ActionTellMore(), tracker(bot(one)))
    assert all(point.text in message["text"] for point in answer.more)
    assert not any(point.text in message["text"] for point in answer.points)
    offered = [topic.title for topic in answer.next if topic != RULES_OF_WALES]
    assert [button["title"] for button in message["buttons"]] == offered


def test_more_is_not_offered_below_more() -> None:
    content = current_content()
    one = next(t for t in content.titles if (a := content.answer(t)) and RULES_OF_WALES in a.next)
    again, _ = run(ActionRepeatAnswer(), tracker(bot(one)))
    more, _ = run(ActionTellMore(), tracker(bot(one)))
    assert "/ask_more" in [button["payload"] for button in again[0]["buttons"]]
    assert "/ask_more" not in [button["payload"] for button in more[0]["buttons"]]
    assert "Wales" in more[0]["text"]


def test_where_there_is_no_more_it_says_so() -> None:
    content = current_content()
    one = next(t for t in content.titles if (a := content.answer(t)) and not a.more)
    (message,), _ = run(ActionTellMore(), tracker(bot(one)))
    assert message["text"].startswith(NO_MORE)


def test_again_is_the_same_answer() -> None:
    answer = current_content().answer(RECORDING)
    assert answer
    (message,), _ = run(ActionRepeatAnswer(), tracker(bot(RECORDING)))
    assert message["text"] == answer_text(answer)
