"""Rasa component: what writers say outright of themselves comes before how they sound.

After :mod:`assistant.understanding.urgency_detector`, whose thresholds were chosen on voices as
they sound, and before :mod:`assistant.understanding.safe_reply`: it changes whom a reply is for.
It learns nothing; how people say a role is content.
"""

from __future__ import annotations

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.answers import current_content
from assistant.guidance.names import VOICE
from assistant.understanding.component import UnlearnedComponent
from assistant.understanding.own_words import voices_in_own_words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class OwnWordsFinder(UnlearnedComponent, IntentClassifier, GraphComponent):
    """Moves the probability of voices that a message rules out to the one that it says."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Weigh the voices again; a message without text or voices is left alone."""
        patterns = current_content().role_patterns
        for message in messages:
            text, voices = message.get(TEXT), message.get(VOICE)
            if text and voices:
                said = voices_in_own_words(text, voices, patterns)
                message.set(VOICE, said, add_to_output=True)
        return messages
