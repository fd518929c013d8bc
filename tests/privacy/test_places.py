"""Schools, surgeries, places of worship, clubs: named ones are found, described ones stay."""

from __future__ import annotations

import pytest

from assistant.privacy.places import DEDICATION, PLACE_PATTERNS, AddressAndPlaceRecogniser
from tests.privacy.finding import found

ALL = (DEDICATION, *PLACE_PATTERNS, AddressAndPlaceRecogniser())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("goes to ashdene primary", "ashdene primary"),
        ("Larkmead C of E School", "Larkmead C of E School"),
        ("at little cygnets nursery", "little cygnets nursery"),
        ("the nursery is Busy Bees", "Busy Bees"),
        ("at St Aldric's church hall", "St Aldric's church hall"),
        ("in Ysgol Llanfedw", "Ysgol Llanfedw"),
        ("for Larkmead Rovers under-12s", "Larkmead Rovers under-12s"),
        ("plays for Larkmead JFC", "Larkmead JFC"),
        ("lives in Nether Larkmead", "Nether Larkmead"),
        ("at the Sacred Heart", "Sacred Heart"),
    ],
)
def test_a_named_place_is_found_whole(text: str, place: str) -> None:
    assert place in found(ALL, text)


@pytest.mark.parametrize(
    "text",
    [
        "a special school",
        "the local surgery",
        "his primary school",
        "my nan's house",
        "in Great Need",
    ],
)
def test_a_described_place_stays(text: str) -> None:
    assert not found(ALL, text)
