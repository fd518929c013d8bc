"""Rasa component: recognises urgent messages after the intent classifier.

Two learned readings, joined by their geometric mean: a model learned for this alone, and the
classifier's probability of all urgent intents together. Patterns over words raise urgency
where both leave any doubt; when no model can be asked, they decide alone
(:mod:`assistant.turn.official`).
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.answers import current_content
from assistant.guidance import intent_name, is_urgent, topic_id_of
from assistant.guidance.names import NOBODY, VOICE
from assistant.understanding.component import StoredComponent, sentence_vectors
from assistant.understanding.long_texts import (
    LONG_EXAMPLE_WORDS,
    TOLD_AT_LENGTH_WORDS,
    example_weights,
    is_long,
)
from assistant.understanding.urgency_model import UrgencyModel
from assistant.understanding.urgency_patterns import match_patterns
from assistant.understanding.word_featurizer import word_rows

URGENCY = "urgency"
"""Key of the reading in the parse data: ``situation``, ``probability``, ``by`` and
``certainty``, the classifier's probability of the likeliest situation."""

MAX_RANKED_INTENTS = 10
"""How many intents the ranking keeps: what suggestions and follow-ups need."""

# Below this joint probability the learned readings rule urgency out, whatever the words: of
# the development messages that only sound urgent, patterns alone caught one in fifty.
RULED_OUT = 0.02

# The same for patterns in what is told at length: among so many words one fits by chance. That
# urgency is ruled out for the choice of a calm topic keeps the lower bound.
PATTERNS_RULED_OUT_LONG = 0.06

# A voice this clear is a child's, and how much more urgent its words are than they look.
CLEAR_CHILD = 0.8
CHILD_FACTOR = 2.0

# The confidence an urgent intent gets at least: the fallback must never undo it.
MIN_URGENT_CONFIDENCE = 0.9


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class UrgencyDetector(StoredComponent, IntentClassifier, GraphComponent):
    """Puts the intent of an urgent situation first if the message may describe one.

    Trained on all intent examples: those of urgent intents against all others. ``threshold`` is
    the joint probability from which on a message is urgent, ``threshold_long`` that of a message
    told at length, which says much that is like an emergency and is none; docs/understanding.md
    says how they were chosen. Below it the urgent intents take no further part. Who is typing
    counts too (:func:`weighed_by_voice`).
    """

    made_of = (
        "understanding/urgency_model.py",
        "understanding/long_texts.py",
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

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration."""
        return {"threshold": 0.14, "threshold_long": 0.3}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Check the configuration.

        Raises:
            ValueError: a threshold is not a probability.
        """
        for name in ("threshold", "threshold_long"):
            value = config.get(name)
            if not isinstance(value, (int, float)) or not 0 < value < 1:
                raise ValueError(
                    f"UrgencyDetector: '{name}' must lie between 0 and 1, not {value!r}"
                )

    _model: Optional[UrgencyModel] = None

    def learn(self, training_data: TrainingData) -> None:
        """Learn from the examples."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        urgent = [is_urgent(m.get(INTENT)) for m in examples]
        weights = example_weights([m.get(TEXT) for m in examples])
        self._model = UrgencyModel.fit(
            word_rows(examples), sentence_vectors(examples), urgent, weights
        )

    def save(self, folder: Path) -> None:
        """Write the model."""
        if self._model is not None:
            self._model.save(folder)

    def restore(self, folder: Path) -> None:
        """Read what :meth:`save` wrote."""
        self._model = UrgencyModel.load(folder)

    def process(self, messages: list[Message]) -> list[Message]:
        """Raise urgency where it is found; every message gets its reading."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._raise(message, text)
        return messages

    def _raise(self, message: Message, text: str) -> None:
        ranking = message.get(INTENT_RANKING_KEY) or []
        urgent = [entry for entry in ranking if is_urgent(entry["name"])]
        calm = [entry for entry in ranking if not is_urgent(entry["name"])]
        classified = sum(entry["confidence"] for entry in urgent)
        learned = 0.0
        if self._model:
            rows, vectors = word_rows([message]), sentence_vectors([message])
            learned = float(self._model.probabilities(rows, vectors)[0])
        joint = math.sqrt(learned * classified)
        joint = weighed_by_voice(joint, is_long(text), message.get(VOICE) or {})
        threshold = _by_length(text, self.config["threshold"], self.config["threshold_long"])

        situation: Optional[str] = None
        by = None
        if urgent and joint >= threshold:
            situation, by = topic_id_of(urgent[0]["name"]), "example"
        elif joint >= _by_length(text, RULED_OUT, PATTERNS_RULED_OUT_LONG) or not urgent:
            content = current_content()
            matched = match_patterns(text, content.patterns, content.pattern_forms)
            situation, by = (matched, "pattern") if matched else (None, None)

        reading = {
            "situation": situation,
            "probability": joint,
            "by": by,
            "certainty": urgent[0]["confidence"] if urgent else 0.0,
        }
        message.set(URGENCY, reading, add_to_output=True)
        if situation is not None:
            calm = with_urgent_first(ranking, situation, max(joint, MIN_URGENT_CONFIDENCE))
        if calm:
            message.set(INTENT, calm[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, calm[:MAX_RANKED_INTENTS], add_to_output=True)


def with_urgent_first(
    ranking: Iterable[Mapping[str, Any]], situation: str, confidence: float
) -> list[dict[str, Any]]:
    """A ranking of intents with an urgent one first, and no other urgent one.

    Scaled into what is left, none of the others looks like a close second, which the fallback would
    take for doubt.
    """
    left = 1.0 - confidence
    others = (entry for entry in ranking if not is_urgent(entry["name"]))
    return [
        {"name": intent_name(situation), "confidence": confidence},
        *({**entry, "confidence": left * entry["confidence"]} for entry in others),
    ]


def as_urgent(parsed: Mapping[str, Any], reply: str, by: str) -> dict[str, Any]:
    """Parse data with the intent of an urgent reply first, as the detector puts one.

    Args:
        parsed: Rasa's parse data of a message.
        reply: the urgent id.
        by: what decided it.
    """
    ranking = with_urgent_first(parsed.get(INTENT_RANKING_KEY) or (), reply, MIN_URGENT_CONFIDENCE)
    reading = {**(parsed.get(URGENCY) or {}), "situation": reply, "by": by}
    return {**parsed, INTENT: ranking[0], INTENT_RANKING_KEY: ranking, URGENCY: reading}


def _by_length(text: str, short: float, long: float) -> float:
    """A threshold for a text: from that of a short one to that of one told at length."""
    words = len(text.split())
    share = (words - LONG_EXAMPLE_WORDS) / (TOLD_AT_LENGTH_WORDS - LONG_EXAMPLE_WORDS)
    return short + (long - short) * min(1.0, max(0.0, share))


def weighed_by_voice(joint: float, long: bool, voices: Mapping[str, float]) -> float:
    """The probability of urgency in the light of who is typing.

    A child who asks whether what happens to them is abuse is urgent however calmly they ask. What
    is told at length in the voice of nobody's emergency is the less so, the clearer the voice.

    Args:
        joint: of both readings.
        long: whether the message is told at length.
        voices: how likely each voice is.
    """
    if voices.get("child", 0.0) >= CLEAR_CHILD:
        return min(1.0, CHILD_FACTOR * joint)
    if long:
        return joint * (1.0 - voices.get(NOBODY, 0.0))
    return joint
