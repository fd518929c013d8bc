"""Every heading of the list is used, and every word stands in the form in which it is looked up."""

from __future__ import annotations

from assistant.privacy import cue_words, place_words
from assistant.privacy.vocabulary import fold, word_sets

IN_CAPITALS = {"quarters", "father-mother", "not-initials", "of-notes", "acronyms"}


def test_words_are_folded_but_where_capitals_are_meant() -> None:
    for heading, words in word_sets("cue-words.txt").items():
        for word in words:
            form = word.upper() if heading in IN_CAPITALS else fold(word)
            assert word == form, (heading, word)


def test_no_heading_is_forgotten() -> None:
    for file, module in (("cue-words.txt", cue_words), ("place-words.txt", place_words)):
        sets = [value for value in vars(module).values() if isinstance(value, frozenset)]
        for heading, words in word_sets(file).items():
            used = any(words <= each for each in sets) or heading == "does-or-is"
            assert used, heading
    assert not cue_words.ACTS & word_sets("cue-words.txt")["does-or-is"]
