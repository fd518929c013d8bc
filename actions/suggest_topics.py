"""When the question is not understood: up to three topics, and the official routes."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reading import misses_in_a_row
from assistant.answers import current_content
from assistant.guidance import payload
from assistant.guidance.names import HUMAN_CONTACTS, NATION, OFFERED_TOPICS, OFFICIAL_ROUTES

MISSES_BEFORE_PEOPLE = 3
"""After this many misses in a row a person is offered (WCAG 3.2.6, advice for chatbots)."""


class ActionSuggestTopics(Action):
    """Offers the likeliest topics as buttons."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_suggest_topics"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter suggestions; after three misses in a row, people to talk to."""
        if misses_in_a_row(tracker) >= MISSES_BEFORE_PEOPLE:
            dispatcher.utter_message(response=HUMAN_CONTACTS)
        else:
            suggest(dispatcher, tracker)
        return []


def suggest(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Utter the likeliest topics of the last message as buttons, with the official routes."""
    content = current_content()
    offered = tracker.latest_message.get(OFFERED_TOPICS) or ()
    likely = [topic for topic in offered if content.title(topic)]
    opening = (
        "I am not sure which of these you mean. Pick one, or ask in other words."
        if likely
        else "I did not understand that. Please ask in other words."
    )
    routes = content.said(OFFICIAL_ROUTES, tracker.get_slot(NATION) or None)
    dispatcher.utter_message(
        text=f"{opening}\n{routes.text if routes else ''}",
        buttons=[{"title": content.title(one), "payload": payload(one)} for one in likely],
        metadata={
            "kind": "suggest",
            "suggestions": likely,
            "contacts": list(routes.contacts) if routes else [],
        },
    )
