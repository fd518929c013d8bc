"""Rasa component: a message that is somebody's own matter is not lightly turned away.

A message is weighed towards out of scope, as most of what is typed anywhere has nothing to do with
this service (``out_of_scope_weight`` of :mod:`assistant.understanding.topic_classifier`). Where
the voice of everyday life is unlikely, in a teacher's worry about what a child draws, say, most of
that weight is taken back (:data:`LIGHTER`: 11 becomes 1.4). It comes after
:mod:`assistant.understanding.safe_reply`, and gives no topic that could harm who is typing. It
learns nothing.
"""

from __future__ import annotations

from typing import Any, Mapping

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.answers import current_content
from assistant.guidance import topic_id_of
from assistant.guidance.names import NOBODY, OUT_OF_SCOPE, VOICE
from assistant.understanding.component import UnlearnedComponent
from assistant.understanding.readers import MAX_HARM, harmed

SOMEBODYS_OWN = 0.3
"""Probability of the voice of everyday life below which a message is somebody's own matter."""

LIGHTER = 8.0
"""By how much less such a message is weighed towards out of scope."""

LEAST_CONFIDENCE = 0.25
"""Probability that a topic must have then: what is like no topic is turned away all the same."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class InScope(UnlearnedComponent, IntentClassifier, GraphComponent):
    """Puts a topic before ``out_of_scope`` where a message is somebody's own matter."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Weigh again what would be turned away; leave other messages alone."""
        for message in messages:
            voices, intent = message.get(VOICE), message.get(INTENT) or {}
            if not message.get(TEXT) or not voices or intent.get("name") != OUT_OF_SCOPE:
                continue
            if voices.get(NOBODY, 0.0) < SOMEBODYS_OWN:
                ranking = weighed(message.get(INTENT_RANKING_KEY))
                if _is_answered(ranking[0], voices):
                    message.set(INTENT, ranking[0], add_to_output=True)
                    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def weighed(ranking: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ranking, likeliest first, with out of scope :data:`LIGHTER` times less likely.

    What is taken from it is shared among all, so that they have together what they had.
    """
    shares = [
        one["confidence"] / (LIGHTER if one["name"] == OUT_OF_SCOPE else 1.0) for one in ranking
    ]
    rest = sum(one["confidence"] for one in ranking) / sum(shares)
    again = [{**one, "confidence": share * rest} for one, share in zip(ranking, shares)]
    return sorted(again, key=lambda one: -float(one["confidence"]))


def _is_answered(first: Mapping[str, Any], voices: Mapping[str, float]) -> bool:
    """Whether an intent is a topic's, likely enough, and right for whoever may be typing."""
    content = current_content()
    topic = topic_id_of(first["name"])
    if topic not in content.titles or first["confidence"] < LEAST_CONFIDENCE:
        return False
    return harmed(topic, voices, content.harm) < MAX_HARM
