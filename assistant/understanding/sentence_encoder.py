"""Rasa component: a dense featurizer that adds a MiniLM sentence vector to a message."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.guidance.digests import digest_of
from assistant.guidance.shorthand import (
    Shorthand,
    current_shorthand,
    shorthand_digest,
    use_shorthand,
)
from assistant.project import find_project
from assistant.understanding.encoder import (
    MODEL_SHA256,
    VOCABULARY_SHA256,
    EncoderError,
    Vectors,
    shared_encoder,
)
from assistant.understanding.vector_cache import encode_cached

_FILE = "encoder.json"
_PACKAGE = Path(__file__).parent.parent
_MADE_OF = (
    "understanding/encoder.py",
    "understanding/sentence_encoder.py",
    "understanding/vector_cache.py",
    "guidance/shorthand.py",
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds one sentence feature of 384 numbers: the unit MiniLM vector of the text.

    The archive records the digests of weights and vocabulary, and the shorthand; a server whose
    installed encoder is another one refuses to load the model.
    """

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration."""
        default: dict[str, Any] = DenseFeaturizer.get_default_config()
        return default

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
    ) -> None:
        super().__init__(name, config)
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Make a component for training."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEncoder:
        """Load from a model archive.

        Raises:
            EncoderError: the archive was trained with another encoder.
        """
        with model_storage.read_from(resource) as folder:
            trained_with = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        shorthand = Shorthand(**trained_with.pop("shorthand"))
        if trained_with != _digests():
            raise EncoderError(
                "The model was trained with another sentence encoder. Run: notice train"
            )
        use_shorthand(shorthand)  # as the examples were read, whatever the file says by now
        shared_encoder()  # read the weights now, not while somebody waits for an answer
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> Optional[str]:
        """Which encoder, and the code and shorthand that make a vector: Rasa's cache sees none."""
        code = [_PACKAGE / name for name in _MADE_OF]
        return "".join([*_digests().values(), digest_of({_PACKAGE: code}), shorthand_digest()])

    def train(self, training_data: TrainingData) -> Resource:
        """Nothing is learned; the archive gets the encoder's digests and the shorthand."""
        made_with = {**_digests(), "shorthand": current_shorthand().dict()}
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(made_with), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to all training examples; those of earlier trainings are kept."""
        vectors = find_project().vectors
        self._add(training_data.training_examples, lambda texts: encode_cached(texts, vectors))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vectors to messages; a message without text is left alone."""
        self._add(messages, shared_encoder().encode)
        return messages

    def _add(self, messages: list[Message], encode: Callable[[list[str]], Vectors]) -> None:
        with_text = [message for message in messages if message.get(TEXT)]
        vectors = encode([message.get(TEXT) for message in with_text])
        for message, vector in zip(with_text, vectors):
            message.add_features(
                Features(
                    vector[np.newaxis, :],
                    FEATURE_TYPE_SENTENCE,
                    TEXT,
                    self._config[FEATURIZER_CLASS_ALIAS],
                )
            )

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to configure."""


def _digests() -> dict[str, str]:
    return {"model": MODEL_SHA256, "vocabulary": VOCABULARY_SHA256}
