"""The tokens among which places are looked for."""

from __future__ import annotations

import pytest

from assistant.privacy.place_tokens import Tokens


def test_a_token_knows_where_it_stands_and_what_stood_before() -> None:
    text = "At 12b, Heol-y-Bont"
    tokens = Tokens(text)
    assert [text[token.start : token.end] for token in tokens] == ["At", "12b", "Heol-y-Bont"]
    assert [token.gap for token in tokens] == ["", " ", ", "]
    assert [token.is_number for token in tokens] == [False, True, False]
    assert [token.capital for token in tokens] == [True, False, True]


def test_no_word_stands_outside_of_the_text() -> None:
    tokens = Tokens("at school")
    assert tokens.is_at(1, "home", "school")
    assert not tokens.is_at(-1, "school") and not tokens.is_at(2, "school")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("at Old Mill Lane", 1),
        ("the next road", 2),
        ("we saw: Mill Lane", 2),
        ("Upper Old Mill Field Lane", 1),  # three words at most
    ],
)
def test_a_name_begins_behind_what_can_be_no_part_of_it(text: str, start: int) -> None:
    tokens = Tokens(text)
    assert tokens.name_start(len(tokens) - 1, longest=3) == start
