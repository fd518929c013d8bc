"""What is chosen and not typed: payloads of buttons, and titles of topics and of buttons."""

from __future__ import annotations

import functools
import re
from typing import Mapping, Sequence

from assistant.answers import current_content
from assistant.guidance import payload, topic_id_of
from assistant.turn.replies import Turn

GREETING_PAYLOAD = payload("greet")
SOURCES_PAYLOAD = payload("ask_source")
MORE_PAYLOAD = payload("ask_more")
IMAGE_TOPIC_PAYLOAD = payload("respond/viewing-and-handling-images")

OWN_PAYLOADS = frozenset({GREETING_PAYLOAD, SOURCES_PAYLOAD, MORE_PAYLOAD})
"""What channels ask for themselves, by id and not by a sentence that must be understood. They
set nothing and show nothing but content, so they are obeyed from anybody."""

_PAYLOAD = re.compile(r"/+[\w.-]*(?:\{.*\})?", re.DOTALL)


def resolve_choice(text: str, before: Sequence[Turn]) -> str:
    """What Rasa gets to read: the text, or the payload of the choice that it names.

    Rasa obeys any text that starts with a slash (``/restart``): here only payloads that show
    content, and those that were offered before. The title of a choice of the last reply, typed,
    picks it; so does that of any topic or guided conversation.
    """
    if text.startswith("/"):
        # To show content is harmless, whenever and to whomever it was offered.
        if text in OWN_PAYLOADS or current_content().has(topic_id_of(text[1:])):
            return text
        if any(button.payload == text for turn in before for button in turn.reply.buttons):
            return text
    for guide in current_content().guides:
        if text == guide.payload or _plain(text) == _plain(guide.title):
            return guide.payload
    if before:
        for button in before[-1].reply.buttons:
            if _plain(button.title) == _plain(text):
                return button.payload
    if (topic := _topics_by_title(current_content().digest).get(_plain(text))) is not None:
        return payload(topic)
    return without_slash(text)


def is_payload(text: str) -> bool:
    """True for what has the form of a payload; a sentence behind a slash is a sentence."""
    return _PAYLOAD.fullmatch(text) is not None


def without_slash(text: str) -> str:
    """The text without what would make Rasa obey it."""
    return re.sub(r"^[\s/]+", "", text)


def is_title(text: str) -> bool:
    """True for the title of a topic or of a button: a choice, not a message."""
    content, plain = current_content(), _plain(text)
    return plain in _topics_by_title(content.digest) or plain in _choices(content.digest)


@functools.lru_cache(maxsize=2)
def _topics_by_title(digest: str) -> Mapping[str, str]:
    """The topics by their titles as they may be typed; of the content with this digest."""
    return {_plain(title): topic for topic, title in current_content().titles.items()}


@functools.lru_cache(maxsize=2)
def _choices(digest: str) -> frozenset[str]:
    """The titles of all buttons as they may be typed; of the content with this digest."""
    return frozenset(_plain(title) for title in current_content().choices)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


__all__ = [
    "GREETING_PAYLOAD",
    "IMAGE_TOPIC_PAYLOAD",
    "MORE_PAYLOAD",
    "OWN_PAYLOADS",
    "SOURCES_PAYLOAD",
    "is_payload",
    "is_title",
    "resolve_choice",
    "without_slash",
]
