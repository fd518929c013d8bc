"""Rasa component: no reply that harms its reader (:mod:`assistant.understanding.readers`).

After topics, voices and urgency: it replaces an intent whose reply is written for somebody else
than who is typing, or could harm them. It learns nothing; the lists are content.
"""

from __future__ import annotations

from typing import Any, Mapping

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.answers import current_content
from assistant.guidance import GENERAL, intent_name, is_urgent, topic_id_of
from assistant.guidance.names import VOICE
from assistant.understanding.component import UnlearnedComponent
from assistant.understanding.readers import safe_topic, safe_urgent
from assistant.understanding.urgency_detector import (
    MIN_URGENT_CONFIDENCE,
    RULED_OUT,
    URGENCY,
    with_urgent_first,
)

LEAST_WORDS = 3
"""Words from which on a message whose writer is not clear gets the general urgent reply in place
of one that could harm."""

PLAINLY_OUT_OF_SCOPE = 0.95
"""Confidence from which on a message is taken for everyday life, whoever writes it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafeReply(UnlearnedComponent, IntentClassifier, GraphComponent):
    """Puts the intent first whose reply is right for the likely reader."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace intents whose reply could harm who is typing."""
        for message in messages:
            voices = message.get(VOICE)
            ranking = message.get(INTENT_RANKING_KEY) or []
            if not voices or not ranking:
                continue
            intents = [entry["name"] for entry in ranking]
            reading = message.get(URGENCY) or {}
            # Both must speak of it plainly: that this is the situation, and that it is urgent.
            certainty = min(reading.get("certainty") or 0.0, reading.get("probability") or 0.0)
            ruled_out = is_ruled_out(reading)
            everyday = ruled_out and ranking[0]["confidence"] >= PLAINLY_OUT_OF_SCOPE
            safe = _safe(intents, voices, certainty, everyday, ruled_out)
            if safe == intent_name(GENERAL) and not is_urgent(intents[0]) and _says_little(message):
                continue
            if safe != ranking[0]["name"]:
                _replace(message, ranking, safe)
        return messages


def _says_little(message: Message) -> bool:
    """Whether a message is so short ("any kind", in a search) that nobody is heard in it."""
    return len(message.get(TEXT).split()) < LEAST_WORDS


def is_ruled_out(urgency: Mapping[str, Any]) -> bool:
    """Whether the learned readings leave no doubt that nothing in a message is urgent."""
    probability = urgency.get("probability")
    return probability is not None and probability < RULED_OUT


def _safe(
    intents: list[str],
    voices: dict[str, float],
    certainty: float,
    everyday: bool,
    ruled_out: bool,
) -> str:
    """The intent to answer, of a ranking of intents."""
    content = current_content()
    first = intents[0]
    if is_urgent(first):
        situation = topic_id_of(first)
        return intent_name(
            safe_urgent(situation, voices, content.written_for, content.harm, certainty)
        )
    topics = [one for one in intents[1:] if topic_id_of(one) in content.titles]
    chosen = safe_topic([first, *topics], voices, content.harm, everyday, ruled_out)
    return first if chosen in (None, first) else intent_name(str(chosen))


def _replace(message: Message, ranking: list[dict[str, Any]], intent: str) -> None:
    if not is_urgent(intent):
        _answer_instead(message, ranking, intent)
        return
    situation = topic_id_of(intent)
    confidence = max(ranking[0]["confidence"], MIN_URGENT_CONFIDENCE)
    ranked = with_urgent_first(ranking, situation, confidence)
    reading = {**(message.get(URGENCY) or {}), "situation": situation, "by": "voice"}
    message.set(URGENCY, reading, add_to_output=True)
    message.set(INTENT, ranked[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranked, add_to_output=True)


def _answer_instead(message: Message, ranking: list[dict[str, Any]], intent: str) -> None:
    """Leave out what would harm; what is left shares its probability, so that doubt stays doubt."""
    place = next(i for i, entry in enumerate(ranking) if entry["name"] == intent)
    left = sum(entry["confidence"] for entry in ranking[place:])
    others = [{**one, "confidence": one["confidence"] / left} for one in ranking[place:]]
    message.set(INTENT, others[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, others, add_to_output=True)
