"""Words as features: single words, groups of up to three, and groups of letters.

Exact terms, tense and word order are in the groups of words; typing errors and endings in the
groups of letters. Shorthand is written out first.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
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
        self._parts: list[_Part] = []
        first = 0
        for _, vectorizer in union.transformer_list:
            self._parts.append(_Part(vectorizer, first))
            first += len(vectorizer.vocabulary_)
        self._width = first

    @classmethod
    def fit_transform(cls, texts: Sequence[str]) -> tuple[WordFeatures, csr_matrix]:
        """Learn which features there are, and how telling each is; give those of the texts."""
        union = _union(_words(min_df=2), _char_ngrams(min_df=3))
        rows = union.fit_transform(texts)
        return cls(union), rows.astype(np.float32).tocsr()

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """The features: one row a text.

        What scikit-learn's ``transform`` gives, which takes several times longer for one text: it
        checks and converts at every step, and multiplies by all weights to use a few of them.
        """
        if not texts:
            return csr_matrix((0, self._width), dtype=np.float32)
        found = [part.row(text) for text in texts for part in self._parts]
        columns = [columns for columns, _ in found]
        values = [values for _, values in found]
        ends = np.cumsum([0, *map(len, columns)])[:: len(self._parts)]
        flat = np.concatenate(values).astype(np.float32)
        indices = np.concatenate(columns).astype(np.int32)
        return csr_matrix((flat, indices, ends), shape=(len(texts), self._width))

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


class _Part:
    """One vectorizer, as it is used once it has learned."""

    def __init__(self, vectorizer: TfidfVectorizer, first: int) -> None:
        """Take the vectorizer and the number of its first column."""
        self._analyse: Callable[[str], list[str]] = vectorizer.build_analyzer()
        self._columns: Mapping[str, int] = vectorizer.vocabulary_
        self._weights = vectorizer.idf_
        self._first = first

    def row(self, text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """The columns that a text has something in, in their order, and how much."""
        known = self._columns
        counts = Counter(known[term] for term in self._analyse(text) if term in known)
        columns = np.array(sorted(counts), dtype=np.int64)
        often = np.array([counts[column] for column in columns.tolist()], dtype=np.float64)
        values = (np.log(often) + 1.0) * self._weights[columns]
        length = math.sqrt(values @ values)
        return columns + self._first, values / length if length else values


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
