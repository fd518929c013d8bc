"""Moving through a guided conversation by words: "next", "carry on", "back"."""

from __future__ import annotations

from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.find_service import FORM
from actions.last_answer import ActionRepeatAnswer, ActionTellMore
from actions.reading import last_metadata, response_metadata
from assistant.guidance import SERVICE_GUIDE, guided_id, response_name

NOTHING_OPEN = "utter_nothing_open"
STOPPED = "utter_guided_stopped"


class ActionGuidedContinue(Action):
    """Goes on: to the next page, or back to the open one after something else was asked."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_guided_continue"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the page; where none is open, more of the last answer."""
        page: Optional[str] = tracker.get_slot("guided_page")
        if not page:
            if last_metadata(tracker).get("answer"):
                return ActionTellMore().run(dispatcher, tracker, domain)
            dispatcher.utter_message(response=NOTHING_OPEN)
            return []
        if page == guided_id(SERVICE_GUIDE):
            return [FollowupAction(FORM)]
        if last_metadata(tracker).get("page") == page:
            page = response_metadata(domain, response_name(page))["after"]
        return _open(dispatcher, page) if page else _finish(dispatcher)


class ActionGuidedBack(Action):
    """Goes back a page, or back to the open one after something else was asked."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_guided_back"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the page; where none is open, the last answer again."""
        page: Optional[str] = tracker.get_slot("guided_page")
        if not page:
            return ActionRepeatAnswer().run(dispatcher, tracker, domain)
        if page == guided_id(SERVICE_GUIDE):
            return [FollowupAction(FORM)]
        if last_metadata(tracker).get("page") == page:
            page = response_metadata(domain, response_name(page))["before"] or page
        return _open(dispatcher, page)


def _open(dispatcher: CollectingDispatcher, page: str) -> list[dict[str, Any]]:
    dispatcher.utter_message(response=response_name(page))
    return [SlotSet("guided_page", page)]


def _finish(dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
    dispatcher.utter_message(response=STOPPED)
    return [SlotSet("guided_page", ""), SlotSet("keep_nothing", False)]
