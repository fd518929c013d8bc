"""Thanks in whatever words, and what only begins or ends with them."""

from __future__ import annotations

import pytest

from assistant.turn.thanks import LONGEST_THANKS, is_thanks


@pytest.mark.parametrize(
    "text",
    [
        "ta",
        "Right, ta x",
        "nice one cheers",
        "aw you’re a star, ta ever so!",
        "yeah that's sorted. Cheers pal :)",
        "thank u so much for all your help",
        "Diolch i chi",
        "ok, diolch am y wybodaeth",
        "tysm xxx",
    ],
)
def test_thanks_and_nothing_else(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "right, lovely",
        "our TA saw it",
        "cheers for nothing",
        "ta but what if he comes back",
        "thanks for everything, goodbye",
        "is that ta?",
        "nice one was hurt",
        "diolch, ond beth nesaf",
        "",
        "ta " * LONGEST_THANKS,
    ],
)
def test_more_than_thanks_or_none(text: str) -> None:
    assert not is_thanks(text)
