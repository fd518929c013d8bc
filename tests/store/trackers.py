"""Trackers to keep: what the tests of the store share."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


def tracker_with(conversation: str, *events: Any, slots: Any = ()) -> DialogueStateTracker:
    tracker = DialogueStateTracker(conversation, slots)
    for event in (ActionExecuted("action_listen"), *events):
        tracker.update(event)
    return tracker


def said(text: str, **more: Any) -> UserUttered:
    return UserUttered(text, {"name": "greet", "confidence": 1.0}, **more)
