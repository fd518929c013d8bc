"""``notice parse TEXT``: how a message is read, and what moved each reading.

For editors and developers: the ranking of topics, the urgency and the voice with the words that
moved them most, the pattern that matched, the response that follows, and what of the text would
be kept.
"""

from __future__ import annotations

import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Mapping, Sequence

import numpy as np

from assistant.answers import current_content
from assistant.answers.kept import MOST_POINTS_FIRST
from assistant.guidance import is_urgent, response_name, topic_id_of
from assistant.guidance.names import ASKED_POINTS, OUT_OF_SCOPE, SIGNPOST, VOICE, is_out_of_scope
from assistant.privacy.redaction import shared_redactor
from assistant.turn.official import urgent_by_pattern
from assistant.understanding.linear import LinearWeights
from assistant.understanding.text_classifier import TextClassifier
from assistant.understanding.urgency_detector import URGENCY
from assistant.understanding.urgency_model import UrgencyModel
from assistant.understanding.words import WordFeatures

SHOWN = 5
"""Entries of the ranking, and words, that are shown."""


@dataclass(frozen=True)
class Moved:
    """A word or group of letters that moved a reading, and by how much: above 0 towards it."""

    feature: str
    weight: float


@dataclass(frozen=True)
class Models:
    """The classifiers of a model archive."""

    words: WordFeatures
    topics: TextClassifier
    urgency: UrgencyModel
    voices: TextClassifier
    signposts: TextClassifier

    @classmethod
    def of(cls, archive: Path) -> Models:
        """Read them out of a model archive.

        Raises:
            FileNotFoundError: the archive has no such component.
        """
        with tempfile.TemporaryDirectory() as folder, tarfile.open(archive, "r:gz") as tar:
            tar.extractall(folder, filter="data")
            components = Path(folder) / "components"
            return cls(
                WordFeatures.load(_component(components, "WordFeaturizer")),
                TextClassifier.load(_component(components, "TopicClassifier")),
                UrgencyModel.load(_component(components, "UrgencyDetector")),
                TextClassifier.load(_component(components, "VoiceFinder")),
                TextClassifier.load(_component(components, "SignpostFinder")),
            )


def explain(text: str, parsed: Mapping[str, Any], models: Models) -> Iterator[str]:
    """The lines that tell how a message was read.

    Args:
        text: the message.
        parsed: Rasa's parse data of it.
        models: the classifiers that read it.
    """
    content = current_content()
    intent = parsed["intent"]["name"]
    yield f"Reply: {response_name(topic_id_of(intent))} ({parsed['intent']['confidence']:.2f})"
    yield "Ranking:"
    for entry in (parsed.get("intent_ranking") or [])[:SHOWN]:
        title = content.title(topic_id_of(entry["name"]))
        yield f"  {entry['confidence']:.3f}  {topic_id_of(entry['name'])}  {title}".rstrip()
    named = OUT_OF_SCOPE if is_out_of_scope(intent) else intent
    if named in models.topics.labels:
        column = models.topics.labels.index(named)
        yield from _moved_by(text, models.words, models.topics.words, column)
    reading = parsed.get(URGENCY) or {}
    probability = reading.get("probability") or 0.0
    yield f"Urgent: {probability:.3f}, by {reading.get('by') or 'nothing'}"
    yield from _moved_by(text, models.words, models.urgency.words, 0)
    pattern = urgent_by_pattern(text)
    yield f"Pattern: {pattern or 'none matches'}"
    for name, classifier in ((VOICE, models.voices), (SIGNPOST, models.signposts)):
        shares: dict[str, float] = parsed.get(name) or {}
        first = sorted(shares.items(), key=lambda item: -item[1])[:3]
        if first:
            yield f"{name.title()}: " + ", ".join(f"{one} {share:.2f}" for one, share in first)
            column = classifier.labels.index(first[0][0])
            yield from _moved_by(text, models.words, classifier.words, column)
    yield f"Kept as: {shared_redactor().redact(text)}"
    if answer := content.answer(topic_id_of(intent)):
        if is_urgent(intent):
            yield f"First line: {answer.lead}"
        asked = (parsed.get(ASKED_POINTS) or ())[:MOST_POINTS_FIRST]
        for point in answer.with_first(asked).points[: len(asked)]:
            yield f"Shown first: {point.text}"


def moved(text: str, words: WordFeatures, weights: LinearWeights, column: int) -> Sequence[Moved]:
    """What moved a reading most, strongest first.

    Args:
        text: the message.
        words: the features.
        weights: of the classifier.
        column: of the reading in it.
    """
    row = words([text])
    parts = row.data * weights.column(column)[row.indices]
    strongest = np.argsort(-np.abs(parts))[:SHOWN]
    return [
        Moved(words.name(row.indices[i]), float(parts[i])) for i in strongest if abs(parts[i]) > 0
    ]


def _moved_by(text: str, words: WordFeatures, weights: LinearWeights, column: int) -> Iterator[str]:
    found = moved(text, words, weights, column)
    if found:
        yield "  moved by: " + ", ".join(f"“{one.feature}” {one.weight:+.2f}" for one in found)


def _component(components: Path, name: str) -> Path:
    for folder in components.iterdir():
        if name in folder.name:
            return folder
    raise FileNotFoundError(f"the model has no {name}; run: notice train")
