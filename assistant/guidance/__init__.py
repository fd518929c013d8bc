"""Guidance content: the model, its loading, and every name. Needs no Rasa."""

from assistant.guidance.contacts import Contact, LocalContacts, Service
from assistant.guidance.examples import Examples, load_examples
from assistant.guidance.facts import Fact
from assistant.guidance.guided import (
    SEARCHED,
    Guide,
    GuidedPage,
    Role,
    Roles,
    ServiceSearch,
    words_of,
)
from assistant.guidance.library import Library, Registers
from assistant.guidance.loading import load_library, load_registers
from assistant.guidance.model import Nation
from assistant.guidance.names import (
    GENERAL,
    NO_TOPIC,
    REVIEW,
    ROLE_GUIDE,
    SERVICE_GUIDE,
    START,
    guided_id,
    intent_name,
    is_urgent,
    payload,
    response_name,
    topic_id_of,
    topic_of_payload,
)
from assistant.guidance.points import Citation, Point, ReviewLink
from assistant.guidance.problems import ContentError, Problem
from assistant.guidance.sources import Section, Source
from assistant.guidance.topics import Topic
from assistant.guidance.urgent import UrgentSituation, Voice
from assistant.guidance.welsh import WELSH, QuestionsInWelsh, Welsh

__all__ = [
    "GENERAL",
    "NO_TOPIC",
    "REVIEW",
    "ROLE_GUIDE",
    "SEARCHED",
    "SERVICE_GUIDE",
    "START",
    "WELSH",
    "Citation",
    "Contact",
    "ContentError",
    "Examples",
    "Fact",
    "Guide",
    "GuidedPage",
    "Library",
    "LocalContacts",
    "Nation",
    "Point",
    "Problem",
    "QuestionsInWelsh",
    "Registers",
    "ReviewLink",
    "Role",
    "Roles",
    "Section",
    "Service",
    "ServiceSearch",
    "Source",
    "Topic",
    "UrgentSituation",
    "Voice",
    "Welsh",
    "guided_id",
    "intent_name",
    "is_urgent",
    "load_examples",
    "load_library",
    "load_registers",
    "payload",
    "response_name",
    "topic_id_of",
    "topic_of_payload",
    "words_of",
]
