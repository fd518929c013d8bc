"""Rasa component: messages in another language, and messages that say nothing.

It comes after all that read English, and WelshReader reads next what it finds to be Welsh. Another
language than English is answered in that language and in English, official channels first; signs,
numbers and letters in no order get a plain "I did not understand", never an urgent reply.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, Iterable

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.answers import current_content
from assistant.guidance.names import LANGUAGE, NOT_UNDERSTOOD, OTHER_LANGUAGE, THANK
from assistant.understanding.component import StoredComponent
from assistant.understanding.language import ENGLISH, language_of, says_nothing, words_of
from assistant.understanding.welsh_examples import welsh_digest, welsh_examples

MIN_COUNT = 2
"""Examples that must hold a word for it to count as English."""

# Short things that people say and that are understood without a longer word.
_SMALL_TALK = frozenset(
    {"greet", "goodbye", THANK, "guided_continue", "guided_back", "guided_stop", "ask_more"}
)
_EMERGENCY_NUMBERS = frozenset({"999", "112"})

_FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LanguageFinder(StoredComponent, IntentClassifier, GraphComponent):
    """Sets the intents ``other_language`` (with ``language`` in the parse data) and
    ``not_understood``; leaves every other message alone."""

    made_of = (
        "understanding/language.py",
        "understanding/linear.py",
        "understanding/long_texts.py",
        "understanding/welsh.py",
        "understanding/welsh_examples.py",
        "understanding/words.py",
        "understanding/counting.py",
        "guidance/shorthand.py",
    )

    @classmethod
    def also_made_of(cls) -> Iterable[str]:
        """The examples in Welsh, which are no training data of Rasa's."""
        return (welsh_digest(),)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration: nothing to set."""
        return {}

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["py3langid"]

    _english: frozenset[str] = frozenset()
    _welsh: frozenset[str] = frozenset()

    def learn(self, training_data: TrainingData) -> None:
        """Learn which words are English from all examples, and which are Welsh."""
        counts: Counter[str] = Counter()
        for message in training_data.training_examples:
            counts.update(set(words_of(message.get(TEXT) or "")))
        self._english = frozenset(word for word, count in counts.items() if count >= MIN_COUNT)
        self._welsh = frozenset(
            part
            for text, _ in welsh_examples()
            for word in words_of(text)
            for part in word.split("'")
        )

    def save(self, folder: Path) -> None:
        """Write the words."""
        words = {"english": sorted(self._english), "welsh": sorted(self._welsh)}
        (folder / _FILE).write_text(json.dumps(words), encoding="utf-8")

    def restore(self, folder: Path) -> None:
        """Read what :meth:`save` wrote."""
        words = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        self._english, self._welsh = frozenset(words["english"]), frozenset(words["welsh"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of messages that cannot be understood, and why."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._look(message, text)
        return messages

    def _look(self, message: Message, text: str) -> None:
        roman = current_content().roman_words
        language = language_of(text, self._english, roman, self._welsh)
        if language != ENGLISH:
            message.set(LANGUAGE, language, add_to_output=True)
            _choose(message, OTHER_LANGUAGE)
            return
        chosen = (message.get(INTENT) or {}).get("name")
        bare = text.strip(" .!?")
        if (
            says_nothing(text, self._english)
            and chosen not in _SMALL_TALK
            and bare not in _EMERGENCY_NUMBERS
        ):
            _choose(message, NOT_UNDERSTOOD)


def _choose(message: Message, intent: str) -> None:
    first = {"name": intent, "confidence": 1.0}
    message.set(INTENT, first, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [first], add_to_output=True)
