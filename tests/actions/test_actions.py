"""Actions on trackers as Rasa sends them."""

from __future__ import annotations

from typing import Any, Optional

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.find_service import HINT_GIVEN, ValidateServiceForm
from actions.follow_up import ActionFollowUp, follow_up_intent
from actions.guided import ActionGuidedBack, ActionGuidedContinue
from actions.last_answer import ActionExplainSource, ActionRepeatAnswer, ActionTellMore
from actions.reading import last_answer, misses_in_a_row, said_this_turn
from actions.suggest_topics import ActionSuggestTopics
from assistant.answers import Answer, current_content
from assistant.answers.kept import ANSWER, FOUND
from assistant.guidance import SEARCHED, Library
from assistant.guidance.names import FALLBACK

NO_DOMAIN: dict[str, Any] = {}
"""What is said is not in the domain, so no action needs what Rasa sends of it."""


def user(intent: str, ranking: tuple[tuple[str, float], ...] = ()) -> dict[str, Any]:
    parsed = {
        "intent": {"name": intent, "confidence": 0.3},
        "intent_ranking": [{"name": name, "confidence": c} for name, c in ranking],
    }
    return {"event": "user", "parse_data": parsed, **parsed}


def bot(answer: Optional[Answer]) -> dict[str, Any]:
    metadata = {"kind": "answer", ANSWER: answer.topic} if answer else {"kind": "smalltalk"}
    return {"event": "bot", "metadata": {"metadata": metadata}}


def tracker(*events: dict[str, Any]) -> Tracker:
    empty: dict[str, Any] = {}
    latest = next((e for e in reversed(events) if e["event"] == "user"), empty)
    return Tracker("id", {}, latest, list(events), False, None, {}, "action_listen")


def test_a_turn_is_answered_once_something_is_said(recording: Answer) -> None:
    asked, answered = user("talk.recording"), bot(recording)
    assert not said_this_turn(tracker())
    assert not said_this_turn(tracker(answered, asked))
    assert said_this_turn(tracker(asked, answered))


PAGE = "guided/signs/emotional"


def on_page(*events: dict[str, Any]) -> Tracker:
    made = tracker(*events)
    made.slots["guided_page"] = PAGE
    return made


def page_said() -> dict[str, Any]:
    return {"event": "bot", "metadata": {"metadata": {"kind": "guided", "page": PAGE}}}


@pytest.mark.parametrize(
    ("action", "before", "page"),
    [
        (ActionGuidedContinue, [page_said()], "guided/signs/behavioural"),
        (ActionGuidedContinue, [page_said(), bot(None)], PAGE),
        (ActionGuidedBack, [page_said()], "guided/signs/start"),
        (ActionGuidedBack, [page_said(), bot(None)], PAGE),
    ],
)
def test_next_moves_on_but_comes_back_first_after_an_interruption(
    action: Any, before: list[dict[str, Any]], page: str
) -> None:
    dispatcher = CollectingDispatcher()
    events = action().run(dispatcher, on_page(*before, user("guided_continue")), NO_DOMAIN)
    assert dispatcher.messages[0]["response"] == f"utter_{page.replace('/', '.')}"
    assert events == [SlotSet("guided_page", page)]


def in_form(text: str, intent: str, *before: dict[str, Any], confidence: float = 0.9) -> Tracker:
    said = user(intent) | {"text": text}
    said["intent"]["confidence"] = confidence
    made = tracker(*before, said)
    made.slots |= {"requested_slot": "area", "audience": ["child"]}
    return made


HINT = {"event": "bot", "metadata": {"metadata": {"kind": "guided", HINT_GIVEN: True}}}


@pytest.mark.parametrize(
    ("turn", "filled"),
    [
        (in_form("in Wales", "support.wales"), {"area": ["wales"]}),
        (in_form("no, for a boy", "ask_follow_up"), {"audience": ["boy"]}),
        (in_form("back", "guided_back"), {"audience": None, "requested_slot": "audience"}),
        (in_form("how do I refer a child in Wales", "respond.refer"), {}),
        (in_form("in Wales", "urgent.unsafe-tonight"), {}),
        (in_form("Little Snoring", FALLBACK, bot(None)), {"area": None}),
        (in_form("Little Snoring", FALLBACK, HINT, bot(None)), {}),
        (in_form("mandatory reporting", "respond.mandatory-reporting"), {}),
    ],
)
def test_the_form_takes_answers_and_leaves_everything_else(
    turn: Tracker, filled: dict[str, Any]
) -> None:
    events = ValidateServiceForm().run(CollectingDispatcher(), turn, NO_DOMAIN)
    assert {event["name"]: event["value"] for event in events} == filled


