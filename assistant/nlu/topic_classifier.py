"""Rasa component: an intent classifier by two readers (:mod:`assistant.nlu.topic_model`)."""

from __future__ import annotations

from typing import Any, Optional, Sequence

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.importer import OUT_OF_SCOPE
from assistant.nlu.component import is_urgent, sentence_vectors
from assistant.nlu.topic_model import Probabilities, TopicModel


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Sets the likeliest intent, and the ranking of all of them with probabilities.

    ``out_of_scope_weight`` is how many times likelier a message is to be out of scope than
    the training examples say: people ask about more than anybody can write examples of.
    docs/understanding.md says how it was chosen.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Components that must come before."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["sklearn", "skops"]

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

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._out_of_scope_weight: float = config["out_of_scope_weight"]
        self._model_storage = model_storage
        self._resource = resource
        self._model: Optional[TopicModel] = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """Make a component for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """Load from a model archive."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._model = TopicModel.load(folder)
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all intent examples."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        texts = [m.get(TEXT) for m in examples]
        intents = [m.get(INTENT) for m in examples]
        self._model = TopicModel.fit(texts, intents, sentence_vectors(examples))
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify messages; one without text is left alone."""
        with_text = [message for message in messages if message.get(TEXT)]
        if self._model is None or not with_text:
            return messages
        labels = self._model.labels
        texts = [message.get(TEXT) for message in with_text]
        rows = self._model.probabilities(texts, sentence_vectors(with_text))
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
        calm = [column for column, label in enumerate(labels) if not is_urgent(label)]
        weights = [self._out_of_scope_weight if labels[c] == OUT_OF_SCOPE else 1.0 for c in calm]
        weighed = rows[:, calm] * weights
        share = rows[:, calm].sum(axis=1) / weighed.sum(axis=1)
        rows[:, calm] = weighed * share[:, np.newaxis]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data is left as it is: no later component learns from the ranking."""
        return training_data
