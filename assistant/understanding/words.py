"""Words as features: single words, groups of words, and groups of letters.

Exact terms, tense and word order are in the groups of words; typing errors and endings in the
groups of letters. In a training :mod:`assistant.understanding.counting` counts them all at once,
and scikit-learn weighs them; it is imported there, for a server never learns, and the import takes
two seconds and 60 MB.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator, Optional, Sequence

import marisa_trie
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from assistant.guidance.shorthand import expand
from assistant.understanding.counting import count_letters, count_words, weighted

_WEIGHTS = "words.npz"
_WORDS, _LETTERS = "words.marisa", "letters.marisa"

_WORD = re.compile(r"\b\w+\b")


def _written_out(text: str) -> str:
    return expand(text).lower()


@dataclass(frozen=True)
class Counted:
    """What of a text is counted."""

    prepare: Callable[[str], str] = _written_out
    """Makes a text ready: by default in lower case, and shorthand written out."""
    longest_group: int = 3
    """Words in a group."""
    letters: tuple[int, int] = (3, 5)
    """Letters in a group, at least and at most."""
    words_from: int = 2
    """Texts that a word or group of words must be in."""
    letters_from: int = 3
    """The same for groups of letters."""
    most_letters: Optional[int] = 30_000
    """Groups of letters that are kept, the most frequent ones."""

    def words_in(self, prepared: str) -> Iterator[str]:
        """The words of a prepared text, and the groups of words."""
        words = _WORD.findall(prepared)
        yield from words
        for length in range(2, self.longest_group + 1):
            for first in range(len(words) - length + 1):
                yield " ".join(words[first : first + length])

    def letters_in(self, prepared: str) -> Iterator[str]:
        """The groups of letters of each word, the spaces around it among them."""
        shortest, longest = self.letters
        for word in prepared.split():
            padded = f" {word} "
            for length in range(shortest, longest + 1):
                yield padded[:length]
                if length >= len(padded):
                    break  # the whole word, once
                for first in range(1, len(padded) - length + 1):
                    yield padded[first : first + length]


ENGLISH = Counted()


class WordFeatures:
    """Weighted counts (tf-idf) of words, groups of words and groups of letters."""

    def __init__(self, counted: Counted, words: _Part, letters: _Part) -> None:
        """Take what is counted, and the known terms of both kinds."""
        self._counted, self._words, self._letters = counted, words, letters

    @classmethod
    def fit(cls, texts: Sequence[str], counted: Counted = ENGLISH) -> WordFeatures:
        """Learn which features there are, and how telling each is."""
        return learned_with_rows(tuple(texts), counted)[0]

    def __call__(self, texts: Sequence[str]) -> csr_matrix:
        """The features: one row a text.

        What scikit-learn's ``transform`` gives, which takes several times longer for one text: it
        checks and converts at every step, and multiplies by all weights to use a few of them.
        """
        width = self._words.width + self._letters.width
        if not texts:
            return csr_matrix((0, width), dtype=np.float32)
        columns, values, ends = [], [], [0]
        counted = self._counted
        for text in map(counted.prepare, texts):
            for part, terms, first in (
                (self._words, counted.words_in(text), 0),
                (self._letters, counted.letters_in(text), self._words.width),
            ):
                found, much = part.row(terms)
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
    def load(cls, folder: Path, counted: Counted = ENGLISH) -> WordFeatures:
        """Read what :meth:`save` wrote."""
        with np.load(folder / _WEIGHTS, allow_pickle=False) as weights:
            return cls(
                counted,
                _Part(_terms(folder / _WORDS), weights["words"]),
                _Part(_terms(folder / _LETTERS), weights["letters"]),
            )


@functools.lru_cache(maxsize=1)
def learned_with_rows(texts: tuple[str, ...], counted: Counted) -> tuple[WordFeatures, csr_matrix]:
    """The features of texts, and their rows, as the features give them.

    The last ones are kept: a training learns the features in one step and adds the rows in the
    next, and counting is most of the work of both. ``cache_clear()`` of this function lets go.
    """
    prepared = list(map(counted.prepare, texts))
    *words, word_rows = weighted(
        count_words(list(map(_WORD.findall, prepared)), counted.longest_group, counted.words_from)
    )
    *letters, letter_rows = weighted(
        count_letters(
            [text.split() for text in prepared],
            counted.letters_in,
            counted.letters_from,
            counted.most_letters,
        )
    )
    rows = hstack([word_rows, letter_rows], format="csr", dtype=np.float32)
    return WordFeatures(counted, _Part(*words), _Part(*letters)), rows


class _Part:
    """One kind of features, as it is used once it has learned.

    The terms are held in a trie: as a dictionary, half a million would take 100 MB.
    """

    def __init__(self, terms: marisa_trie.Trie, weights: npt.NDArray[np.float32]) -> None:
        """Take the known terms, and the weight of each."""
        self._column: Callable[[str, int], int] = terms.get
        self.terms = terms
        self.weights = weights
        self.width = len(weights)

    def row(self, terms: Iterator[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """The columns that the terms of a text are in, in their order, and how much."""
        counts = Counter(map(self._column, terms, itertools.repeat(-1)))
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
