"""Moving through a guided conversation by words."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.events import FollowupAction, SlotSet

from actions.guided import ActionGuidedBack, ActionGuidedContinue
from assistant.guidance.names import GUIDED_STOPPED, NOTHING_OPEN
from tests.actions.trackers import RECORDING, bot, run, tracker, user

PAGE = "guided/signs/emotional"
SHOWN = bot(PAGE, kind="guided", page=PAGE)


@pytest.mark.parametrize(
    ("action", "before", "page"),
    [
        (ActionGuidedContinue, [SHOWN], "guided/signs/behavioural"),
        (ActionGuidedContinue, [SHOWN, bot()], PAGE),
        (ActionGuidedBack, [SHOWN], "guided/signs/start"),
        (ActionGuidedBack, [SHOWN, bot()], PAGE),
    ],
)
def test_next_moves_on_but_comes_back_first_after_an_interruption(
    action: Any, before: list[dict[str, Any]], page: str
) -> None:
    turn = tracker(*before, user("guided_continue"), guided_page=PAGE)
    (message,), events = run(action(), turn)
    assert message["response"] == f"utter_{page.replace('/', '.')}"
    assert events == [SlotSet("guided_page", page)]


def test_after_the_last_page_it_ends_and_keeps_again_what_is_said() -> None:
    end = "guided/reflection/end"
    turn = tracker(bot(end, page=end), user("guided_continue"), guided_page=end)
    (message,), events = run(ActionGuidedContinue(), turn)
    assert message["response"] == GUIDED_STOPPED
    assert events == [SlotSet("guided_page", ""), SlotSet("keep_nothing", False)]


@pytest.mark.parametrize("page", ["", None, "guided/signs/renamed-since"])
def test_where_no_page_is_open_next_is_more_of_what_was_said_last(page: Any) -> None:
    answered = tracker(bot(RECORDING), user("guided_continue"), guided_page=page)
    (message,), events = run(ActionGuidedContinue(), answered)
    assert message["metadata"]["answer"] == RECORDING and events == []
    stopped = tracker(bot(RECORDING), bot(), user("guided_continue"), guided_page=page)
    (message,), events = run(ActionGuidedContinue(), stopped)
    assert message["response"] == NOTHING_OPEN and events == []


def test_where_no_page_is_open_back_is_the_answer_again() -> None:
    turn = tracker(bot(RECORDING), user("guided_back"), guided_page="guided/signs/renamed-since")
    (message,), _ = run(ActionGuidedBack(), turn)
    assert message["metadata"]["answer"] == RECORDING and message["metadata"]["whole"]


@pytest.mark.parametrize("action", [ActionGuidedContinue, ActionGuidedBack])
def test_an_open_search_goes_on(action: Any) -> None:
    turn = tracker(user("guided_continue"), guided_page="guided/find-a-service/start")
    messages, events = run(action(), turn)
    assert messages == [] and events == [FollowupAction("service_form")]
