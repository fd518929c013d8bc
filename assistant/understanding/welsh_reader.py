"""Rasa component: messages in Welsh (:mod:`assistant.understanding.welsh`).

After LanguageFinder, and of what that found to be Welsh only: English understanding stays what it
is. It learns from ``data/welsh/questions.yml`` and not from the training data, which all other
components would learn from as well. Where nothing fits, the fixed reply stays.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Optional

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.answers import current_content
from assistant.guidance import GENERAL, WELSH, intent_name, is_urgent
from assistant.guidance.names import LANGUAGE, OTHER_LANGUAGE
from assistant.understanding.component import StoredComponent
from assistant.understanding.urgency_detector import (
    MIN_URGENT_CONFIDENCE,
    URGENCY,
)
from assistant.understanding.welsh import WelshModel, match_welsh
from assistant.understanding.welsh_examples import welsh_digest, welsh_examples

MIN_CONFIDENCE = 0.5
MOST_OF_OTHERS = 0.4
"""The confidence an answer gets at least, and the others at most: the fallback speaks English."""

OFFERED = 3
"""Answers that the ranking keeps: what may be offered."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class WelshReader(StoredComponent, IntentClassifier, GraphComponent):
    """Gives a message in Welsh the intent of the answer or urgent situation that it asks for."""

    made_of = (
        "understanding/welsh.py",
        "understanding/welsh_examples.py",
        "understanding/linear.py",
        "understanding/long_texts.py",
        "understanding/urgency_model.py",
        "understanding/words.py",
        "understanding/counting.py",
        "understanding/encoder.py",
        "guidance/shorthand.py",
    )

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration: nothing to set."""
        return {}

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["sklearn"]

    @classmethod
    def also_made_of(cls) -> Iterable[str]:
        """The examples, which are no training data of Rasa's."""
        return (welsh_digest(),)

    _model: Optional[WelshModel] = None

    def learn(self, training_data: TrainingData) -> None:
        """Learn from the examples in Welsh."""
        examples = welsh_examples()
        if examples:
            self._model = WelshModel.fit(*map(list, zip(*examples)))

    def save(self, folder: Path) -> None:
        """Write the model."""
        if self._model is not None:
            self._model.save(folder)

    def restore(self, folder: Path) -> None:
        """Read what :meth:`save` wrote; nothing where there were no examples."""
        self._model = WelshModel.load(folder) if WelshModel.is_in(folder) else None

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of messages in Welsh."""
        for message in messages:
            if message.get(TEXT) and message.get(LANGUAGE) == WELSH and self._model:
                self._read(message, message.get(TEXT), self._model)
        return messages

    def _read(self, message: Message, text: str, model: WelshModel) -> None:
        reading = model.read(text, frozenset(current_content().harm.get("child", ())))
        first = reading.first
        if first is None or not _is_urgent(first):
            first = self._by_pattern(message, text) or first
        urgent = first is not None and _is_urgent(first)
        if first is None:  # the fixed reply, with what may have been meant below it
            chosen = {"name": OTHER_LANGUAGE, "confidence": 1.0}
        else:
            least = MIN_URGENT_CONFIDENCE if urgent else MIN_CONFIDENCE
            chosen = {"name": intent_name(first), "confidence": max(reading.probability, least)}
        others = [
            {"name": intent_name(one), "confidence": min(share, MOST_OF_OTHERS)}
            for one, share in reading.topics[:OFFERED]
            if one != first
        ]
        seen = {
            **(message.get(URGENCY) or {}),
            "situation": first if urgent else None,
            "by": "welsh" if urgent else None,
        }
        message.set(URGENCY, seen, add_to_output=True)
        message.set(INTENT, chosen, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [chosen, *others], add_to_output=True)

    def _by_pattern(self, message: Message, text: str) -> Optional[str]:
        """The situation by words of danger, in Welsh or, in a mixed message, in English."""
        found = match_welsh(text, current_content().welsh["patterns"])
        english = (message.get(URGENCY) or {}).get("by") == "pattern"
        return found or (GENERAL if english else None)


def _is_urgent(answer_id: str) -> bool:
    return is_urgent(intent_name(answer_id))
