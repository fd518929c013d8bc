"""What the project's own Rasa components share: making, loading, fingerprints, vectors.

A component that learns nothing is an :class:`UnlearnedComponent`. Any other is a
:class:`StoredComponent`.

A component learns in :meth:`StoredComponent.learn`, keeps what it learned in a folder of the
archive by :meth:`~StoredComponent.save`, and takes it back by :meth:`~StoredComponent.restore`.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any, Iterable, Optional, TypeVar

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.guidance.digests import digest_of
from assistant.guidance.shorthand import shorthand_digest
from assistant.understanding.encoder import DIMENSION, Vectors, shared_encoder

Component = TypeVar("Component", bound="StoredComponent")
Unlearned = TypeVar("Unlearned", bound="UnlearnedComponent")

_PACKAGE = Path(__file__).parent.parent
_SHORTHAND = "guidance/shorthand.py"  # reads its lists from data/


class UnlearnedComponent:
    """Base of the components that learn and keep nothing; content tells them what to do."""

    @classmethod
    def create(
        cls: type[Unlearned],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Unlearned:
        """Make a component, for training and from an archive alike."""
        return cls()


class StoredComponent:
    """Base of the components that keep something in the archive; they change no training data.

    Rasa caches what a component has learned by its own source alone. ``made_of`` names the other
    modules of this package that it is made of, so that a changed constant is learned.
    """

    made_of: tuple[str, ...] = ()

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self.config = config
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls: type[Component],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Component:
        """Make a component for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[Component],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Component:
        """Load from a model archive.

        Raises:
            Exception: what :meth:`restore` raises.
        """
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.restore(folder)
        return component

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> Optional[str]:
        """The digest of all code and data that the component is made of besides its own source."""
        own = Path(inspect.getfile(cls))
        files = [own, Path(__file__), *(_PACKAGE / name for name in cls.made_of)]
        code = digest_of({_PACKAGE: [f for f in files if f.is_relative_to(_PACKAGE)]})
        read = [shorthand_digest()] if _SHORTHAND in cls.made_of else []
        return "".join([code, *read, *cls.also_made_of()])

    @classmethod
    def also_made_of(cls) -> Iterable[str]:
        """Digests of content that training reads besides the training data."""
        return ()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn, and keep what was learned."""
        self.learn(training_data)
        with self._model_storage.write_to(self._resource) as folder:
            self.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data is left as it is."""
        return training_data

    def learn(self, training_data: TrainingData) -> None:
        """Learn from the training data."""
        raise NotImplementedError

    def save(self, folder: Path) -> None:
        """Write what was learned into a folder."""
        raise NotImplementedError

    def restore(self, folder: Path) -> None:
        """Take back what :meth:`save` wrote."""
        raise NotImplementedError


def sentence_vectors(messages: list[Message]) -> Vectors:
    """Unit sentence vectors: those of the SentenceEncoder before, or else new ones.

    Args:
        messages: messages with text.

    Returns:
        One row a message, shape ``(len(messages), 384)``.
    """
    rows = []
    for message in messages:
        features = message.get_dense_features(TEXT)[1]
        if features is None or features.features.shape[-1] != DIMENSION:
            return shared_encoder().encode([one.get(TEXT) for one in messages])
        rows.append(features.features[0])
    stacked = np.vstack(rows)
    unit: Vectors = (stacked / np.linalg.norm(stacked, axis=1, keepdims=True)).astype(np.float32)
    return unit


__all__ = ["StoredComponent", "UnlearnedComponent", "sentence_vectors"]
