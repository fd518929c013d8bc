"""Actions on trackers as Rasa sends them."""

from __future__ import annotations

import json
from typing import Any, Optional

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.follow_up import ActionFollowUp, follow_up_intent
from actions.last_answer import ActionExplainSource, ActionRepeatAnswer, ActionTellMore
from actions.reading import FALLBACK, misses_in_a_row
from actions.suggest_topics import ActionSuggestTopics
from assistant.answers import Answer, answer_for_topic
from assistant.guidance import Library
from assistant.importer import GuidanceImporter
from assistant.project import Project


def user(intent: str, ranking: tuple[tuple[str, float], ...] = ()) -> dict[str, Any]:
    parsed = {
        "intent": {"name": intent, "confidence": 0.3},
        "intent_ranking": [{"name": name, "confidence": c} for name, c in ranking],
    }
    return {"event": "user", "parse_data": parsed, **parsed}


def bot(answer: Optional[Answer]) -> dict[str, Any]:
    metadata = {"kind": "answer", "answer": answer.json()} if answer else {"kind": "smalltalk"}
    return {"event": "bot", "metadata": {"metadata": metadata}}


def tracker(*events: dict[str, Any]) -> Tracker:
    empty: dict[str, Any] = {}
    latest = next((e for e in reversed(events) if e["event"] == "user"), empty)
    return Tracker("id", {}, latest, list(events), False, None, {}, "action_listen")


@pytest.fixture(scope="module")
def domain(project: Project) -> dict[str, Any]:
    importer = GuidanceImporter(str(project.config), str(project.domain), [str(project.data)])
    as_sent: dict[str, Any] = json.loads(json.dumps(importer.get_domain().as_dict()))
    return as_sent


@pytest.fixture(scope="module")
def recording(library: Library) -> Answer:
    return answer_for_topic(library.topics["talk/recording"], library)


def test_suggestions_are_the_likeliest_topics(domain: dict[str, Any]) -> None:
    ranking = (
        (FALLBACK, 0.3),
        ("talk.recording", 0.2),
        ("greet", 0.1),
        ("respond.refer", 0.1),
        ("urgent.child-user", 0.05),
        ("respond.mash", 0.05),
        ("respond.escalate", 0.01),
    )
    dispatcher = CollectingDispatcher()
    ActionSuggestTopics().run(dispatcher, tracker(user(FALLBACK, ranking)), domain)
    (message,) = dispatcher.messages
    assert message["metadata"]["suggestions"] == ["talk/recording", "respond/refer", "respond/mash"]
    assert [b["payload"] for b in message["buttons"]] == [
        "/talk.recording",
        "/respond.refer",
        "/respond.mash",
    ]
    assert "999" in message["text"]


def test_misses_are_counted_in_a_row_only() -> None:
    miss, hit = user(FALLBACK), user("talk.recording")
    assert misses_in_a_row(tracker(miss, hit, miss, bot(None), miss)) == 2
    assert misses_in_a_row(tracker(miss, miss, hit)) == 0


def test_the_source_is_explained_with_addresses(recording: Answer) -> None:
    dispatcher = CollectingDispatcher()
    ActionExplainSource().run(dispatcher, tracker(bot(recording), bot(None)), {})
    text = dispatcher.messages[0]["text"]
    for place in recording.places:
        assert f"[{place.number}] {place.label}" in text
        assert (place.url or "No public address is confirmed.") in text


@pytest.mark.parametrize("action", [ActionExplainSource, ActionTellMore, ActionRepeatAnswer])
def test_without_an_answer_before_it_says_so(action: Any) -> None:
    dispatcher = CollectingDispatcher()
    action().run(dispatcher, tracker(), {})
    assert "have not answered a question yet" in dispatcher.messages[0]["text"]


def test_more_is_what_the_short_answer_left_out(library: Library) -> None:
    topic = next(topic for topic in library.topics.values() if topic.answer.more)
    answer = answer_for_topic(topic, library)
    dispatcher = CollectingDispatcher()
    ActionTellMore().run(dispatcher, tracker(bot(answer)), {})
    text = dispatcher.messages[0]["text"]
    assert all(point.text in text for point in answer.more)
    assert not any(point.text in text for point in answer.points)


def test_a_follow_up_prefers_what_is_near(recording: Answer) -> None:
    topics = {"talk.recording", "talk.communication-needs", "recognise.disabled-children"}
    ranking = [
        {"name": "ask_follow_up", "confidence": 0.5},
        {"name": "recognise.disabled-children", "confidence": 0.2},
        {"name": "talk.communication-needs", "confidence": 0.1},
        {"name": "talk.recording", "confidence": 0.1},
    ]
    assert follow_up_intent(recording, ranking, topics) == "talk.communication-needs"
    assert follow_up_intent(None, ranking, topics) is None
    assert follow_up_intent(recording, ranking[:1], topics) is None


def test_a_follow_up_without_an_answer_before_suggests(domain: dict[str, Any]) -> None:
    dispatcher = CollectingDispatcher()
    said = user("ask_follow_up", (("talk.recording", 0.4),))
    ActionFollowUp().run(dispatcher, tracker(said), domain)
    assert dispatcher.messages[0]["metadata"]["suggestions"] == ["talk/recording"]
