"""What a person is called, in lower case and whatever word it is."""

from __future__ import annotations

import pytest

from assistant.privacy.called_names import is_called_in_lower_case
from assistant.privacy.text_words import Words


def verdict(text: str, word: str) -> bool:
    words = Words(text)
    index = [each.lower for each in words].index(word)
    return is_called_in_lower_case(words, index, [False] * index)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("sum1 called lampshade is here", "lampshade"),
        ("a lad nicknamed lampshade", "lampshade"),
        ("my m8 is known as lampshade", "lampshade"),
        ("she is known as lampshade", "lampshade"),
        ("his name is lampshade", "lampshade"),
        ("my names li and", "li"),
    ],
)
def test_a_nickname_may_be_any_word(text: str, word: str) -> None:
    assert verdict(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("the lad called round at nine", "round"),
        ("a girl called me a liar", "me"),
        ("her name is on it", "on"),
        ("his name is cleared", "cleared"),
        ("a form called lampshade", "lampshade"),
        ("she called lampshade", "lampshade"),
        ("his names everywhere", "everywhere"),
        ("a person called teacher", "teacher"),
    ],
)
def test_what_else_may_stand_there_is_none(text: str, word: str) -> None:
    assert not verdict(text, word)


def test_the_second_word_of_a_nickname_belongs_to_it() -> None:
    words = Words("someone called big lampshade said")
    assert is_called_in_lower_case(words, 3, [False, False, True])
    assert not is_called_in_lower_case(words, 3, [False, False, False])
    assert not is_called_in_lower_case(words, 4, [False, False, False, True])
