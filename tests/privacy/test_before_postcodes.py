"""An address is masked from its number, or the name of its house, to its postcode."""

from __future__ import annotations

import pytest

from assistant.privacy.before_postcodes import address_before_postcodes
from assistant.privacy.place_tokens import Tokens


def addresses(text: str) -> list[str]:
    return [text[found.start : found.end] for found in address_before_postcodes(Tokens(text))]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("he is at 7 fenn st, rochdale, ol99 1zz now", "7 fenn st, rochdale, ol99 1zz"),
        ("at flat 3 harker hse barking ig99 4zz", "flat 3 harker hse barking ig99 4zz"),
        ("to The Granary, Back Lane, SP99 7ZZ.", "The Granary, Back Lane, SP99 7ZZ"),
        ("to 12B Long Causeway, Ripon, HG99 3ZZ", "12B Long Causeway, Ripon, HG99 3ZZ"),
        ("to The Annexe, rear of 9 Dock Rd, YO99 7ZZ", "The Annexe, rear of 9 Dock Rd, YO99 7ZZ"),
        ("Old School House, Church Brow CA99 3ZZ", "Old School House, Church Brow CA99 3ZZ"),
        ("of Ashby de la Zouch LE99 1ZZ", "Ashby de la Zouch LE99 1ZZ"),
    ],
)
def test_all_that_stands_before_a_postcode_is_its_address(text: str, address: str) -> None:
    assert addresses(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "she has 2 kids and lives near me SK99 1ZZ",
        "My postcode is SK99 1ZZ",
        "moved 2 weeks ago to LS99 8ZZ",
        "Visit on 3 June, the flat at LS99 8ZZ",
        "section 20 accommodation LS99 8ZZ",
    ],
)
def test_what_is_no_address_is_left_to_other_rules(text: str) -> None:
    assert not addresses(text)
