"""The search for a service: a form of three questions, and the services that fit.

What a message tells is read out of its words, or out of the button's payload. A message that
tells nothing for the search is refused by the form, so that the rules answer it; the form is
then left, and "carry on" takes it up again.
"""

from __future__ import annotations

from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.follow_up import ActionFollowUp
from actions.reading import metadata_of, said_this_turn
from assistant.answers import answer_text, current_content
from assistant.answers.kept import FOUND, SHOWS_WHOLE_ANSWER
from assistant.answers.search import CompiledSearch
from assistant.guidance import (
    SEARCHED,
    SERVICE_GUIDE,
    Nation,
    guided_id,
    intent_name,
    is_urgent,
    payload,
)
from assistant.guidance.guided import AREA
from assistant.guidance.names import BACK, FALLBACK, GUIDED_PAGE, NATION, is_out_of_scope

FORM = "service_form"
OPTION, CHANGE = "service_option", "change_search"
START = intent_name(guided_id(SERVICE_GUIDE))

HINT_GIVEN = "again"
"""In the metadata of the one hint that is given when an answer is not understood."""

SHORT_ANSWER_WORDS = 4
"""Words a message may have to be taken for an answer to the question that is not understood."""

UNCLEAR_BELOW = 0.5
"""Confidence below which a few words in the form are taken for an answer, not for a topic."""

Events = list[dict[str, Any]]


class ActionStartSearch(Action):
    """Begins a new search with what the message already tells."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_start_search"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Forget an earlier search, and ask what is not yet told."""
        told = _search().read(_text(tracker), None).options
        chosen: dict[str, Any] = {question: told.get(question) for question in SEARCHED}
        chosen[AREA] = chosen[AREA] or _search().area_of(_nation(tracker))
        return _go_on(dispatcher, tracker, chosen)


class ActionChangeSearch(Action):
    """Changes one thing of a search: "no, in Wales", or a button."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_change_search"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Search again with the change; without a search before it, answer as a follow-up."""
        chosen = {question: tracker.get_slot(question) for question in SEARCHED}
        entities = _entities(tracker)
        told = _told(tracker, None)
        if entities.get("change") in SEARCHED:
            told = {entities["change"]: None}
        elif not told or not (any(chosen.values()) or _intent(tracker) == OPTION):
            return list(ActionFollowUp().run(dispatcher, tracker, domain))
        return _go_on(dispatcher, tracker, chosen | told)


class ActionShowServices(Action):
    """Shows the services once the form is filled; says nothing if it was left before."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_show_services"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Utter the services."""
        chosen = {question: tracker.get_slot(question) for question in SEARCHED}
        return _show(dispatcher, tracker, chosen) if all(chosen.values()) else []


class ValidateServiceForm(Action):
    """Reads each message in the form: fills what it tells, goes back, or leaves."""

    def name(self) -> str:
        """The action's name in the domain."""
        return f"validate_{FORM}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """The slots that the message fills. None of them makes the form refuse the message."""
        asked: Optional[str] = tracker.get_slot(REQUESTED_SLOT)
        if said_this_turn(tracker):
            # Something else was answered: do not ask again, "carry on" takes it up.
            return [SlotSet(REQUESTED_SLOT, None)]
        if asked is None:
            return []  # the form just begins; what was told is in the slots
        if _intent(tracker) == BACK:
            before = SEARCHED[max(SEARCHED.index(asked) - 1, 0)]
            return [SlotSet(before, None), SlotSet(REQUESTED_SLOT, before)]
        told = _told(tracker, asked)
        if told:
            return [SlotSet(question, options) for question, options in told.items()]
        if _not_understood(tracker) and not _hinted(tracker):
            hint = _search().again
            dispatcher.utter_message(text=hint, metadata={"kind": "guided", HINT_GIVEN: True})
            return [SlotSet(asked, None)]
        return []


def _go_on(dispatcher: CollectingDispatcher, tracker: Tracker, chosen: dict[str, Any]) -> Events:
    """Show the services if everything is told; otherwise let the form ask for the rest."""
    slots = [SlotSet(question, chosen[question]) for question in SEARCHED]
    if all(chosen.values()):
        return [*slots, *_show(dispatcher, tracker, chosen)]
    return [*slots, SlotSet(REQUESTED_SLOT, None), FollowupAction(FORM)]


def _show(dispatcher: CollectingDispatcher, tracker: Tracker, chosen: dict[str, Any]) -> Events:
    answer = _search().answer(chosen, _nation(tracker))
    dispatcher.utter_message(
        text=answer_text(answer),
        buttons=[{"title": one.title, "payload": payload(one.id)} for one in answer.next],
        metadata={
            "kind": answer.kind,
            "topic": answer.topic,
            SHOWS_WHOLE_ANSWER: True,
            FOUND: answer.json(exclude_none=True),
        },
    )
    return [SlotSet(GUIDED_PAGE, "")]


def _told(tracker: Tracker, asked: Optional[str]) -> dict[str, Optional[list[str]]]:
    """What the message tells for the search; nothing if it is about something else."""
    intent = _intent(tracker)
    if intent == OPTION:
        entities = _entities(tracker)
        return {question: [entities[question]] for question in SEARCHED if question in entities}
    told = _search().read(_text(tracker), asked)
    for_search = told.unmatched_words == 0 or intent in (START, CHANGE)
    if is_urgent(intent) or not for_search:
        return {}
    return {question: list(options) for question, options in told.options.items()}


def _not_understood(tracker: Tracker) -> bool:
    """True for a few words that no topic fits, such as a place that nobody listed."""
    text = _text(tracker)
    confidence = (tracker.latest_message.get("intent") or {}).get("confidence") or 0.0
    intent = _intent(tracker)
    unclear = intent == FALLBACK or is_out_of_scope(intent) or confidence < UNCLEAR_BELOW
    return unclear and len(text.split()) <= SHORT_ANSWER_WORDS and "?" not in text


def _hinted(tracker: Tracker) -> bool:
    """True if the question was asked with the hint already."""
    said = [event for event in tracker.events if event.get("event") == "bot"][-2:]
    return any(metadata_of(event).get(HINT_GIVEN) for event in said)


def _search() -> CompiledSearch:
    return current_content().search


def _nation(tracker: Tracker) -> Optional[Nation]:
    """Where the person works; the deployment's nation where they have said none."""
    return tracker.get_slot(NATION) or current_content().nation


def _text(tracker: Tracker) -> str:
    text = tracker.latest_message.get("text") or ""
    return "" if text.startswith("/") else text


def _intent(tracker: Tracker) -> str:
    return (tracker.latest_message.get("intent") or {}).get("name") or ""


def _entities(tracker: Tracker) -> dict[str, Any]:
    entities = tracker.latest_message.get("entities") or []
    return {entity["entity"]: entity["value"] for entity in entities}
