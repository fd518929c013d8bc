"""Rasa component: a sparse featurizer that adds the word features of a message, once for all."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Optional

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from assistant.understanding.component import StoredComponent
from assistant.understanding.words import ENGLISH, WordFeatures, learned_with_rows

NAME = "WordFeaturizer"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class WordFeaturizer(StoredComponent, GraphComponent):
    """Learns which words and groups of letters tell something, and adds them to messages."""

    made_of = ("understanding/words.py", "understanding/counting.py", "guidance/shorthand.py")

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration: nothing to set."""
        return {FEATURIZER_CLASS_ALIAS: NAME}

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["sklearn"]

    def learn(self, training_data: TrainingData) -> None:
        """Learn the features of all examples."""
        self._features = WordFeatures.fit([m.get(TEXT) for m in _with_text(training_data)])

    def save(self, folder: Path) -> None:
        """Write the features' names and weights."""
        self._features.save(folder)

    def restore(self, folder: Path) -> None:
        """Read what :meth:`save` wrote."""
        self._features = WordFeatures.load(folder)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the features to messages that have text."""
        with_text = [message for message in messages if message.get(TEXT)]
        if with_text:
            _add(with_text, self._features([message.get(TEXT) for message in with_text]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the features to all examples.

        They are those that the features were learned from, as in every training from the
        beginning: counted a moment ago, in the same order of columns.
        """
        examples = _with_text(training_data)
        _, rows = learned_with_rows(tuple(m.get(TEXT) for m in examples), ENGLISH)
        learned_with_rows.cache_clear()
        _add(examples, rows)
        return training_data


class WordRow(Features):
    """The features of a text. Rasa makes a fingerprint of each by writing its numbers out."""

    _cached_fingerprint: Optional[str]

    def fingerprint(self) -> str:
        """A digest of the columns and their values, in hexadecimal."""
        if self._cached_fingerprint is None:
            content = self.features.indices.tobytes() + self.features.data.tobytes()
            self._cached_fingerprint = hashlib.md5(content, usedforsecurity=False).hexdigest()
        return self._cached_fingerprint


def _with_text(training_data: TrainingData) -> list[Message]:
    return [message for message in training_data.training_examples if message.get(TEXT)]


def _add(messages: list[Message], rows: csr_matrix) -> None:
    for i, message in enumerate(messages):
        row = rows[i] if len(messages) > 1 else rows
        message.add_features(WordRow(row, FEATURE_TYPE_SENTENCE, TEXT, NAME))


def word_rows(messages: list[Message]) -> csr_matrix:
    """The word features of messages, one row a message, as :class:`WordFeaturizer` added them.

    Raises:
        ValueError: the pipeline has no WordFeaturizer before.
    """
    rows = [_row(message) for message in messages]
    if len(rows) == 1:
        return rows[0]
    return vstack(rows).tocsr() if rows else csr_matrix((0, 0))


def _row(message: Message) -> csr_matrix:
    found: Optional[Features] = next(
        (one for one in message.features if one.origin == NAME and one.attribute == TEXT), None
    )
    if found is None:
        raise ValueError("put WordFeaturizer before this component in config.yml")
    return found.features


__all__ = ["NAME", "WordFeaturizer", "word_rows"]
