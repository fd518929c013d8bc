"""The features of words are scikit-learn's own, counted without its detours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.understanding import welsh
from assistant.understanding.words import ENGLISH, Counted, WordFeatures, learned_with_rows
from tests.understanding.examples import FEATURES, TEXTS

HARD = ["", "?", "  tea  tea\u00a0tea\t", "😀 rain 😀", "TEA, with MILK!", "nothing of it", "t"]


def of_scikit_learn(text: str, counted: Counted) -> dict[str, float]:
    """Each feature of a text with its weight, as scikit-learn has it."""
    found: dict[str, float] = {}
    by_words = TfidfVectorizer(
        preprocessor=counted.prepare,
        token_pattern=r"\b\w+\b",
        ngram_range=(1, counted.longest_group),
        min_df=counted.words_from,
        sublinear_tf=True,
    )
    by_letters = TfidfVectorizer(
        preprocessor=counted.prepare,
        analyzer="char_wb",
        ngram_range=counted.letters,
        min_df=counted.letters_from,
        max_features=counted.most_letters,
        sublinear_tf=True,
    )
    for vectorizer in (by_words, by_letters):
        vectorizer.fit(TEXTS)
        names = vectorizer.get_feature_names_out()
        row = vectorizer.transform([text]).tocsr()
        for column, value in zip(row.indices, row.data):
            # A word and a group of letters may be the same: only the second has spaces around.
            found[names[column]] = found.get(names[column], 0.0) + value
    return found


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("counted", [ENGLISH, welsh.COUNTED], ids=["english", "welsh"])
def test_as_scikit_learn_gives_them(counted: Counted, kept: bool, tmp_path: Path) -> None:
    features = WordFeatures.fit(TEXTS, counted)
    if kept:
        features.save(tmp_path)
        features = WordFeatures.load(tmp_path, counted)
    texts = [*TEXTS, *HARD]
    together = features(texts)
    assert together.dtype == np.float32
    for number, text in enumerate(texts):
        row = features([text])
        assert np.array_equal(row.toarray()[0], together[number].toarray()[0]), text
        found: dict[str, float] = {}
        for column, value in zip(row.indices, row.data):
            found[features.name(column)] = found.get(features.name(column), 0.0) + value
        assert found == pytest.approx(of_scikit_learn(text, counted), abs=1e-6), text


def test_what_is_learned_comes_with_the_rows_of_the_texts() -> None:
    features, rows = learned_with_rows(tuple(TEXTS), ENGLISH)
    assert rows.dtype == np.float32 and rows.has_sorted_indices
    assert abs(rows - features(TEXTS)).max() < 1e-6
    assert (rows != 0).nnz == (features(TEXTS) != 0).nnz


def test_of_no_text_there_are_none() -> None:
    assert FEATURES([]).shape == (0, FEATURES(TEXTS).shape[1])
