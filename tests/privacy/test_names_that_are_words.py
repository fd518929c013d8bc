"""Given names that are English words: both readings of each."""

from __future__ import annotations

import pytest

from assistant.privacy.names_that_are_words import is_name_that_is_a_word
from assistant.privacy.text_words import Words


def verdict(text: str, word: str) -> bool:
    words = Words(text)
    index = [each.lower for each in words].index(word)
    return is_name_that_is_a_word(words, index, [False] * index)


@pytest.mark.parametrize(
    ("word", "name", "plain"),
    [
        ("hope", "hope is 7", "i hope it is true"),
        ("will", "Will told me", "Will you help?"),
        ("summer", "a girl called summer", "in summer 2024"),
        ("may", "May (7) left", "since May 2024"),
        ("grace", "my client Grace", "with grace"),
        ("mercy", "is mercy safe", "have mercy on us"),
        ("mason", "does my boyfriend mason get in", "he is a mason"),
        ("hunter", "hunter from next door", "a hunter from next door"),
        ("ruby", "then ruby cried", "a ruby ring"),
        ("joy", "joy and his baby", "the joy and his baby"),
        ("wills", "Wills dad", "their wills"),
        ("precious", "Precious' school rang", "precious school days"),
        ("jazz", "me and jazz were in", "me and jazz music"),
        ("will", "my ex will collects them", "my ex will collect them"),
        ("will", "Will will be 18", "Will they be 18"),
        ("will", "if will can come", "the will can be read"),
        ("june", "and June is 5", "and June is 5 weeks off"),
        ("peaches", '5) "Peaches" is out', 'he said "Peaches" is out'),
        ("will", "my partner will said so", "my partner, I think, will say so"),
        ("pat", "my nanny pat burned it", "my nanny will pat it"),
        ("mark", "Mark should rest", "Mark the page"),
        ("faith", "Faith hid", "Faith matters here"),
        ("rex", "then Rex", "the rex"),
        ("smiths", "at the Smiths", "two smiths"),
    ],
)
def test_what_stands_around_tells_the_name_from_the_word(word: str, name: str, plain: str) -> None:
    assert verdict(name, word)
    assert not verdict(plain, word)


def test_a_name_behind_a_name_and_a_word_that_joins_them() -> None:
    words = Words("hope and grace")
    assert is_name_that_is_a_word(words, 2, [True, False])
    assert not is_name_that_is_a_word(words, 2, [False, False])
