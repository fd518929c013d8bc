"""Rasa component: who is typing.

A child, an adult survivor, a relative, a practitioner, somebody worried about their own behaviour,
somebody with unwanted thoughts, or nobody's emergency: told apart from what has happened. Urgency
takes it into account, and :mod:`assistant.understanding.safe_reply` acts on it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.guidance import topic_id_of
from assistant.guidance.names import VOICE
from assistant.understanding.component import StoredComponent, sentence_vectors
from assistant.understanding.text_classifier import TextClassifier
from assistant.understanding.word_featurizer import word_rows

# Whose words the examples of these situations are.
_VOICE_OF = {
    "urgent/child-user": "child",
    "urgent/adult-survivor-in-crisis": "adult-survivor",
    "urgent/risk-from-self": "worried-about-own-behaviour",
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class VoiceFinder(StoredComponent, IntentClassifier, GraphComponent):
    """Adds ``voice`` to the parse data: how likely each voice is."""

    made_of = (
        "understanding/long_texts.py",
        "understanding/text_classifier.py",
        "understanding/linear.py",
        "understanding/words.py",
        "guidance/shorthand.py",
        "understanding/encoder.py",
    )

    @classmethod
    def required_components(cls) -> list[type]:
        """Components that must come before."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration: nothing to set."""
        return {}

    _classifier: Optional[TextClassifier] = None

    def learn(self, training_data: TrainingData) -> None:
        """Learn from the examples of voices, and of situations that only one voice tells."""
        examples = [(m, _voice_of(m)) for m in training_data.training_examples if m.get(TEXT)]
        told = [(message, voice) for message, voice in examples if voice is not None]
        messages = [message for message, _ in told]
        self._classifier = TextClassifier.fit(
            word_rows(messages), sentence_vectors(messages), [voice for _, voice in told]
        )

    def save(self, folder: Path) -> None:
        """Write the classifier."""
        if self._classifier is not None:
            self._classifier.save(folder)

    def restore(self, folder: Path) -> None:
        """Read what :meth:`save` wrote."""
        self._classifier = TextClassifier.load(folder)

    def process(self, messages: list[Message]) -> list[Message]:
        """Tell who is typing; a message without text is left alone."""
        for message in messages:
            if message.get(TEXT) and self._classifier is not None:
                row = self._classifier.probabilities(
                    word_rows([message]), sentence_vectors([message])
                )[0]
                voices = {label: float(share) for label, share in zip(self._classifier.labels, row)}
                message.set(VOICE, voices, add_to_output=True)
        return messages


def _voice_of(message: Message) -> Optional[str]:
    told: Optional[str] = message.get(VOICE)
    intent = message.get(INTENT)
    return told or _VOICE_OF.get(topic_id_of(intent) if intent else "")
