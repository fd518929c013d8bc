"""Long texts in parts."""

from __future__ import annotations

import itertools

import pytest

from assistant.understanding.long_texts import (
    LONG_EXAMPLE_WORDS,
    LONG_WORDS,
    LONGEST_READ,
    LONGEST_WORD,
    PART_WORDS,
    SMALL_PART_WORDS,
    bounded,
    is_long,
    parts_to_read,
)

WORDS = [f"w{i}" for i in range(400)]


def test_a_short_text_is_read_as_it_is() -> None:
    assert parts_to_read("short  message\n", too_long=False) == ["short  message\n"]
    long = "w " * LONG_WORDS
    assert parts_to_read(long, too_long=False) == [long]


def test_a_long_text_is_read_whole_first_and_then_in_parts() -> None:
    text = " ".join(WORDS)
    whole, *parts = parts_to_read(text, too_long=False)
    assert whole == text and all(len(part.split()) <= PART_WORDS for part in parts)


@pytest.mark.parametrize(("too_long", "size"), [(False, PART_WORDS), (True, SMALL_PART_WORDS)])
def test_whatever_stands_in_half_a_part_stands_in_one_as_a_whole(too_long: bool, size: int) -> None:
    parts = parts_to_read(" ".join(WORDS), too_long)[not too_long :]
    for start in range(len(WORDS) - size // 2 + 1):
        clause = " ".join(WORDS[start : start + size // 2])
        assert any(clause in part for part in parts), start


@pytest.mark.parametrize("too_long", [False, True])
def test_no_part_is_a_piece_of_the_one_before(too_long: bool) -> None:
    """Its few last words, without their story, were taken for an emergency."""
    for length in range(1, len(WORDS)):
        parts = parts_to_read(" ".join(WORDS[:length]), too_long)[not too_long :]
        assert not parts or parts[-1].endswith(WORDS[length - 1])
        assert not any(later in earlier for earlier, later in itertools.pairwise(parts)), length


def test_no_part_of_a_text_that_is_too_long_counts_as_told_at_length() -> None:
    """What is told at length is urgent only if it is more so."""
    assert is_long("w " * LONG_EXAMPLE_WORDS)
    assert not any(is_long(part) for part in parts_to_read(" ".join(WORDS), too_long=True))


def test_what_reading_costs_is_bounded() -> None:
    for text in ("a " * 1_000_000, "x" * 1_000_000, "", " \n "):
        parts = parts_to_read(text, too_long=True)
        assert 1 <= len(parts) <= LONGEST_READ // SMALL_PART_WORDS + 2
        assert sum(map(len, parts)) <= 2 * LONGEST_READ
    assert bounded("y" * 1000) == "y" * LONGEST_WORD
