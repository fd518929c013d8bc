"""Rasa component: which points of the answer speak to what was asked.

It names them; :mod:`assistant.turn.nlg` shows the first two that the answer has for this person
before the others. The archive keeps the vectors of the points as they were at the training, as
they take seconds to make; those of a point that was changed since are made when its answer is
first asked for, so that a changed answer needs no training.
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.answers import Answer, Content, current_content
from assistant.guidance import topic_id_of
from assistant.guidance.names import ASKED_POINTS
from assistant.project import find_project
from assistant.understanding.asked_point import Rarity, points_asked_for
from assistant.understanding.component import StoredComponent, sentence_vectors
from assistant.understanding.vector_cache import KeptVectors, encode_cached

MOST_NAMED = 4
"""So many points are named: the first ones may be of the other nation than the person's."""

_FILE = "points.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class PointFinder(StoredComponent, IntentClassifier, GraphComponent):
    """Sets ``asked_points``: the marks of the points to show first."""

    made_of = (
        "understanding/asked_point.py",
        "understanding/vector_cache.py",
        "understanding/encoder.py",
        "guidance/shorthand.py",
    )

    _vectors: KeptVectors
    _content: Optional[Content] = None
    _rarity = Rarity(())

    def learn(self, training_data: TrainingData) -> None:
        """Make the vectors of all points; no example is read."""
        texts = point_texts(current_content())
        self._vectors = KeptVectors.of(texts, encode_cached(texts, find_project().vectors))

    def save(self, folder: Path) -> None:
        """Write the vectors."""
        self._vectors.write(folder / _FILE)

    def restore(self, folder: Path) -> None:
        """Read what :meth:`save` wrote."""
        self._vectors = KeptVectors.read(folder / _FILE)

    def process(self, messages: list[Message]) -> list[Message]:
        """Name the points that each message with a topic asks for."""
        content = current_content()
        for message in messages:
            topic = topic_id_of((message.get(INTENT) or {}).get("name") or "")
            answer = content.answer(topic) if content.title(topic) else None
            if message.get(TEXT) and answer and answer.points:
                message.set(ASKED_POINTS, self._asked(message, answer), add_to_output=True)
        return messages

    def _asked(self, message: Message, answer: Answer) -> list[str]:
        vectors = self._vectors.for_texts([point.text for point in answer.every_point])
        [meaning] = sentence_vectors([message])
        rarity = self._rarity_of_words()
        return points_asked_for(message.get(TEXT), meaning, answer, vectors, rarity)[:MOST_NAMED]

    def _rarity_of_words(self) -> Rarity:
        """Counted once for each content."""
        content = current_content()
        if self._content is not content:
            self._content, self._rarity = content, Rarity(point_texts(content))
        return self._rarity


def point_texts(content: Content) -> list[str]:
    """The points of all answers to topics, each text once, in the order of the topics."""
    answers = filter(None, map(content.answer, content.titles))
    return list(dict.fromkeys(p.text for answer in answers for p in answer.every_point))


__all__ = ["PointFinder", "point_texts"]
