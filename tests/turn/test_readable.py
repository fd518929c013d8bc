"""Texts in plain letters: what hid an urgent message, and what stays as it is."""

from __future__ import annotations

import time
import unicodedata

import pytest

from assistant.turn.official import urgent_by_pattern
from assistant.turn.readable import readable
from assistant.understanding.long_texts import LONGEST_READ

URGENT = "my stepdad touches me at night"


def in_letters(first: int, text: str) -> str:
    """The text in the letters of an alphabet that begins here."""
    return "".join(chr(first + ord(one) - ord("a")) if one.isalpha() else one for one in text)


def joined_by(character: str, text: str) -> str:
    return " ".join(character.join(word) for word in text.split())


HIDDEN = {
    "soft hyphens": joined_by("\u00ad", URGENT),
    "zero-width spaces": joined_by("\u200b", URGENT),
    "joiners": "\u2060".join(URGENT),
    "zeros": joined_by("\0", URGENT),
    "half characters": joined_by("\ud800", URGENT),
    "a direction": f"\u202e{URGENT}\u202c",
    "full-width": in_letters(0xFF41, URGENT).replace(" ", "\u3000"),
    "bold": in_letters(0x1D41A, URGENT),
    "Fraktur": in_letters(0x1D586, URGENT),
    "in circles": in_letters(0x24D0, URGENT),
    "in black squares": in_letters(0x1F170, URGENT),
    "struck through": joined_by("\u0336", URGENT),
    "Cyrillic letters": URGENT.replace("a", "\u0430").replace("e", "\u0435"),
    "letters one by one": "   ".join(" ".join(word) for word in URGENT.split()),
    "signs for letters": "my st3pdad t0uch3s me at n1ght",
}


@pytest.mark.parametrize("way", HIDDEN)
def test_an_urgent_message_is_read_however_its_letters_are_hidden(
    way: str,
) -> None:
    assert readable(HIDDEN[way]) == URGENT
    assert urgent_by_pattern(HIDDEN[way])


@pytest.mark.parametrize(
    "text",
    [
        "What is a s47 enquiry, and who decides? It’s 2 pm – she’s 14yo & in Y9…",
        "M A S H stands for what?",
        "r u a bot",
        "Form C1A or PA1A, SW1A 1AA, c1a",
        "ask dsl@school.example or https://school.example/a1b",
        "Mae fy nhad yn fy nghyffwrdd â’i ddwylo; ŵyr, tŷ",
        "mój tata mnie dotyka, proszę o pomoc",
        "\u0645\u06cc\u0631\u06cc \u0645\u062f\u062f \u06a9\u0631\u06cc\u06ba",
        "\u09ac\u09be\u09ac\u09be \u0995\u09bf \u0995\u09b0\u09c7",
        "\u043f\u0430\u043f\u0430 \u043c\u0435\u043d\u044f",
        "help \U0001f62d\U0001f198",
        "one\n\ntwo\tthree",
        "",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert readable(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("piece", ["a4", "a", "a ", "a4b4 ", "a@", "a\u0301", "\u0301\u0327"])
def test_no_text_that_is_read_is_slow(piece: str) -> None:
    """Every repetition in a pattern is bounded; they take milliseconds."""
    began = time.process_time()
    readable(piece * (LONGEST_READ // len(piece)))
    assert time.process_time() - began < 2
