"""Long texts in parts."""

from __future__ import annotations

from assistant.understanding.long_texts import (
    LONG_WORDS,
    LONGEST_READ,
    LONGEST_WORD,
    PART_WORDS,
    bounded,
    parts_of,
)


def test_a_short_text_is_one_part() -> None:
    assert parts_of("short message") == ["short message"]
    assert parts_of("w " * LONG_WORDS) == [("w " * LONG_WORDS).strip()]


def test_a_long_text_is_read_whole_in_parts_that_overlap() -> None:
    words = [f"w{i}" for i in range(400)]
    parts = [part.split() for part in parts_of(" ".join(words))]
    assert all(len(part) <= PART_WORDS for part in parts)
    assert {word for part in parts for word in part} == set(words)
    # Whatever stands in half a part stands in one part as a whole.
    for start in range(len(words) - PART_WORDS // 2):
        clause = words[start : start + PART_WORDS // 2]
        assert any(" ".join(clause) in " ".join(part) for part in parts), start


def test_what_reading_costs_is_bounded() -> None:
    most = 2 * LONGEST_READ // PART_WORDS + 1
    for text in ("a " * 1_000_000, "x" * 1_000_000, "", " \n "):
        parts = parts_of(text)
        assert 1 <= len(parts) <= most
        assert sum(map(len, parts)) <= 2 * LONGEST_READ
    assert bounded("y" * 1000) == "y" * LONGEST_WORD
