"""What the actions read out of a tracker and a domain."""

from __future__ import annotations

from typing import Any, Optional

from rasa_sdk import Tracker

from assistant.answers import Answer
from assistant.guidance import intent_name

FALLBACK = "nlu_fallback"


def last_answer(tracker: Tracker) -> Optional[Answer]:
    """The last scripted answer of this conversation, or None if there was none."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            compiled = metadata_of(event).get("answer")
            if compiled:
                return Answer.parse_raw(compiled)
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


def answer_titles(domain: dict[str, Any]) -> dict[str, str]:
    """Titles of all topics by intent, from the compiled responses of the domain."""
    titles = {}
    for variations in domain["responses"].values():
        metadata = variations[0].get("metadata") or {}
        if metadata.get("kind") == "answer":
            titles[intent_name(metadata["topic"])] = metadata["title"]
    return titles


def response_text(domain: dict[str, Any], name: str) -> str:
    """The text of a response that has no slots in it."""
    text: str = domain["responses"][name][0]["text"]
    return text


def response_metadata(domain: dict[str, Any], name: str) -> dict[str, Any]:
    """The metadata of a response's first variation."""
    metadata: dict[str, Any] = domain["responses"][name][0]["metadata"]
    return metadata


def response_contacts(domain: dict[str, Any], name: str) -> list[str]:
    """The ids of the contacts in a response's metadata."""
    contacts: list[str] = domain["responses"][name][0]["metadata"]["contacts"]
    return contacts
