"""People to talk to, when the assistant cannot help or is asked for a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reading import response_contacts, response_text

PEOPLE = "utter_human_contacts"


class ActionHumanContacts(Action):
    """Gives telephone numbers of people."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_human_contacts"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the contacts."""
        utter_human_contacts(dispatcher, domain)
        return []


def utter_human_contacts(dispatcher: CollectingDispatcher, domain: dict[str, Any]) -> None:
    """Utter the people to talk to, of the domain's compiled contacts."""
    dispatcher.utter_message(
        text=response_text(domain, PEOPLE),
        metadata={
            "kind": "suggest",
            "suggestions": [],
            "contacts": response_contacts(domain, PEOPLE),
        },
    )
