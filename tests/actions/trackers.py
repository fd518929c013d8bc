"""Trackers as Rasa sends them to an action."""

from __future__ import annotations

from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from assistant.guidance.names import OFFERED_TOPICS

RECORDING = "talk/recording"


def user(
    intent: str,
    ranking: tuple[tuple[str, float], ...] = (),
    text: str = "",
    offered: tuple[str, ...] = (),
) -> dict[str, Any]:
    """A message that was understood like this, with the topics that its reply offers."""
    parsed = {
        "intent": {"name": intent, "confidence": 0.3},
        "intent_ranking": [{"name": name, "confidence": c} for name, c in ranking],
        OFFERED_TOPICS: list(offered),
    }
    return {"event": "user", "text": text, "parse_data": parsed, **parsed}


def bot(answer: Optional[str] = None, **metadata: Any) -> dict[str, Any]:
    """A message that shows a scripted answer, or is small talk."""
    shown = {"kind": "answer", "topic": answer, "answer": answer, "whole": True}
    return {
        "event": "bot",
        "metadata": {"metadata": {**(shown if answer else {"kind": "smalltalk"}), **metadata}},
    }


def tracker(*events: dict[str, Any], **slots: Any) -> Tracker:
    """A conversation of these events."""
    empty: dict[str, Any] = {}
    latest = next((e for e in reversed(events) if e["event"] == "user"), empty)
    return Tracker("id", slots, latest, list(events), False, None, {}, "action_listen")


def run(action: Action, turn: Tracker) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The messages and events of an action. It gets no domain: none needs it."""
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, turn, {})
    return dispatcher.messages, events
