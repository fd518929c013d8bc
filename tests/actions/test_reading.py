"""What the actions read out of a tracker, of this version and of earlier ones."""

from __future__ import annotations

import json
from typing import Any

import pytest

from actions.reading import (
    about_last_answer,
    last_answer,
    misses_in_a_row,
    said_this_turn,
    topics_by_intent,
)
from assistant.answers import current_content
from assistant.guidance.names import FALLBACK
from tests.actions.trackers import RECORDING, bot, tracker, user


def test_a_turn_is_answered_once_something_is_said() -> None:
    asked, answered = user("talk.recording"), bot(RECORDING)
    assert not said_this_turn(tracker())
    assert not said_this_turn(tracker(answered, asked))
    assert said_this_turn(tracker(asked, answered))


def test_misses_are_counted_in_a_row_only() -> None:
    miss, hit = user(FALLBACK), user("talk.recording")
    assert misses_in_a_row(tracker(miss, hit, miss, bot(), miss)) == 2
    assert misses_in_a_row(tracker(miss, miss, hit)) == 0


def test_the_last_answer_is_the_contents_own_for_the_role_and_nation_of_now() -> None:
    refer = "respond/refer"
    turn = tracker(bot(RECORDING), bot(refer), bot(), role="education", nation="Wales")
    answer = last_answer(turn)
    assert answer == current_content().answer(refer, "education", "Wales")
    assert about_last_answer(turn) == {"answer": refer}


FOUND = current_content().search.answer(
    {"audience": ["child"], "area": ["wales"], "help_wanted": ["talk"]}
)


def test_the_services_that_a_search_found_are_an_answer_too() -> None:
    found = bot(kind="guided", found=FOUND.json(exclude_none=True))
    turn = tracker(bot(RECORDING), found)
    assert last_answer(turn) == FOUND
    assert list(about_last_answer(turn)) == ["found"]
    assert last_answer(tracker(bot(kind="guided", found="{}"))) is None


@pytest.mark.parametrize("gone", ["talk/no-such-topic", ""])
def test_an_answer_that_is_gone_is_none(gone: str) -> None:
    assert last_answer(tracker(bot(gone))) is None
    assert last_answer(tracker()) is None and about_last_answer(tracker()) == {}


@pytest.mark.parametrize(
    ("metadata", "topic"),
    [
        ({"topic": RECORDING}, RECORDING),
        ({"topic": "recognise/signs-template", "page": "guided/signs/start"}, "guided/signs/start"),
        ({"topic": "talk/no-such-topic"}, None),
    ],
)
def test_an_answer_kept_whole_by_an_earlier_version_is_found_by_its_topic(
    metadata: dict[str, Any], topic: str | None
) -> None:
    kept = json.dumps({"kind": "answer", "topic": metadata["topic"], "points": []})
    turn = tracker(bot(**metadata, kind="answer", answer=kept))
    expected = current_content().answer(topic) if topic else None
    assert last_answer(turn) == expected


def test_topics_are_known_by_their_intents() -> None:
    assert topics_by_intent()["talk.recording"] == current_content().title(RECORDING)
    assert not [intent for intent in topics_by_intent() if intent.startswith("urgent.")]


def test_an_answer_stays_in_the_nation_that_its_question_named() -> None:
    refer = "respond/refer"
    asked = bot(refer, nation="Wales", nation_asked="Wales")
    turn = tracker(asked, nation="England")
    assert last_answer(turn) == current_content().answer(refer, None, "Wales")
    kept = about_last_answer(turn)
    assert kept == {"answer": refer, "nation": "Wales", "nation_asked": "Wales"}
    assert last_answer(tracker(asked, bot(refer), nation="England")) == current_content().answer(
        refer, None, "England"
    )
