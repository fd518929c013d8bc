"""What the project's own Rasa components share: vectors of messages, urgent intents."""

from __future__ import annotations

from typing import Optional

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.nlu.encoder import DIMENSION, Vectors, shared_encoder


def sentence_vectors(messages: list[Message]) -> Vectors:
    """Unit sentence vectors: those of the SentenceEncoder before, or else new ones.

    Args:
        messages: messages with text.

    Returns:
        One row a message, shape ``(len(messages), 384)``.
    """
    rows = []
    for message in messages:
        features = message.get_dense_features(TEXT)[1]
        if features is None or features.features.shape[-1] != DIMENSION:
            return shared_encoder().encode([one.get(TEXT) for one in messages])
        rows.append(features.features[0])
    stacked = np.vstack(rows)
    unit: Vectors = (stacked / np.linalg.norm(stacked, axis=1, keepdims=True)).astype(np.float32)
    return unit


def is_urgent(intent: Optional[str]) -> bool:
    """True for the intents of urgent situations."""
    return intent is not None and intent.startswith("urgent.")
