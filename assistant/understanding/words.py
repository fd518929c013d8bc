"""Words as features: single words, groups of up to three, and groups of letters.

Exact terms, tense and word order are in the groups of words; typing errors and endings in the
groups of letters. Shorthand is written out first.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from pathlib import Path
from typing import Any, Callable, Sequence

import marisa_trie
import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.guidance.shorthand import expand

MAX_CHAR_NGRAMS = 30_000

TWO_PROCESSES_FROM = 10_000
"""Texts from which on words and letters are counted at the same time: below, starting a second
process takes longer."""

_WEIGHTS = "words.npz"
_WORDS, _LETTERS = "words.marisa", "letters.marisa"


class WordFeatures:
    """Weighted counts (tf-idf) of words, groups of words and groups of letters."""

    def __init__(self, words: _Part, letters: _Part) -> None:
        self._words, self._letters = words, letters

    @classmethod
    def fit(cls, texts: Sequence[str]) -> WordFeatures:
        """Learn which features there are, and how telling each is."""
        return learned_with_rows(tuple(texts))[0]

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """The features: one row a text.

        What scikit-learn's ``transform`` gives, which takes several times longer for one text: it
        checks and converts at every step, and multiplies by all weights to use a few of them.
        """
        width = self._words.width + self._letters.width
        if not texts:
            return csr_matrix((0, width), dtype=np.float32)
        columns, values, ends = [], [], [0]
        for text in map(_prepared, texts):
            for part, first in ((self._words, 0), (self._letters, self._words.width)):
                found, much = part.row(text)
                columns.append(found + first)
                values.append(much)
            ends.append(ends[-1] + len(columns[-2]) + len(columns[-1]))
        flat = np.concatenate(values).astype(np.float32)
        indices = np.concatenate(columns).astype(np.int32)
        return csr_matrix((flat, indices, ends), shape=(len(texts), width))

    def name(self, column: int) -> str:
        """What a feature is: the word, or the group of words or letters."""
        if column < self._words.width:
            return self._words.name(column)
        return self._letters.name(column - self._words.width)

    def save(self, folder: Path) -> None:
        """Write vocabulary and weights as plain data."""
        self._words.terms.save(str(folder / _WORDS))
        self._letters.terms.save(str(folder / _LETTERS))
        np.savez(folder / _WEIGHTS, words=self._words.weights, letters=self._letters.weights)

    @classmethod
    def load(cls, folder: Path) -> WordFeatures:
        """Read what :meth:`save` wrote."""
        with np.load(folder / _WEIGHTS, allow_pickle=False) as weights:
            return cls(
                _Part(_words(), _terms(folder / _WORDS), weights["words"]),
                _Part(_char_ngrams(), _terms(folder / _LETTERS), weights["letters"]),
            )


@functools.lru_cache(maxsize=1)
def learned_with_rows(texts: tuple[str, ...]) -> tuple[WordFeatures, csr_matrix]:
    """The features of texts, and their rows, as the features give them.

    The last ones are kept: a training learns the features in one step and adds the rows in the
    next, and counting is most of the work of both. ``cache_clear()`` of this function lets go.
    """
    prepared = list(map(_prepared, texts))
    together = 2 if len(texts) >= TWO_PROCESSES_FROM else 1
    (words, word_rows), (letters, letter_rows) = Parallel(n_jobs=together)(
        delayed(_learned)(vectorizer, prepared)
        for vectorizer in (_words(min_df=2), _char_ngrams(min_df=3))
    )
    rows = hstack([word_rows, letter_rows], format="csr", dtype=np.float32)
    return WordFeatures(_Part(_words(), *words), _Part(_char_ngrams(), *letters)), rows


def _learned(
    vectorizer: TfidfVectorizer, prepared: Sequence[str]
) -> tuple[tuple[marisa_trie.Trie, npt.NDArray[np.float32]], csr_matrix]:
    """The terms of one kind with their weights, and the row of each text."""
    rows = vectorizer.fit_transform(prepared)
    terms = marisa_trie.Trie(vectorizer.vocabulary_)
    rarity = vectorizer.idf_  # computed anew whenever it is asked for
    weights = np.zeros(len(terms), dtype=np.float32)
    column_in_trie = np.zeros(len(terms), dtype=np.int32)
    for term, column in vectorizer.vocabulary_.items():
        column_in_trie[column] = terms[term]
        weights[terms[term]] = rarity[column]
    rows = csr_matrix((rows.data, column_in_trie[rows.indices], rows.indptr), shape=rows.shape)
    rows.sort_indices()
    return (terms, weights), rows


class _Part:
    """One kind of features, as it is used once it has learned.

    The terms are held in a trie: as a dictionary, half a million would take 100 MB.
    """

    def __init__(
        self,
        vectorizer: TfidfVectorizer,
        terms: marisa_trie.Trie,
        weights: npt.NDArray[np.float32],
    ) -> None:
        """Take what splits a text into terms, the known ones, and the weight of each."""
        self._analyse: Callable[[str], list[str]] = vectorizer.build_analyzer()
        self._column: Callable[[str, int], int] = terms.get
        self.terms = terms
        self.weights = weights
        self.width = len(weights)

    def row(self, text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """The columns that a prepared text has something in, in their order, and how much."""
        counts = Counter(self._column(term, -1) for term in self._analyse(text))
        counts.pop(-1, None)
        columns = np.array(sorted(counts), dtype=np.int64)
        often = np.array([counts[column] for column in columns.tolist()], dtype=np.float64)
        values = (np.log(often) + 1.0) * self.weights[columns]
        length = math.sqrt(values @ values)
        return columns, values / length if length else values

    def name(self, column: int) -> str:
        """The term of a column."""
        return str(self.terms.restore_key(column))


def _terms(file: Path) -> marisa_trie.Trie:
    terms = marisa_trie.Trie()
    terms.load(str(file))
    return terms


def _words(**options: Any) -> TfidfVectorizer:
    pattern = r"(?u)\b\w+\b"
    return TfidfVectorizer(
        ngram_range=(1, 3),
        sublinear_tf=True,
        token_pattern=pattern,
        lowercase=False,
        **options,
    )


def _char_ngrams(**options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        sublinear_tf=True,
        max_features=MAX_CHAR_NGRAMS,
        lowercase=False,
        **options,
    )


def _prepared(text: str) -> str:
    """A text as both kinds of features read it."""
    return expand(text).lower()
