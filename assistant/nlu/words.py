"""Words as features: single words, groups of up to three, and pieces of words.

Exact terms, tense and word order are in the groups; typing errors and endings in the
pieces. Shorthand is written out first.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.nlu.shorthand import expand

PIECES_KEPT = 30_000

_VOCABULARY = "words.json"
_WEIGHTS = "words.npz"


class WordFeatures:
    """Weighted counts (tf-idf) of words, groups of words and pieces of words."""

    def __init__(self, words: TfidfVectorizer, pieces: TfidfVectorizer) -> None:
        self._words = words
        self._pieces = pieces

    @classmethod
    def fit(cls, texts: Sequence[str]) -> WordFeatures:
        """Learn which words and pieces there are, and how telling each is."""
        written_out = [expand(text) for text in texts]
        return cls(_words(min_df=2).fit(written_out), _pieces(min_df=3).fit(written_out))

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """The features: one row a text."""
        written_out = [expand(text) for text in texts]
        both = [self._words.transform(written_out), self._pieces.transform(written_out)]
        return hstack(both).tocsr()

    def save(self, folder: Path) -> None:
        """Write vocabulary and weights as plain data."""
        vocabularies = [_vocabulary(self._words), _vocabulary(self._pieces)]
        (folder / _VOCABULARY).write_text(json.dumps(vocabularies), encoding="utf-8")
        np.savez(folder / _WEIGHTS, words=self._words.idf_, pieces=self._pieces.idf_)

    @classmethod
    def load(cls, folder: Path) -> WordFeatures:
        """Read what :meth:`save` wrote."""
        vocabularies = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
        words, pieces = _words(vocabulary=vocabularies[0]), _pieces(vocabulary=vocabularies[1])
        with np.load(folder / _WEIGHTS, allow_pickle=False) as weights:
            words.idf_, pieces.idf_ = weights["words"], weights["pieces"]
        return cls(words, pieces)


def _words(**options: Any) -> TfidfVectorizer:
    pattern = r"(?u)\b\w+\b"
    return TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, token_pattern=pattern, **options)


def _pieces(**options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        sublinear_tf=True,
        max_features=PIECES_KEPT,
        **options,
    )


def _vocabulary(vectorizer: TfidfVectorizer) -> dict[str, int]:
    return {word: int(column) for word, column in vectorizer.vocabulary_.items()}
