"""Counting words, groups of words and groups of letters in all examples at once: training only.

Each different word is taken apart once and each group of words becomes a number, so that arrays do
what would else be done for fifty million strings, one by one. The counts are scikit-learn's.
"""

from __future__ import annotations

from typing import Callable, Iterable, Iterator, Optional, Sequence

import marisa_trie
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

Part = tuple[marisa_trie.Trie, npt.NDArray[np.float32], csr_matrix]
"""The known terms, how telling each is, and the rows of the texts; columns as in the trie."""

Counts = tuple[csr_matrix, list[str]]
"""How often each term is in each text, and the terms: one row a text, one column a term."""


def count_words(texts: Sequence[Sequence[str]], longest_group: int, least: int) -> Counts:
    """Words, and groups of words that stand beside each other.

    Args:
        texts: the words of each text.
        longest_group: words in a group.
        least: texts that a term must be in.
    """
    words, flat, ends = _numbered(texts)
    text_of = np.repeat(np.arange(len(texts)), np.diff(ends))
    parts: list[csr_matrix] = []
    names: list[str] = []
    spelled = list(words)
    groups = flat
    for length in range(1, longest_group + 1):
        if length > 1:  # a group and the word after it, where the text does not end between them
            after = flat[length - 1 :]
            groups = groups[: len(after)] * len(words) + after
        within = np.flatnonzero(text_of[: len(groups)] == text_of[length - 1 :])
        _, first, number = np.unique(groups[within], return_index=True, return_inverse=True)
        shape = (len(texts), len(first))
        counted = _counts(text_of[within], number, shape)
        enough = np.flatnonzero(_texts_with(counted) >= least)
        parts.append(counted[:, enough])
        begins = within[first[enough]]
        names += (" ".join(spelled[i] for i in flat[b : b + length]) for b in begins)
        _, groups = np.unique(groups, return_inverse=True)  # so that numbers stay small
    return hstack(parts, format="csr"), names


def count_letters(
    texts: Sequence[Sequence[str]],
    letters_of: Callable[[str], Iterable[str]],
    least: int,
    most: Optional[int],
) -> Counts:
    """Groups of letters of each word.

    Args:
        texts: the words of each text.
        letters_of: the groups of letters of a word.
        least: texts that a group must be in.
        most: groups that are kept, the most frequent ones; all, if None.
    """
    words, flat, ends = _numbered(texts)
    in_texts = csr_matrix((np.ones(len(flat), np.int32), flat, ends), (len(texts), len(words)))
    known, letters, letter_ends = _numbered(letters_of(word) for word in words)
    of_words = csr_matrix(
        (np.ones(len(letters), np.int32), letters, letter_ends), (len(words), len(known))
    )
    counted = in_texts @ of_words
    names = list(known)
    enough = np.flatnonzero(_texts_with(counted) >= least)
    if most is not None and len(enough) > most:
        often = np.asarray(counted.sum(axis=0)).ravel()
        ranked = sorted(enough.tolist(), key=lambda column: (-often[column], names[column]))
        enough = np.sort(ranked[:most])
    return counted[:, enough], [names[column] for column in enough]


def weighted(counts: Counts) -> Part:
    """Counted terms with their weights: rare ones tell more."""
    from sklearn.feature_extraction.text import TfidfTransformer

    counted, names = counts
    terms = marisa_trie.Trie(names)
    place = np.array([terms[name] for name in names], dtype=np.int32)
    places = (counted.data.astype(np.float64), place[counted.indices], counted.indptr)
    rows = csr_matrix(places, shape=counted.shape)
    rows.sort_indices()
    rarity = TfidfTransformer(sublinear_tf=True)
    rows = rarity.fit(rows).transform(rows, copy=False)
    return terms, rarity.idf_.astype(np.float32), rows


def _numbered(
    texts: Iterable[Iterable[str]],
) -> tuple[dict[str, int], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The different terms by first use, those of all texts as numbers, and where each text ends."""
    numbers: dict[str, int] = {}
    ends = [0]

    def flat() -> Iterator[int]:
        done = 0
        for terms in texts:
            for term in terms:
                done += 1
                yield numbers.setdefault(term, len(numbers))
            ends.append(done)

    flattened = np.fromiter(flat(), dtype=np.int64)
    return numbers, flattened, np.array(ends, dtype=np.int64)


def _counts(
    rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], shape: tuple[int, int]
) -> csr_matrix:
    counted = csr_matrix((np.ones(len(rows), np.int32), (rows, columns)), shape=shape)
    counted.sum_duplicates()
    return counted


def _texts_with(counted: csr_matrix) -> npt.NDArray[np.int64]:
    """How many texts each term is in."""
    return np.bincount(counted.indices, minlength=counted.shape[1])
