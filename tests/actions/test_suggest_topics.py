"""What is not understood."""

from __future__ import annotations

from actions.suggest_topics import ActionSuggestTopics
from assistant.guidance.names import FALLBACK, HUMAN_CONTACTS
from tests.actions.trackers import run, tracker, user

RANKING = (
    (FALLBACK, 0.3),
    ("talk.recording", 0.2),
    ("greet", 0.1),
    ("respond.refer", 0.1),
    ("urgent.child-user", 0.05),
    ("respond.mash", 0.05),
    ("respond.escalate", 0.01),
)


def test_suggestions_are_the_likeliest_topics_with_the_official_routes() -> None:
    (message,), events = run(ActionSuggestTopics(), tracker(user(FALLBACK, RANKING)))
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
    miss = user(FALLBACK, RANKING)
    (message,), _ = run(ActionSuggestTopics(), tracker(miss, miss, miss))
    assert message["response"] == HUMAN_CONTACTS
