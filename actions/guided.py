"""Moving through a guided conversation by words: "next", "carry on", "back"."""

from __future__ import annotations

from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.find_service import FORM
from actions.last_answer import ActionRepeatAnswer, ActionTellMore
from actions.reading import last_answer_id, last_metadata
from assistant.answers import current_content
from assistant.guidance import SERVICE_GUIDE, guided_id, response_name
from assistant.guidance.names import GUIDED_PAGE, GUIDED_STOPPED, KEEP_NOTHING, NOTHING_OPEN


class ActionGuidedContinue(Action):
    """Goes on: to the next page, or back to the open one after something else was asked."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_guided_continue"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the page; where none is open, more of the last answer."""
        page = _open_page(tracker)
        if not page:
            if last_answer_id(tracker):
                return ActionTellMore().run(dispatcher, tracker, domain)
            dispatcher.utter_message(response=NOTHING_OPEN)
            return []
        if page == guided_id(SERVICE_GUIDE):
            return [FollowupAction(FORM)]
        if last_metadata(tracker).get("page") == page:
            page = _neighbour(page, "after")
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
        page = _open_page(tracker)
        if not page:
            return ActionRepeatAnswer().run(dispatcher, tracker, domain)
        if page == guided_id(SERVICE_GUIDE):
            return [FollowupAction(FORM)]
        if last_metadata(tracker).get("page") == page:
            page = _neighbour(page, "before") or page
        return _open(dispatcher, page)


def _open_page(tracker: Tracker) -> Optional[str]:
    """The open page; None where none is, or where the content has it no more."""
    page: Optional[str] = tracker.get_slot(GUIDED_PAGE)
    return page if page and current_content().page(page) else None


def _neighbour(page_id: str, side: str) -> Optional[str]:
    page = current_content().page(page_id)
    return getattr(page, side) if page else None


def _open(dispatcher: CollectingDispatcher, page: str) -> list[dict[str, Any]]:
    dispatcher.utter_message(response=response_name(page))
    return [SlotSet(GUIDED_PAGE, page)]


def _finish(dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
    dispatcher.utter_message(response=GUIDED_STOPPED)
    return [SlotSet(GUIDED_PAGE, ""), SlotSet(KEEP_NOTHING, False)]
