"""What the model reads in a message, in the light of what was said before."""

from __future__ import annotations

from typing import Any, Optional

from assistant.answers import current_content
from assistant.guidance import WELSH, is_urgent, topic_id_of
from assistant.guidance.names import LANGUAGE, OTHER_LANGUAGE, THANK
from assistant.turn.languages_mixed import may_be_welsh
from assistant.turn.processor import ParseData
from assistant.turn.thanks import is_thanks
from assistant.understanding.going_on import Heard, intent_in_context
from assistant.understanding.urgency_detector import as_urgent


def in_context(heard: Heard, text: str, parsed: ParseData) -> ParseData:
    """Parse data of a message as it is to be answered.

    Args:
        heard: what is known of the conversation.
        text: the message.
        parsed: Rasa's parse data of the message by itself.
    """
    if is_thanks(text) and not is_urgent(parsed["intent"]["name"]):
        return {**parsed, "intent": {"name": THANK, "confidence": 1.0}}
    language = parsed.get(LANGUAGE)
    read: Optional[ParseData] = None
    if language is None and heard.in_welsh and may_be_welsh(text):
        # Too few words to be known for Welsh by themselves: "dwi'n 12".
        read = _read(heard, text, _in_welsh(parsed))
    elif language in (None, WELSH):
        read = _read(heard, text, parsed)
    return read or parsed


def _read(heard: Heard, text: str, parsed: ParseData) -> Optional[ParseData]:
    intent = intent_in_context(heard, text, parsed, current_content())
    if intent is None:
        return None
    if is_urgent(intent):
        return as_urgent(parsed, topic_id_of(intent), by="what was said before")
    ranking = parsed.get("intent_ranking") or ()
    sure = next((one["confidence"] for one in ranking if one["name"] == intent), 1.0)
    return {**parsed, "intent": {"name": intent, "confidence": sure}}


def _in_welsh(parsed: ParseData) -> ParseData:
    """Parse data of a message that was taken for English: only what is urgent in it stays."""
    read: dict[str, Any] = {**parsed, LANGUAGE: WELSH}
    if not is_urgent(parsed["intent"]["name"]):
        read["intent"] = {"name": OTHER_LANGUAGE, "confidence": 1.0}
    return read


__all__ = ["in_context"]
