"""The search for a service takes answers, and leaves everything else to the rules."""

from __future__ import annotations

from typing import Any, Optional

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from actions.find_service import (
    HINT_GIVEN,
    ActionChangeSearch,
    ActionShowServices,
    ActionStartSearch,
    ValidateServiceForm,
)
from assistant.answers import Answer, current_content
from assistant.guidance.names import FALLBACK
from tests.actions.trackers import RECORDING, bot, run, tracker, user

HINT_DATA: dict[str, Any] = {HINT_GIVEN: True}
HINT = bot(kind="guided", **HINT_DATA)
CHOSEN = {"audience": ["child"], "area": ["wales"], "help_wanted": ["talk"]}


def in_form(text: str, intent: str, *before: dict[str, Any], confidence: float = 0.9) -> Tracker:
    said = user(intent, text=text)
    said["intent"]["confidence"] = confidence
    return tracker(*before, said, requested_slot="area", audience=["child"])


@pytest.mark.parametrize(
    ("turn", "filled"),
    [
        (in_form("in Wales", "support.wales"), {"area": ["wales"]}),
        (in_form("no, for a boy", "ask_follow_up"), {"audience": ["boy"]}),
        (in_form("back", "guided_back"), {"audience": None, "requested_slot": "audience"}),
        (in_form("how do I refer a child in Wales", "respond.refer"), {}),
        (in_form("in Wales", "urgent.unsafe-tonight"), {}),
        (in_form("Little Snoring", FALLBACK, bot()), {"area": None}),
        (in_form("Little Snoring", FALLBACK, HINT, bot()), {}),
        (in_form("mandatory reporting", "respond.mandatory-reporting"), {}),
    ],
)
def test_the_form_takes_answers_and_leaves_everything_else(
    turn: Tracker, filled: dict[str, Any]
) -> None:
    _, events = run(ValidateServiceForm(), turn)
    assert {event["name"]: event["value"] for event in events} == filled


def test_the_form_is_left_once_something_else_was_answered() -> None:
    turn = in_form("what should I write down?", "talk.recording")
    turn.events.append(bot(RECORDING))
    assert run(ValidateServiceForm(), turn) == ([], [SlotSet("requested_slot", None)])


def test_a_search_begins_with_what_the_message_tells() -> None:
    turn = tracker(user("guided.find-a-service.start", text="a service for a boy in Cardiff"))
    _, events = run(ActionStartSearch(), turn)
    told = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert told["audience"] == ("boy",) and told["help_wanted"] is None
    assert events[-1] == FollowupAction("service_form")


@pytest.mark.parametrize(("own", "other"), [("England", "Wales"), ("Wales", "England")])
def test_a_search_begins_in_the_nation_where_the_person_works(own: str, other: str) -> None:
    start = user("guided.find-a-service.start", text="find a service")
    _, events = run(ActionStartSearch(), tracker(start, nation=own))
    assert SlotSet("area", [own.lower()]) in events
    elsewhere = user("guided.find-a-service.start", text=f"find a service in {other}")
    _, events = run(ActionStartSearch(), tracker(elsewhere, nation=own))
    assert SlotSet("area", (other.lower(),)) in events
    _, events = run(ActionStartSearch(), tracker(start))
    assert SlotSet("area", None) in events


@pytest.mark.parametrize(("own", "other"), [("England", "Wales"), ("Wales", "England")])
def test_anywhere_is_anywhere_in_the_persons_nation(own: str, other: str) -> None:
    areas = {one.route.id: one.words["area"] for one in current_content().search.services}
    listed: dict[Optional[str], set[str]] = {None: set(), own: set()}
    for nation in listed:
        for audience in ("child", "adult-survivor", "professional", "anyone"):
            for kind in ("talk", "counselling", "advice", "any-kind"):
                chosen = {"audience": [audience], "area": ["anywhere"], "help_wanted": [kind]}
                turn = tracker(user("any"), nation=nation, **chosen)
                (message,), _ = run(ActionShowServices(), turn)
                found = Answer.parse_raw(message["metadata"]["found"])
                listed[nation] |= {areas[one.id][0] for one in found.contacts if one.id in areas}
    assert other in listed[None] or other == "England"
    assert listed[own] and not any(other in area and own not in area for area in listed[own])


def test_the_services_are_shown_with_what_was_found() -> None:
    (message,), _ = run(ActionShowServices(), tracker(user("any"), **CHOSEN))
    found = Answer.parse_raw(message["metadata"]["found"])
    assert message["metadata"]["whole"] and "answer" not in message["metadata"]
    assert [route.id for route in found.contacts] and found.kind == "guided"
    assert run(ActionShowServices(), tracker(user("any"), area=["wales"])) == ([], [])


def test_one_thing_can_be_changed() -> None:
    said = user("change_search", text="no, in England")
    (message,), events = run(ActionChangeSearch(), tracker(said, **CHOSEN))
    assert SlotSet("area", ["england"]) in events or SlotSet("area", ("england",)) in events
    assert "England" in message["text"].splitlines()[0]


def test_a_change_of_no_search_is_a_follow_up() -> None:
    said = user("change_search", (("recognise.boys", 0.4),), text="and for boys?")
    (message,), _ = run(ActionChangeSearch(), tracker(bot(RECORDING), said))
    assert message["response"] == "utter_recognise.boys"
