"""Rasa component: the intent of a message (:mod:`assistant.understanding.text_classifier`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional, Sequence

import numpy as np
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.guidance import is_urgent
from assistant.guidance.names import OUT_OF_SCOPE
from assistant.understanding.component import StoredComponent, sentence_vectors
from assistant.understanding.text_classifier import Probabilities, TextClassifier
from assistant.understanding.word_featurizer import word_rows


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(StoredComponent, IntentClassifier, GraphComponent):
    """Sets the likeliest intent, and the ranking of all of them with probabilities.

    ``out_of_scope_weight`` is how many times likelier a message is to be out of scope than
    the training examples say: people ask about more than anybody can write examples of.
    docs/understanding.md says how it was chosen.
    """

    made_of = (
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
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration."""
        return {"out_of_scope_weight": 5.0}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Check the configuration.

        Raises:
            ValueError: the weight is not a positive number.
        """
        value = config.get("out_of_scope_weight")
        if not isinstance(value, (int, float)) or value <= 0:
            raise ValueError(
                f"TopicClassifier: 'out_of_scope_weight' must be a number above 0, not {value!r}"
            )

    _classifier: Optional[TextClassifier] = None

    def learn(self, training_data: TrainingData) -> None:
        """Learn from all intent examples."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        intents = [m.get(INTENT) for m in examples]
        self._classifier = TextClassifier.fit(
            word_rows(examples), sentence_vectors(examples), intents
        )

    def save(self, folder: Path) -> None:
        """Write the classifier."""
        if self._classifier is not None:
            self._classifier.save(folder)

    def restore(self, folder: Path) -> None:
        """Read what :meth:`save` wrote."""
        self._classifier = TextClassifier.load(folder)

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify messages; one without text is left alone."""
        with_text = [message for message in messages if message.get(TEXT)]
        if self._classifier is None or not with_text:
            return messages
        labels = self._classifier.labels
        rows = self._classifier.probabilities(word_rows(with_text), sentence_vectors(with_text))
        self._weigh(rows, labels)
        for message, row in zip(with_text, rows):
            ranking = [
                {"name": labels[i], "confidence": float(row[i])} for i in row.argsort()[::-1]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _weigh(self, rows: Probabilities, labels: Sequence[str]) -> None:
        # Among what is not urgent only: that a message is like many others out of scope must
        # never talk it down.
        weight: float = self.config["out_of_scope_weight"]
        calm = [column for column, label in enumerate(labels) if not is_urgent(label)]
        weights = [weight if labels[c] == OUT_OF_SCOPE else 1.0 for c in calm]
        weighed = rows[:, calm] * weights
        share = rows[:, calm].sum(axis=1) / weighed.sum(axis=1)
        rows[:, calm] = weighed * share[:, np.newaxis]
