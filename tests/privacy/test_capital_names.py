"""Words that a capital makes a name, by what they stand beside."""

from __future__ import annotations

import pytest

from assistant.privacy.capital_names import is_capital_in_a_pair, is_name_by_its_capital
from assistant.privacy.text_words import Words


def verdict(text: str, word: str) -> bool:
    words = Words(text)
    return is_name_by_its_capital(words, [each.text for each in words].index(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Jürgen came", "Jürgen"),
        ("I told Florin about it", "Florin"),
        ("hi Florin, just to say", "Florin"),
        ("staying with my aunt Paper", "Paper"),
        ("seen by E. Salting.", "Salting"),
        ("Father: I. Salting, 40", "Salting"),
        ("Florin Zofia came", "Florin"),
        ("with Auntie Chi at home", "Chi"),
        ("Pt Birch, Zofia came", "Birch"),
    ],
)
def test_a_word_with_a_capital_is_a_name(text: str, word: str) -> None:
    assert verdict(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("at the Café again", "Café"),
        ("I have lost my Florin", "Florin"),
        ("under the Voyeurism Act", "Voyeurism"),
        ("told of Voyeurism guidance", "Voyeurism"),
        ("Searching and Confiscation Policy", "Confiscation"),
        ("his sister's Paper", "Paper"),
        ("my son Mondays only", "Mondays"),
        ("my sister Facebook messaged", "Facebook"),
        ("this is plan B. Rehousing helps", "Rehousing"),
        ("the case of B. Then he left", "Then"),
        ("Florin or not", "Florin"),
        ("an oak, a Birch, Paper", "Birch"),
    ],
)
def test_what_is_no_name_stays(text: str, word: str) -> None:
    assert not verdict(text, word)


@pytest.mark.parametrize(
    ("text", "index", "beside", "expected"),
    [
        ("with Zofia and Paper.", 3, 1, True),
        ("with Paper & Zofia", 1, 2, True),
        ("with Zofia and Dad", 3, 1, False),
        ("in May and Zofia", 1, 3, False),
        ("with Zofia and paper", 3, 1, False),
        ("with Zofia and Paper Aeroplanes", 3, 1, False),
    ],
)
def test_a_capital_beside_a_name(text: str, index: int, beside: int, expected: bool) -> None:
    assert is_capital_in_a_pair(Words(text), index, beside) is expected
