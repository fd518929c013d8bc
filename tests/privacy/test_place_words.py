"""Every word stands in the form in which it is looked up."""

from __future__ import annotations

from assistant.privacy.place_words import STREETS, STREETS_OR_WORDS
from assistant.privacy.vocabulary import word_sets

PAIRS = {"two-word-places", "two-word-organisations"}


def test_words_are_in_lower_case_and_pairs_only_where_they_are_meant() -> None:
    for heading, words in word_sets("place-words.txt").items():
        for word in words:
            assert word == word.lower(), (heading, word)
            assert len(word.split()) == (2 if heading in PAIRS else 1), (heading, word)


def test_a_kind_of_street_is_of_one_sort() -> None:
    assert not STREETS & STREETS_OR_WORDS
