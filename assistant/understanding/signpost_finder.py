"""Rasa component: where somebody is pointed whose message is out of scope.

Family life, the care of an adult, money and the law, what the writer feels: each has a reply of its
own that says who can help (``out_of_scope.<signpost>`` in ``domain.yml``). It comes after
:mod:`assistant.understanding.safe_reply`, so it only ever makes a refusal kinder: nothing is out of
scope because of it. Where the kind is in doubt, the plain refusal stays.
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

from assistant.guidance.names import OUT_OF_SCOPE, SIGNPOST
from assistant.understanding.component import StoredComponent, sentence_vectors
from assistant.understanding.text_classifier import TextClassifier
from assistant.understanding.word_featurizer import word_rows

CLEAR_SIGNPOST = 0.5
"""Probability from which on a signpost is given; below it the plain refusal."""

NO_SIGNPOST = "anything-else"
"""The signpost of examples that need none: the plain refusal is right for them."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SignpostFinder(StoredComponent, IntentClassifier, GraphComponent):
    """Puts ``out_of_scope.<signpost>`` in the place of ``out_of_scope``."""

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
        """Learn from the examples out of scope that have a signpost."""
        messages = [m for m in training_data.training_examples if m.get(SIGNPOST)]
        self._classifier = TextClassifier.fit(
            word_rows(messages), sentence_vectors(messages), [m.get(SIGNPOST) for m in messages]
        )

    def save(self, folder: Path) -> None:
        """Write the classifier."""
        if self._classifier is not None:
            self._classifier.save(folder)

    def restore(self, folder: Path) -> None:
        """Read what :meth:`save` wrote."""
        self._classifier = TextClassifier.load(folder)

    def process(self, messages: list[Message]) -> list[Message]:
        """Name the signpost of each message that is out of scope; leave others alone."""
        for message in messages:
            intent = message.get(INTENT) or {}
            if message.get(TEXT) and intent.get("name") == OUT_OF_SCOPE:
                self._point(message)
        return messages

    def _point(self, message: Message) -> None:
        if self._classifier is None:
            return
        row = self._classifier.probabilities(word_rows([message]), sentence_vectors([message]))[0]
        shares = {label: float(share) for label, share in zip(self._classifier.labels, row)}
        message.set(SIGNPOST, shares, add_to_output=True)
        likeliest = max(shares, key=lambda label: shares[label])
        if likeliest == NO_SIGNPOST or shares[likeliest] < CLEAR_SIGNPOST:
            return
        _, *others = message.get(INTENT_RANKING_KEY)
        pointed = {**message.get(INTENT), "name": f"{OUT_OF_SCOPE}.{likeliest}"}
        message.set(INTENT, pointed, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [pointed, *others], add_to_output=True)
