"""Rasa component: the intent of a message (:mod:`assistant.understanding.text_classifier`)."""

from __future__ import annotations

import functools
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.guidance import is_urgent
from assistant.guidance.names import OUT_OF_SCOPE
from assistant.understanding.classifying import ClassifyingComponent
from assistant.understanding.component import sentence_vectors
from assistant.understanding.text_classifier import Probabilities
from assistant.understanding.word_featurizer import word_rows


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(ClassifyingComponent):
    """Sets the likeliest intent, and the ranking of all of them with probabilities.

    ``out_of_scope_weight`` is how many times likelier a message is to be out of scope than
    the training examples say: people ask about more than anybody can write examples of.
    docs/understanding.md says how it was chosen.
    """

    sentence_penalty = 0.3  # docs/understanding.md

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

    def learn(self, training_data: TrainingData) -> None:
        """Learn from all intent examples."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        self.fit(examples, [m.get(INTENT) for m in examples])

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
        calm, weights = _calm_columns(tuple(labels), weight)
        weighed = rows[:, calm] * weights
        share = rows[:, calm].sum(axis=1) / weighed.sum(axis=1)
        rows[:, calm] = weighed * share[:, np.newaxis]


@functools.lru_cache(maxsize=1)
def _calm_columns(
    labels: tuple[str, ...], out_of_scope_weight: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The columns of what is not urgent, and the weight of each."""
    calm = [column for column, label in enumerate(labels) if not is_urgent(label)]
    weights = [out_of_scope_weight if labels[c] == OUT_OF_SCOPE else 1.0 for c in calm]
    return np.array(calm), np.array(weights)
