"""Every name of an intent, slot, entity and response, once. Needs no Rasa.

``data/`` speaks of ids (``talk/recording``, ``urgent/child-user``); Rasa speaks of intents and
responses made from them. The functions here are the only way from one to the other.
"""

from __future__ import annotations

import json
from typing import Optional

REVIEW = "national-review"
"""Id of the source that every answer points to (invariant 1 of the design)."""

NO_TOPIC = "out-of-scope"
"""What stands for a topic where no topic answers."""

OUT_OF_SCOPE = "out_of_scope"
"""The intent of :data:`NO_TOPIC`, and the first part of its kinds: ``out_of_scope.family-life``."""

SIGNPOST = "signpost"
"""Key of where the writer of a message out of scope is pointed: in training examples and in the
parse data."""

ASKED_POINTS = "asked_points"
"""Key in the parse data of the points that speak to what was asked, best first, by their marks."""

OFFERED_TOPICS = "offered_topics"
"""Key in the parse data of the topics that the reply offers besides what it says."""

OTHER_LANGUAGE = "other_language"
"""The intent of a message that is not in English."""

NOT_UNDERSTOOD = "not_understood"
"""The intent of a message that says nothing: signs, numbers, letters in no order."""

YOUNG_AGE_TOLD = "young_age_told"
"""The intent of a child who begins with their age."""

FALLBACK = "nlu_fallback"
"""Rasa's own intent for a message that is not understood."""

URGENT = "urgent"
"""The theme of urgent situations."""

GENERAL = "urgent/general"
"""The urgent reply that is right for every reader: given where situation or voice is in doubt."""

TO_FINISH = "TO FINISH:"
"""Begins what a draft leaves to an editor: nothing with it is loaded."""

THANK = "thank"
"""The intent of thanks."""

ASK_MORE = "ask_more"
"""The intent of "tell me more"."""

ASK_FOLLOW_UP = "ask_follow_up"
"""The intent of a few words that go on from an answer: "and in Wales?"."""

# Responses that are written by hand in domain.yml.
OFFICIAL_ROUTES = "utter_official_routes"
HUMAN_CONTACTS = "utter_human_contacts"
NOTHING_OPEN = "utter_nothing_open"
GUIDED_STOPPED = "utter_guided_stopped"
OTHER_LANGUAGE_SAID = "utter_other_language"
ROLE_FORGOTTEN_SAID = "utter_role_forgotten"

# Slots and entities of the same name.
ROLE = "role"
NATION = "nation"

VOICE = "voice"
"""Key of who is typing: in training examples and in the parse data."""

NOBODY = "nobodys-emergency"
"""The voice of everyday life, and of what is nobody's danger."""

LANGUAGE = "language"
"""Key of a message's language in the parse data, and of the entity in a payload, where it is not
English."""

# Slots.
GUIDED_PAGE = "guided_page"
KEEP_NOTHING = "keep_nothing"
FEEDBACK = "feedback"

ROLE_SET = "utter_role"
"""What is said when a role is set."""

GUIDED = "guided"
"""First part of the id of everything guided: ``guided/reflection/start``."""

START = "start"
"""The page that opens a guided conversation."""

ROLE_GUIDE = "my-role"
SERVICE_GUIDE = "find-a-service"

CONTINUE = "guided_continue"
BACK = "guided_back"
STOP = "guided_stop"


def intent_name(topic_id: str) -> str:
    """The Rasa intent of a topic or urgent situation.

    Rasa keeps the slash for retrieval intents, so ``talk/recording`` is the intent
    ``talk.recording``; :func:`topic_id_of` is the way back.
    """
    return topic_id.replace("/", ".")


def topic_id_of(intent: str) -> str:
    """The topic or urgent id of a Rasa intent: the inverse of :func:`intent_name`."""
    return intent.replace(".", "/")


def response_name(topic_id: str) -> str:
    """The Rasa response that answers a topic, an urgent situation or a guided page."""
    return f"utter_{intent_name(topic_id)}"


def answered_by(response: str) -> str:
    """The id that a response answers: the inverse of :func:`response_name`."""
    return topic_id_of(response.removeprefix("utter_"))


def payload(topic_id: str, language: Optional[str] = None) -> str:
    """The button payload that asks for a topic, a page or a command.

    Args:
        topic_id: the id of what is asked for.
        language: in which it is to be answered, where that is not English.
    """
    said = json.dumps({LANGUAGE: language}) if language else ""
    return f"/{intent_name(topic_id)}{said}"


def topic_of_payload(text: str) -> str:
    """The id that a payload asks for: the inverse of :func:`payload`, in whatever language."""
    return topic_id_of(text[1:].partition("{")[0])


def guided_id(guide: str, page: str = START) -> str:
    """The id of a page: of its response, and with dots its intent."""
    return f"{GUIDED}/{guide}/{page}"


def is_urgent(intent: Optional[str]) -> bool:
    """True for the intents of urgent situations."""
    return intent is not None and intent.startswith(f"{URGENT}.")


def is_out_of_scope(intent: Optional[str]) -> bool:
    """True for the intent of what no topic answers, and for each of its kinds."""
    return intent is not None and intent.partition(".")[0] == OUT_OF_SCOPE


def signpost_intent(signpost: str) -> str:
    """The intent of what is out of scope and has this signpost."""
    return f"{OUT_OF_SCOPE}.{signpost}"


def signpost_of(intent: Optional[str]) -> str:
    """The signpost of an intent: the inverse of :func:`signpost_intent`; "" where it has none."""
    return intent.partition(".")[2] if intent and is_out_of_scope(intent) else ""
