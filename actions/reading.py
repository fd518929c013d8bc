"""What the actions read out of a tracker."""

from __future__ import annotations

from typing import Any, Optional

from rasa_sdk import Tracker

from assistant.answers import Answer, current_content
from assistant.answers.kept import (
    ANSWER,
    FOUND,
    NATION_ASKED,
    POINTS_FIRST,
    answer_id,
    found_answer,
)
from assistant.guidance.names import FALLBACK, NATION, ROLE, intent_name


def last_answer(tracker: Tracker) -> Optional[Answer]:
    """The last answer of this conversation, a scripted one as the content has it now, or None."""
    metadata = _about_last(tracker)
    if FOUND in metadata:
        return found_answer(metadata)
    role = tracker.get_slot(ROLE) or None
    nation = metadata.get(NATION_ASKED) or tracker.get_slot(NATION) or None
    answer = current_content().answer(answer_id(metadata) or "", role, nation)
    return answer and answer.with_first(metadata.get(POINTS_FIRST, ()))


def about_last_answer(tracker: Tracker) -> dict[str, Any]:
    """What the metadata of a message about the last answer says of that; empty without one."""
    metadata = _about_last(tracker)
    if FOUND in metadata:
        return {FOUND: metadata[FOUND]}
    asked = metadata.get(NATION_ASKED)
    named = {NATION: asked, NATION_ASKED: asked} if asked else {}
    first = {POINTS_FIRST: metadata[POINTS_FIRST]} if POINTS_FIRST in metadata else {}
    return {ANSWER: answer_id(metadata), **named, **first} if metadata else {}


def is_about_an_answer(metadata: dict[str, Any]) -> bool:
    """True for the metadata of a message that shows an answer or says something about it."""
    return bool(metadata.get(ANSWER) or metadata.get(FOUND))


def _about_last(tracker: Tracker) -> dict[str, Any]:
    for event in reversed(tracker.events):
        if event.get("event") == "bot" and is_about_an_answer(metadata_of(event)):
            return metadata_of(event)
    return {}


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