def test_the_form_is_left_once_something_else_was_answered(recording: Answer) -> None:
    turn = in_form("what should I write down?", "talk.recording")
    turn.events.append(bot(recording))
    events = ValidateServiceForm().run(CollectingDispatcher(), turn, NO_DOMAIN)
    assert events == [SlotSet("requested_slot", None)]


@pytest.fixture
def recording() -> Answer:
    return shown("talk/recording")


def shown(topic: str) -> Answer:
    answer = current_content().answer(topic)
    assert answer is not None
    return answer


def test_suggestions_are_the_likeliest_topics() -> None:
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
    ActionSuggestTopics().run(dispatcher, tracker(user(FALLBACK, ranking)), NO_DOMAIN)
    (message,) = dispatcher.messages
    assert message["metadata"]["suggestions"] == ["talk/recording", "respond/refer", "respond/mash"]
    assert [b["payload"] for b in message["buttons"]] == [
        "/talk.recording",
        "/respond.refer",
        "/respond.mash",
    ]
    assert "999" in message["text"]
    assert message["metadata"]["contacts"], "the official routes"


def test_misses_are_counted_in_a_row_only() -> None:
    miss, hit = user(FALLBACK), user("talk.recording")
    assert misses_in_a_row(tracker(miss, hit, miss, bot(None), miss)) == 2
    assert misses_in_a_row(tracker(miss, miss, hit)) == 0


def test_the_source_is_explained_with_addresses(recording: Answer) -> None:
    dispatcher = CollectingDispatcher()
    ActionExplainSource().run(dispatcher, tracker(bot(recording), bot(None)), NO_DOMAIN)
    text = dispatcher.messages[0]["text"]
    for place in recording.places:
        assert f"[{place.number}] {place.label}" in text
        assert (place.url or place.evidence) in text
        assert f"{place.evidence} Checked {place.checked}." in text
    for section in recording.review:
        assert section.says in text and (section.url or "") in text


@pytest.mark.parametrize("action", [ActionExplainSource, ActionTellMore, ActionRepeatAnswer])
def test_without_an_answer_before_it_says_so(action: Any) -> None:
    dispatcher = CollectingDispatcher()
    action().run(dispatcher, tracker(), NO_DOMAIN)
    assert "have not answered a question yet" in dispatcher.messages[0]["text"]


def test_the_last_answer_is_the_one_the_content_has_now(recording: Answer) -> None:
    said = bot(recording)
    assert set(said["metadata"]["metadata"]) == {"kind", ANSWER}, "kept by its id only"
    assert last_answer(tracker(said, bot(None))) == recording
    gone = {"event": "bot", "metadata": {"metadata": {"kind": "answer", ANSWER: "talk/gone"}}}
    assert last_answer(tracker(said, gone)) is None
    assert last_answer(tracker(bot(None))) is None


def test_the_last_answer_of_an_older_version_is_found_by_its_topic(recording: Answer) -> None:
    old = {"kind": "answer", "topic": recording.topic, ANSWER: '{"lead": "of another form"}'}
    event = {"event": "bot", "metadata": {"metadata": old}}
    assert last_answer(tracker(event)) == recording


def test_the_services_found_are_kept_whole_and_travel_on() -> None:
    search = current_content().search
    found = search.answer({one: [next(iter(search.questions[one]))] for one in SEARCHED})
    metadata = {"kind": found.kind, FOUND: found.json(exclude_none=True)}
    turn = tracker({"event": "bot", "metadata": {"metadata": metadata}})
    assert last_answer(turn) == found
    dispatcher = CollectingDispatcher()
    ActionExplainSource().run(dispatcher, turn, NO_DOMAIN)
    (message,) = dispatcher.messages
    assert message["metadata"][FOUND] == metadata[FOUND] and ANSWER not in message["metadata"]


def test_more_is_what_the_short_answer_left_out(library: Library) -> None:
    topic = next(topic for topic in library.topics.values() if topic.more)
    answer = shown(topic.id)
    dispatcher = CollectingDispatcher()
    ActionTellMore().run(dispatcher, tracker(bot(answer)), NO_DOMAIN)
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


def test_a_follow_up_without_an_answer_before_suggests() -> None:
    dispatcher = CollectingDispatcher()
    said = user("ask_follow_up", (("talk.recording", 0.4),))
    ActionFollowUp().run(dispatcher, tracker(said), NO_DOMAIN)
    assert dispatcher.messages[0]["metadata"]["suggestions"] == ["talk/recording"]
