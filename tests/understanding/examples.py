"""A few texts of three kinds, for models that learn in no time."""

from __future__ import annotations

from assistant.understanding.encoder import shared_encoder
from assistant.understanding.text_classifier import TextClassifier
from assistant.understanding.words import WordFeatures

EXAMPLES = {
    "tea": ["make tea", "a cup of tea please", "how do I brew tea", "tea with milk"],
    "rain": ["will it rain", "is rain coming", "rain this weekend", "how much rain fell"],
    "trains": ["when is the train", "a train to work", "the train is late", "train times"],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
LABELS = [label for label, texts in EXAMPLES.items() for _ in texts]

FEATURES = WordFeatures.fit(TEXTS)
ROWS = FEATURES(TEXTS)
VECTORS = shared_encoder().encode(TEXTS)


def classifier(labels: list[str]) -> TextClassifier:
    """One that has learned the texts with these labels."""
    return TextClassifier.fit(ROWS, VECTORS, labels)
