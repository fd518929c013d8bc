"""The lists of words, and what is looked up in them."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest

from assistant.guidance import ContentError
from assistant.privacy import vocabulary
from assistant.privacy.vocabulary import (
    LISTS,
    fold,
    is_english,
    is_listed_name,
    is_made_of_words,
    is_term,
    is_word,
    variants,
    word_sets,
)


def test_a_word_is_known_with_its_endings_and_in_parts() -> None:
    assert all(map(is_english, ["school", "schools", "don't", "mum's", "school-run"]))
    assert not is_english("qxzivjk")


def test_a_brand_and_a_word_of_another_language_are_words_and_not_english() -> None:
    assert is_word("giffgaff") and not is_english("giffgaff")
    assert is_word("hooyo") and not is_english("hooyo")
    assert is_word("school") and not is_word("qxzivjk")


def test_accents_and_capitals_are_folded() -> None:
    assert fold("Siân") == "sian"


def test_without_the_shorthand_no_term_is_known_and_more_is_masked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        raise ContentError([])

    assert is_term("lado") and not is_term("2moro")
    vocabulary.known_terms.cache_clear()
    monkeypatch.setattr(vocabulary, "current_shorthand", broken)
    assert not is_term("lado")
    vocabulary.known_terms.cache_clear()


def test_words_run_together_or_with_a_prefix_are_made_of_words() -> None:
    for word in ("timekeeping", "rehoming", "soonish", "wording-ish", "non-teaching"):
        assert is_made_of_words(word)
    for word in ("qxzivjk", "birchwood", "akshay", "x" * 50):
        assert not is_made_of_words(word)


def test_half_of_a_double_name_is_enough() -> None:
    assert is_listed_name("zofia") and is_listed_name("zofia-may") and not is_listed_name("school")


def test_one_slip_takes_adds_changes_or_swaps_a_letter() -> None:
    assert {"th", "thee", "tha", "hte"} <= set(variants("the"))


def test_a_list_with_headings_is_read_by_heading(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("# All of it.\n\n[streets]\n# Kinds.\nroad\nlane\n\n[capitals]\nFM\n")
    assert word_sets("list.txt", tmp_path) == {"streets": {"road", "lane"}, "capitals": {"FM"}}
    path.write_text("[streets]\nroad\nlane\nroad\n")
    with pytest.raises(configparser.DuplicateOptionError, match="road"):
        word_sets("list.txt", tmp_path)


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.txt")), ids=lambda p: p.name)
def test_a_list_says_what_it_holds_and_holds_one_entry_a_line(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    entries = [line for line in lines if not line.startswith(("#", "["))]
    assert all(entry == entry.strip() for entry in entries)
