"""Rasa component: who is typing.

A child, an adult survivor, a relative, a practitioner, somebody worried about their own behaviour,
somebody with unwanted thoughts, or nobody's emergency: told apart from what has happened. Urgency
takes it into account, and :mod:`assistant.understanding.safe_reply` acts on it.
"""

from __future__ import annotations

from typing import Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.guidance import topic_id_of
from assistant.guidance.names import VOICE
from assistant.understanding.classifying import ClassifyingComponent

# Whose words the examples of these situations are.
_VOICE_OF = {
    "urgent/child-user": "child",
    "urgent/adult-survivor-in-crisis": "adult-survivor",
    "urgent/risk-from-self": "worried-about-own-behaviour",
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class VoiceFinder(ClassifyingComponent):
    """Adds ``voice`` to the parse data: how likely each voice is."""

    def learn(self, training_data: TrainingData) -> None:
        """Learn from the examples of voices, and of situations that only one voice tells."""
        examples = [(m, _voice_of(m)) for m in training_data.training_examples if m.get(TEXT)]
        told = [(message, voice) for message, voice in examples if voice is not None]
        self.fit([message for message, _ in told], [voice for _, voice in told])

    def process(self, messages: list[Message]) -> list[Message]:
        """Tell who is typing; a message without text is left alone."""
        for message in messages:
            if message.get(TEXT) and (voices := self.shares(message)):
                message.set(VOICE, voices, add_to_output=True)
        return messages


def _voice_of(message: Message) -> Optional[str]:
    told: Optional[str] = message.get(VOICE)
    intent = message.get(INTENT)
    return told or _VOICE_OF.get(topic_id_of(intent) if intent else "")
