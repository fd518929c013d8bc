"""Counts of all examples at once are those of counting one by one."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Optional

import numpy as np
import pytest

from assistant.understanding.counting import Counts, count_letters, count_words

TEXTS = [
    ["tea", "with", "milk"],
    [],
    ["tea", "tea", "with", "milk", "tea"],
    ["milk"],
    ["with", "x"],
]


def as_counters(counts: Counts) -> list[dict[str, int]]:
    counted, names = counts
    rows = counted.toarray()
    return [{names[i]: int(row[i]) for i in np.flatnonzero(row)} for row in rows]


def one_by_one(texts: list[list[str]], least: int) -> list[dict[str, int]]:
    """The counts of each text; of terms that are in enough of them."""
    counters = [Counter(text) for text in texts]
    among = Counter(itertools.chain.from_iterable(counters))
    return [{t: n for t, n in one.items() if among[t] >= least} for one in counters]


@pytest.mark.parametrize("least", [1, 2, 3])
@pytest.mark.parametrize("longest", [1, 2, 3, 4])
def test_groups_of_words(longest: int, least: int) -> None:
    """A group ends where its text ends, and a group of four counts as a group of two does."""
    texts = [
        [" ".join(text[i : i + n]) for n in range(1, longest + 1) for i in range(len(text) - n + 1)]
        for text in TEXTS
    ]
    assert as_counters(count_words(TEXTS, longest, least)) == one_by_one(texts, least)


@pytest.mark.parametrize("least", [1, 2])
def test_groups_of_letters(least: int) -> None:
    texts = [list("".join(text)) for text in TEXTS]
    assert as_counters(count_letters(TEXTS, list, least, None)) == one_by_one(texts, least)


@pytest.mark.parametrize(("most", "kept"), [(1, "t"), (2, "it"), (3, "ait"), (None, "aehiklmtwx")])
def test_the_most_frequent_letters_are_kept_and_the_alphabet_decides_between_equals(
    most: Optional[int], kept: str
) -> None:
    """Whatever the order of the texts."""
    for texts in (TEXTS, TEXTS[::-1]):
        _, names = count_letters(texts, list, 1, most)
        assert sorted(names) == sorted(kept)
