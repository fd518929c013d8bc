"""Words as features: single words, groups of up to three, and groups of letters.

Exact terms, tense and word order are in the groups of words; typing errors and endings in the
groups of letters. Shorthand is written out first.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from assistant.guidance.shorthand import expand

MAX_CHAR_NGRAMS = 30_000

_VOCABULARY = "words.json"
_WEIGHTS = "words.npz"


class WordFeatures:
    """Weighted counts (tf-idf) of words, groups of words and groups of letters."""

    def __init__(self, union: FeatureUnion) -> None:
        self._union = union

    @classmethod
    def fit_transform(cls, texts: Sequence[str]) -> tuple[WordFeatures, csr_matrix]:
        """Learn which features there are, and how telling each is; give those of the texts."""
        union = _union(_words(min_df=2), _char_ngrams(min_df=3))
        rows = union.fit_transform(texts)
        return cls(union), rows.astype(np.float32).tocsr()

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """The features: one row a text."""
        return self._union.transform(texts).astype(np.float32).tocsr()

    @property
    def names(self) -> list[str]:
        """What each feature is, in the order of the columns."""
        return [str(name) for name in self._union.get_feature_names_out()]

    def save(self, folder: Path) -> None:
        """Write vocabulary and weights as plain data."""
        vectorizers = [vectorizer for _, vectorizer in self._union.transformer_list]
        vocabularies = [
            {word: int(column) for word, column in vectorizer.vocabulary_.items()}
            for vectorizer in vectorizers
        ]
        (folder / _VOCABULARY).write_text(json.dumps(vocabularies), encoding="utf-8")
        words, letters = (vectorizer.idf_.astype(np.float32) for vectorizer in vectorizers)
        np.savez(folder / _WEIGHTS, words=words, letters=letters)

    @classmethod
    def load(cls, folder: Path) -> WordFeatures:
        """Read what :meth:`save` wrote."""
        vocabularies = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
        words, letters = (
            _words(vocabulary=vocabularies[0]),
            _char_ngrams(vocabulary=vocabularies[1]),
        )
        with np.load(folder / _WEIGHTS, allow_pickle=False) as weights:
            words.idf_, letters.idf_ = weights["words"], weights["letters"]
        return cls(_union(words, letters))


def _union(words: TfidfVectorizer, letters: TfidfVectorizer) -> FeatureUnion:
    return FeatureUnion([("word", words), ("letters", letters)])


def _words(**options: Any) -> TfidfVectorizer:
    pattern = r"(?u)\b\w+\b"
    return TfidfVectorizer(
        ngram_range=(1, 3),
        sublinear_tf=True,
        token_pattern=pattern,
        preprocessor=_prepared,
        **options,
    )


def _char_ngrams(**options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        sublinear_tf=True,
        max_features=MAX_CHAR_NGRAMS,
        preprocessor=_prepared,
        **options,
    )


def _prepared(text: str) -> str:
    return expand(text).lower()
