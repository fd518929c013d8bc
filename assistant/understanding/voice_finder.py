"""Rasa component: who is typing, and a reply that is safe for them.

After topics and urgency: it tells the voice of a message (child, adult survivor, relative,
practitioner, somebody worried about their own behaviour, somebody with unwanted thoughts, or
nobody's emergency) and replaces an intent whose reply could harm that reader
(:mod:`assistant.understanding.readers`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.answers import current_content
from assistant.guidance import intent_name, is_urgent, topic_id_of
from assistant.guidance.names import VOICE
from assistant.understanding.component import StoredComponent, sentence_vectors
from assistant.understanding.readers import safe_topic, safe_urgent
from assistant.understanding.text_classifier import TextClassifier
from assistant.understanding.urgency_detector import MIN_URGENT_CONFIDENCE, URGENCY
from assistant.understanding.word_featurizer import word_rows

# Whose words the examples of these situations are.
_VOICE_OF = {
    "urgent/child-user": "child",
    "urgent/adult-survivor-in-crisis": "adult-survivor",
    "urgent/risk-from-self": "worried-about-own-behaviour",
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class VoiceFinder(StoredComponent, IntentClassifier, GraphComponent):
    """Adds ``voice`` to the parse data: how likely each voice is; and keeps replies safe."""

    made_of = (
        "understanding/readers.py",
        "understanding/text_classifier.py",
        "understanding/linear.py",
        "understanding/words.py",
        "understanding/shorthand.py",
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
        """Tell who is typing, and replace an intent whose reply could harm them."""
        for message in messages:
            if message.get(TEXT) and self._classifier is not None:
                self._keep_safe(message, self._classifier)
        return messages

    def _keep_safe(self, message: Message, classifier: TextClassifier) -> None:
        row = classifier.probabilities(word_rows([message]), sentence_vectors([message]))[0]
        voices = {label: float(share) for label, share in zip(classifier.labels, row)}
        message.set(VOICE, voices, add_to_output=True)
        content = current_content()
        ranking = message.get(INTENT_RANKING_KEY) or []
        intents = [entry["name"] for entry in ranking]
        if not intents:
            return
        if is_urgent(intents[0]):
            situation = topic_id_of(intents[0])
            safe = safe_urgent(situation, voices, content.written_for, content.harm)
        else:
            chosen = safe_topic(intents, voices, content.harm)
            if chosen is None or chosen == intents[0]:
                return
            safe = chosen
        if intent_name(safe) != intents[0]:
            self._replace(message, ranking, safe)

    def _replace(self, message: Message, ranking: list[dict[str, Any]], safe: str) -> None:
        confidence = max(ranking[0]["confidence"], MIN_URGENT_CONFIDENCE)
        first = {"name": intent_name(safe), "confidence": confidence}
        others = [entry for entry in ranking if not is_urgent(entry["name"])]
        left = 1.0 - confidence
        others = [{**entry, "confidence": left * entry["confidence"]} for entry in others]
        reading = {**(message.get(URGENCY) or {}), "situation": safe, "by": "voice"}
        message.set(URGENCY, reading, add_to_output=True)
        message.set(INTENT, first, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [first, *others], add_to_output=True)


def _voice_of(message: Message) -> Optional[str]:
    told: Optional[str] = message.get(VOICE)
    intent = message.get(INTENT)
    return told or _VOICE_OF.get(topic_id_of(intent) if intent else "")
