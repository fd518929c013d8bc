"""Urgency by learned example."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.understanding.encoder import shared_encoder
from assistant.understanding.urgency_model import UrgencyModel
from tests.understanding.examples import FEATURES, LABELS, ROWS, VECTORS


def test_it_learns_saves_and_loads(tmp_path: Path) -> None:
    model = UrgencyModel.fit(
        ROWS, VECTORS, [label == "rain" for label in LABELS], np.ones(len(LABELS))
    )
    texts = ["will rain come", "a cup of tea"]
    rows, vectors = FEATURES(texts), shared_encoder().encode(texts)
    urgent, calm = model.probabilities(rows, vectors)
    assert 0 <= calm < 0.5 < urgent <= 1
    model.save(tmp_path)
    again = UrgencyModel.load(tmp_path).probabilities(rows, vectors)
    assert again == pytest.approx([urgent, calm], abs=1e-5)
