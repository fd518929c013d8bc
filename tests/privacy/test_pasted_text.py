"""Identifiers as Word, e-mail and web pages write them, and as people hide or shorten them."""

from __future__ import annotations

import concurrent.futures
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.privacy.masks import MASKS
from assistant.privacy.plain_text import PlainText
from assistant.privacy.redaction import (
    OVERLAP_CHARACTERS,
    PIECE_CHARACTERS,
    Redactor,
    shared_redactor,
)


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return shared_redactor()


SPACES = [c for c in map(chr, range(0x3100)) if unicodedata.category(c) == "Zs"]
DASHES = [c for c in map(chr, range(0x10000)) if unicodedata.category(c) == "Pd"] + ["\u2212"]
INVISIBLE = ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u202a", "\u034f"]


@pytest.mark.parametrize("space", SPACES, ids=lambda space: f"U+{ord(space):04X}")
def test_every_unicode_space_is_one(redactor: Redactor, space: str) -> None:
    assert redactor.redact(f"NHS{space}999{space}000{space}0018 ok") == f"NHS{space}[NHS number] ok"
    assert redactor.redact(f"at ZZ9{space}9ZZ") == "at [postcode]"
    assert redactor.redact(f"on 03{space}November{space}2016") == "on [date]"


@pytest.mark.parametrize("dash", DASHES, ids=lambda dash: f"U+{ord(dash):04X}")
def test_every_unicode_dash_is_one(redactor: Redactor, dash: str) -> None:
    assert redactor.redact(f"ring 07700{dash}900{dash}123") == "ring [phone number]"


@pytest.mark.parametrize("sign", INVISIBLE, ids=lambda sign: f"U+{ord(sign):04X}")
def test_invisible_characters_hide_nothing(redactor: Redactor, sign: str) -> None:
    assert redactor.redact(f"my client Har{sign}preet said") == "my client [name] said"
    assert redactor.redact(f"ring 0770{sign}0 9001{sign}23 now") == "ring [phone number] now"


PASTED = {
    # Digits, letters and spaces of other kinds.
    "ring ０７７００ ９００１２３": "ring [phone number]",
    "ring ٠٧٧٠٠ ٩٠٠١٢٣": "ring [phone number]",
    "ring 07700  900  123 or 07700, 900, 123": "ring [phone number] or [phone number]",
    "ring 07700 – 900 – 123": "ring [phone number]",
    "my client Zoe\u0308 Ｂｅｌｌ said": "my client [name] said",
    # What is not masked stays as it was typed.
    "a child’s words – “stop it”\u00a0– no": "a child’s words – “stop it”\u00a0– no",
    # Other scripts, and letters of them in a Latin name.
    "my name is محمد علي": "my name is [words in another script]",
    "her mother 王小梅 came": "her mother [words in another script] came",
    "ফাতেমা বেগম told me": "[words in another script] told me",
    "signed ਹਰਪ੍ਰੀਤ ਕੌਰ": "signed [words in another script]",
    "my client \u0410nna said": "my client [words in another script] said",
    # Cars.
    "his car is KV19 XTL": "his car is [car registration]",
    "BD51SMR was outside": "[car registration] was outside",
    "p834 kwo was the van": "[car registration] was the van",
    "plate s4 mmy": "plate [car registration]",
    "in 15 min, y5 boy, S47 NFA, at 12 pls": "in 15 min, y5 boy, S47 NFA, at 12 pls",
    # Initials and short names.
    "SB said that LB hurts her": "[name] said that [name] hurts her",
    "tj told me, daz was there": "[name] told me, [name] was there",
    "my cousin lil M is scared": "my cousin lil [name] is scared",
    "jac says his brother did it": "[name] says his brother did it",
    "my boy twm said": "my boy [name] said",
    "his name is d a n n y": "his name is [name]",
    "e.g. her N.I. number": "e.g. her N.I. number",
    # Names that are words too.
    "blue said her dad hurts her": "[name] said her dad hurts her",
    "hope is 7, princess is 4": "[name] is 7, [name] is 4",
    "i hope it is a blessing, she goes blue": "i hope it is a blessing, she goes blue",
    # User names and hidden addresses.
    "he is NoobSlayer on there": "he is [user name] on there",
    "his snap is big.ron77": "his snap is [user name]",
    "mail sam at example dot org": "mail [e-mail address]",
    "mail sam [at] example [dot] org": "mail [e-mail address]",
    "mail sam(at)example(dot)org": "mail [e-mail address]",
    # Places.
    "she goes to ashdene primary": "she goes to [place]",
    "the imam at Al-Noor Mosque": "the imam at [place]",
    "at St Aldric’s": "at [place]",
    "at Bluebell Day Nursery": "at [place]",
    "a special school, the local surgery": "a special school, the local surgery",
    "they live at marlpit gardens number 9": "they live at [address]",
    "12 the copse": "[address]",
    "Flat 6, 112 Bellhouse Lane": "[address]",
    # Words for numbers, and references.
    "born the third of march twenty fourteen": "born [date]",
    "oh double seven double oh nine hundred one two three": "[phone number]",
    "CAD 1123 and collar 3382": "CAD [reference] and collar [reference]",
    # Topics, laws, services and their numbers.
    "Sarah’s Law or Clare's Law, section 47, May 2024": (
        "Sarah’s Law or Clare's Law, section 47, May 2024"
    ),
    "Stop It Now and the Marie Collins Foundation": "Stop It Now and the Marie Collins Foundation",
    "Childline is 0800 1111": "Childline is 0800 1111",
    "I work with Gypsy, Roma and Traveller families": (
        "I work with Gypsy, Roma and Traveller families"
    ),
}


@pytest.mark.parametrize("text", PASTED)
def test_pasted_and_typed_identifiers_are_masked_by_kind(redactor: Redactor, text: str) -> None:
    assert redactor.redact(text) == PASTED[text]


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_every_plain_character_knows_where_it_came_from(text: str) -> None:
    plain = PlainText(text)
    places = [plain.original(place, place + 1) for place in range(len(plain.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_only_what_is_found_is_changed(text: str) -> None:
    redactor = shared_redactor()
    found, redacted = redactor.find(text), redactor.redact(text)
    kept, end = [], 0
    for start, stop in found:
        assert end <= start < stop <= len(text)
        kept.append(text[end:start])
        end = stop
    kept.append(text[end:])
    for part in kept:
        assert part in redacted
    assert (redacted == text) == (not found) or any(mask in text for mask in MASKS.values())


def test_an_identifier_between_two_pieces_is_masked(redactor: Redactor) -> None:
    for before in range(PIECE_CHARACTERS - OVERLAP_CHARACTERS - 40, PIECE_CHARACTERS + 10, 13):
        text = (
            "so " * (before // 3) + "my client Zofia Nowak rang 07700 900 123 again. " + "why " * 90
        )
        redacted = redactor.redact(text)
        assert "Zofia" not in redacted and "Nowak" not in redacted and "900" not in redacted


def test_threads_redact_at_once_and_agree(redactor: Redactor) -> None:
    texts = list(PASTED) * 5
    expected = [PASTED[text] for text in texts]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(redactor.redact, texts)) == expected
