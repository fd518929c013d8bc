"""Answers: one structure, compiled from the content and rendered by each channel."""

from assistant.answers.answer import LIMITS, Answer, CitedPlace, NextTopic, Route
from assistant.answers.contacts import routes
from assistant.answers.content import Content
from assistant.answers.current import current_content, reload_content
from assistant.answers.from_content import answer_for_topic, answer_for_urgent
from assistant.answers.loading import load_content
from assistant.answers.text import answer_text

__all__ = [
    "LIMITS",
    "Answer",
    "CitedPlace",
    "Content",
    "NextTopic",
    "Route",
    "answer_for_topic",
    "answer_for_urgent",
    "answer_text",
    "current_content",
    "load_content",
    "reload_content",
    "routes",
]
