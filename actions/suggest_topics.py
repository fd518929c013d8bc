"""When the question is not understood: up to three topics, and the official routes."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.human_contacts import utter_human_contacts
from actions.reading import (
    answer_titles,
    misses_in_a_row,
    ranked_intents,
    response_contacts,
    response_text,
)
from assistant.guidance import payload, topic_id_of

SUGGESTED = 3
MISSES_BEFORE_PEOPLE = 3
"""After this many misses in a row a person is offered (WCAG 3.2.6, advice for chatbots)."""

ROUTES = "utter_official_routes"


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
            utter_human_contacts(dispatcher, domain)
        else:
            suggest(dispatcher, tracker, domain)
        return []


def suggest(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> None:
    """Utter the likeliest topics of the last message as buttons, with the official routes."""
    titles = answer_titles(domain)
    likely = [intent for intent in ranked_intents(tracker) if intent in titles][:SUGGESTED]
    opening = (
        "I am not sure which of these you mean. Pick one, or ask in other words."
        if likely
        else "I did not understand that. Please ask in other words."
    )
    dispatcher.utter_message(
        text=f"{opening}\n{response_text(domain, ROUTES)}",
        buttons=[
            {"title": titles[intent], "payload": payload(topic_id_of(intent))} for intent in likely
        ],
        metadata={
            "kind": "suggest",
            "suggestions": [topic_id_of(intent) for intent in likely],
            "contacts": response_contacts(domain, ROUTES),
        },
    )
