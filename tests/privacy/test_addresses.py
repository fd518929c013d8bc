"""Streets with what belongs to them; found by words, or by capitals alone."""

from __future__ import annotations

import pytest

from assistant.privacy.addresses import (
    ADDRESS_PATTERNS,
    POSTCODE_PATTERNS,
    TOWN_WITH_POSTCODE,
    addresses_at,
)
from assistant.privacy.place_tokens import Tokens
from tests.privacy.finding import found


def addresses(text: str) -> list[str]:
    tokens = Tokens(text)
    spans = {(f.start, f.end) for index in range(len(tokens)) for f in addresses_at(tokens, index)}
    return [text[start:end] for start, end in sorted(spans)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("of 14 Acacia Avenue.", "14 Acacia Avenue"),
        ("12 the copse", "12 the copse"),
        ("at marlpit gardens number 9", "marlpit gardens number 9"),
        ("Flat 6, 112 Bellhouse Lane", "Flat 6, 112 Bellhouse Lane"),
        ("at The Old Forge, Mill Lane, Castlebridge.", "The Old Forge, Mill Lane, Castlebridge"),
        ("at Hatchet Lane Site", "Hatchet Lane Site"),
        ("at Hatchet Lane site", "Hatchet Lane site"),
        ("at Heron View, Back Lane", "Heron View, Back Lane"),
        ("in The Laurels, Mill Lane", "The Laurels, Mill Lane"),
        ("from Block D, 9 Heron View", "Block D, 9 Heron View"),
        ("of 14 acacia avenue, stockport and", "14 acacia avenue, stockport"),
        ("not to enter Larch Drive", "Larch Drive"),
        ("on the Brenham estate", "Brenham estate"),
        ("at the Swan, Quay St", "Quay St"),
        ("3 Heol y Bont", "3 Heol y Bont"),
        ("in flat 12b now", "flat 12b"),
        ("Address: The Old Forge, nr Llanfair", "The Old Forge, nr Llanfair"),
    ],
)
def test_an_address_is_found_with_what_belongs_to_it(text: str, address: str) -> None:
    assert address in addresses(text)


@pytest.mark.parametrize(
    "text",
    [
        "down the next road",
        "a way to close the case",
        "section 20 accommodation end",
        "family court",
    ],
)
def test_an_ordinary_description_is_no_address(text: str) -> None:
    assert not addresses(text)


def test_what_capitals_and_signs_tell() -> None:
    assert found(ADDRESS_PATTERNS, "P.O. Box 12") == ["P.O. Box 12"]
    assert found(ADDRESS_PATTERNS, "lives at 61 Skinner's Rake") == ["61 Skinner's Rake"]
    assert found([TOWN_WITH_POSTCODE], "in Castlebridge LS1 4AB") == ["Castlebridge LS1 4AB"]
    assert found(POSTCODE_PATTERNS, "at ZZ9 9ZZ, from no. 4") == ["ZZ9 9ZZ", "no. 4"]
    assert not found(ADDRESS_PATTERNS, "at 61 skinner's rake")
