"""Words as features: single words, groups of up to three, and pieces of words.

Exact terms, tense and word order are in the groups; typing errors and endings in the
pieces. Shorthand is written out first.
"""

from __future__ import annotations

from typing import Any, Sequence

from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from assistant.nlu.shorthand import expand

PIECES_KEPT = 30_000

TRUSTED_TYPES = ["numpy.dtype"]
"""The one type in these features that skops asks about when it loads a file."""


class WordFeatures:
    """Weighted counts (tf-idf) of words, groups of words and pieces of words."""

    def __init__(self, union: FeatureUnion) -> None:
        self.union = union

    @classmethod
    def fit(cls, texts: Sequence[str]) -> "WordFeatures":
        """Learn which words and pieces there are, and how telling each is."""
        words = TfidfVectorizer(
            ngram_range=(1, 3), min_df=2, sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"
        )
        pieces = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(3, 5),
            min_df=3,
            sublinear_tf=True,
            max_features=PIECES_KEPT,
        )
        union = FeatureUnion([("words", words), ("pieces", pieces)])
        union.fit([expand(text) for text in texts])
        return cls(union)

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """The features: one row a text."""
        features: Any = self.union.transform([expand(text) for text in texts])
        return csr_matrix(features)
