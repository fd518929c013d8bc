"""The features of words are scikit-learn's own, counted without its detours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.understanding.words import WordFeatures
from tests.understanding.examples import FEATURES, TEXTS

HARD = ["", "?", "  tea  tea\u00a0tea\t", "😀 rain 😀", "TEA, with MILK!", "nothing of it", "t"]


@pytest.mark.parametrize("kept", [False, True])
def test_as_scikit_learn_gives_them(kept: bool, tmp_path: Path) -> None:
    features = FEATURES
    if kept:
        FEATURES.save(tmp_path)
        features = WordFeatures.load(tmp_path)
    texts = [*TEXTS, *HARD]
    expected = features._union.transform(texts).astype(np.float32).tocsr()
    found = features(texts)
    assert found.dtype == np.float32
    assert np.array_equal(found.toarray(), expected.toarray())
    for number, text in enumerate(texts):
        assert np.array_equal(features([text]).toarray()[0], found.toarray()[number]), text


def test_of_no_text_there_are_none() -> None:
    assert FEATURES([]).shape == (0, len(FEATURES.names))
