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
from assistant.understanding.asked_point import AnswerPoints, Rarity
from assistant.understanding.component import StoredComponent, sentence_vectors
from assistant.understanding.vector_cache import KeptVectors, encode_cached

MOST_NAMED = 4
"""So many points are named: the first ones may be of the other nation than the person's."""

MOST_READY = 50
"""So many answers are kept ready to be asked: three megabytes, where all of them take ten."""

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
    _rarity: Rarity
    _points: dict[str, AnswerPoints]
    """By topic, made when its answer is first asked for, of the content as it is."""

    def learn(self, training_data: TrainingData) -> None:
        """Make the vectors of all points; no example is read."""
        texts = current_content().point_texts
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
                [meaning] = sentence_vectors([message])
                asked = self._points_of(answer, content).asked_for(message.get(TEXT), meaning)
                message.set(ASKED_POINTS, asked[:MOST_NAMED], add_to_output=True)
        return messages

    def _points_of(self, answer: Answer, content: Content) -> AnswerPoints:
        # Two threads may come at once: each takes what it has found or made itself.
        if self._content is not content:
            self._rarity, self._points, self._content = Rarity(content.point_texts), {}, content
        points = self._points.get(answer.topic)
        if points is None:
            vectors = self._vectors.for_texts([point.text for point in answer.every_point])
            points = AnswerPoints(answer, vectors, self._rarity)
            if len(self._points) >= MOST_READY:
                self._points.clear()
            self._points[answer.topic] = points
        return points


__all__ = ["PointFinder"]
