"""Base of the Rasa components that tell labels apart by :class:`.TextClassifier`.

Topics, voices and signposts are told so: each learns labels of its own, and says what follows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Sequence

from rasa.engine.graph import GraphComponent
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.training_data.message import Message

from assistant.understanding.component import StoredComponent, sentence_vectors
from assistant.understanding.text_classifier import SENTENCE_PENALTY, TextClassifier
from assistant.understanding.word_featurizer import word_rows


class ClassifyingComponent(StoredComponent, IntentClassifier, GraphComponent):
    """Learns a classifier, keeps it in the archive and asks it."""

    made_of = (
        "understanding/classifying.py",
        "understanding/text_classifier.py",
        "understanding/linear.py",
        "understanding/words.py",
        "understanding/counting.py",
        "guidance/shorthand.py",
        "understanding/encoder.py",
    )

    @classmethod
    def required_components(cls) -> list[type]:
        """Components that must come before."""
        return [Featurizer]

    _classifier: Optional[TextClassifier] = None

    sentence_penalty = SENTENCE_PENALTY

    def fit(self, messages: list[Message], labels: Sequence[str]) -> None:
        """Learn the label of each message."""
        self._classifier = TextClassifier.fit(
            word_rows(messages), sentence_vectors(messages), labels, self.sentence_penalty
        )

    def save(self, folder: Path) -> None:
        """Write the classifier."""
        if self._classifier is not None:
            self._classifier.save(folder)

    def restore(self, folder: Path) -> None:
        """Read what :meth:`save` wrote."""
        self._classifier = TextClassifier.load(folder)

    def shares(self, message: Message) -> dict[str, float]:
        """How likely each label is for a message with text; none where nothing was learned."""
        if self._classifier is None:
            return {}
        row = self._classifier.probabilities(word_rows([message]), sentence_vectors([message]))[0]
        return {label: float(share) for label, share in zip(self._classifier.labels, row)}
