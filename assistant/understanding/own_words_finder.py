"""Rasa component: what writers say outright of themselves comes before how they sound.

After :mod:`assistant.understanding.urgency_detector`, whose thresholds were chosen on voices as
they sound, and before :mod:`assistant.understanding.safe_reply`: it changes whom a reply is for.
It never decides that somebody is turned away, nor that a calm message is urgent: where a message
would be turned away, or its urgency is ruled out, its voices stay as they sound. It learns nothing;
how people say a role is content.
"""

from __future__ import annotations

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.answers import current_content
from assistant.guidance.names import OUT_OF_SCOPE, VOICE
from assistant.understanding.component import UnlearnedComponent
from assistant.understanding.own_words import voices_in_own_words
from assistant.understanding.safe_reply import is_ruled_out
from assistant.understanding.urgency_detector import URGENCY


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class OwnWordsFinder(UnlearnedComponent, IntentClassifier, GraphComponent):
    """Moves the probability of voices that a message rules out to the one that it says."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Weigh the voices again where that can change whom a reply is for."""
        patterns = current_content().role_patterns
        for message in messages:
            text, voices = message.get(TEXT), message.get(VOICE)
            if text and voices and not _stays_as_it_sounds(message):
                said = voices_in_own_words(text, voices, patterns)
                message.set(VOICE, said, add_to_output=True)
        return messages


def _stays_as_it_sounds(message: Message) -> bool:
    """Whether a message would be turned away, or nothing in it is urgent.

    A grown survivor who sounds like a child is not turned away because the child is ruled out; a
    young person who asks calmly, and like an adult, for a friend is answered.
    """
    intent = message.get(INTENT) or {}
    return intent.get("name") == OUT_OF_SCOPE or is_ruled_out(message.get(URGENCY) or {})
