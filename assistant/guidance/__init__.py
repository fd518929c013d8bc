"""Guidance content: the model, its loading and its checks. Needs no Rasa."""

from assistant.guidance.loading import load_library
from assistant.guidance.model import (
    NO_TOPIC,
    REVIEW,
    Citation,
    Contact,
    Library,
    LocalContacts,
    Point,
    Section,
    Service,
    Source,
    Topic,
    UrgentSituation,
    intent_name,
    payload,
    response_name,
    topic_id_of,
)
from assistant.guidance.problems import ContentError, Problem

__all__ = [
    "NO_TOPIC",
    "REVIEW",
    "Citation",
    "Contact",
    "ContentError",
    "Library",
    "LocalContacts",
    "Point",
    "Problem",
    "Section",
    "Service",
    "Source",
    "Topic",
    "UrgentSituation",
    "intent_name",
    "load_library",
    "payload",
    "response_name",
    "topic_id_of",
]
