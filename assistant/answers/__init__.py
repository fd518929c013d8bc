"""Answers: one structure, rendered by each channel in its own form."""

from assistant.answers.answer import (
    LIMITS,
    Answer,
    CitedPlace,
    NextTopic,
    Route,
    answer_for_topic,
    answer_for_urgent,
    routes,
)
from assistant.answers.text import answer_text

__all__ = [
    "LIMITS",
    "Answer",
    "CitedPlace",
    "NextTopic",
    "Route",
    "answer_for_topic",
    "answer_for_urgent",
    "answer_text",
    "routes",
]
