"""What the actions read out of a tracker."""

from __future__ import annotations

from typing import Any, Optional

from rasa_sdk import Tracker

from assistant.answers import Answer, current_content
from assistant.guidance.names import FALLBACK, NATION, ROLE, intent_name


def last_answer(tracker: Tracker) -> Optional[Answer]:
    """The last scripted answer of this conversation as the content has it now, or None."""
    found = last_answer_id(tracker)
    if found is None:
        return None
    return current_content().answer(
        found, tracker.get_slot(ROLE) or None, tracker.get_slot(NATION) or None
    )


def last_answer_id(tracker: Tracker) -> Optional[str]:
    """The id of the last scripted answer of this conversation, or None if there was none."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            answer_id: Optional[str] = metadata_of(event).get("answer")
            if answer_id:
                return answer_id
    return None


def last_metadata(tracker: Tracker) -> dict[str, Any]:
    """The metadata of what was said last; empty if nothing was."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            return metadata_of(event)
    return {}


def said_this_turn(tracker: Tracker) -> bool:
    """True if the last message has been answered already."""
    for event in reversed(tracker.events):
        if event.get("event") in ("bot", "user"):
            return bool(event["event"] == "bot")
    return False


def metadata_of(event: dict[str, Any]) -> dict[str, Any]:
    """The metadata of a response in a bot event: Rasa keeps it one level down."""
    metadata: dict[str, Any] = (event.get("metadata") or {}).get("metadata") or {}
    return metadata


def ranked_intents(tracker: Tracker) -> list[str]:
    """Intents of the last message, likeliest first, without the fallback."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    return [entry["name"] for entry in ranking if entry["name"] != FALLBACK]


def misses_in_a_row(tracker: Tracker) -> int:
    """How many messages up to and with the last were not understood, one after another."""
    misses = 0
    for event in reversed(tracker.events):
        if event.get("event") != "user":
            continue
        intent = (event.get("parse_data") or {}).get("intent") or {}
        if intent.get("name") != FALLBACK:
            break
        misses += 1
    return misses


def topics_by_intent() -> dict[str, str]:
    """Titles of all topics by their intent."""
    return {intent_name(one): title for one, title in current_content().titles.items()}
