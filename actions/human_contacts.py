"""People to talk to, when the assistant cannot help or is asked for a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from assistant.guidance.names import HUMAN_CONTACTS


class ActionHumanContacts(Action):
    """Gives telephone numbers of people."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_human_contacts"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the contacts."""
        dispatcher.utter_message(response=HUMAN_CONTACTS)
        return []
