"""What is not understood."""

from __future__ import annotations

from actions.suggest_topics import ActionSuggestTopics
from assistant.guidance.names import FALLBACK, HUMAN_CONTACTS
from tests.actions.trackers import run, tracker, user

OFFERED = ("talk/recording", "respond/refer", "respond/no-such-topic", "respond/mash")


def test_what_the_message_may_be_about_is_suggested_with_the_official_routes() -> None:
    (message,), events = run(ActionSuggestTopics(), tracker(user(FALLBACK, offered=OFFERED)))
    suggested = ["talk/recording", "respond/refer", "respond/mash"]
    assert message["metadata"]["suggestions"] == suggested
    assert [b["payload"] for b in message["buttons"]] == [
        "/talk.recording",
        "/respond.refer",
        "/respond.mash",
    ]
    assert "999" in message["text"] and "police-emergency" in message["metadata"]["contacts"]
    assert events == []


def test_where_nothing_is_likely_it_asks_for_other_words() -> None:
    (message,), _ = run(ActionSuggestTopics(), tracker(user(FALLBACK)))
    assert message["text"].startswith("I did not understand that.") and not message["buttons"]
    assert "999" in message["text"]


def test_after_three_misses_in_a_row_people_are_offered() -> None:
    miss = user(FALLBACK, offered=OFFERED)
    (message,), _ = run(ActionSuggestTopics(), tracker(miss, miss, miss))
    assert message["response"] == HUMAN_CONTACTS
