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
        ("At St. Aldric's today", "St. Aldric's"),
        ("in Ysgol Llanfedw", "Ysgol Llanfedw"),
        ("for Larkmead Rovers under-12s", "Larkmead Rovers under-12s"),
        ("plays for Larkmead JFC", "Larkmead JFC"),
        ("lives in Nether Larkmead", "Nether Larkmead"),
        ("at the Sacred Heart", "Sacred Heart"),
        ("at Brenham bus station", "Brenham bus station"),
        ("round Brenham skate park", "Brenham skate park"),
        ("I'm at Brenham 6th form", "Brenham 6th form"),
        ("above the White Swan pub", "White Swan pub"),
        ("with us at Harbour Pentecostal Fellowship", "Harbour Pentecostal Fellowship"),
        ("works at Sponge & Sparkle Hand Car Wash", "Sponge & Sparkle Hand Car Wash"),
        ("leads the 3rd Brenham Scouts", "3rd Brenham Scouts"),
        ("works in Dobbson's Meats", "Dobbson's Meats"),
        ("above Brenham Vape & Phone", "Brenham Vape & Phone"),
        ("at St Brenham's Mother and Baby Home", "St Brenham's Mother and Baby Home"),
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
        "at the bus station",
        "to start sixth form",
        "in the pub",
        "two Burner Phones",
        "in a mother and baby home",
        "at Dock St. Please advise",
    ],
)
def test_a_described_place_stays(text: str) -> None:
    assert not found(ALL, text)
