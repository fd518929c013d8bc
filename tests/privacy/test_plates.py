"""Car registrations: by their form, or behind a word that announces one."""

from __future__ import annotations

import pytest

from assistant.privacy.plates import PLATE_RECOGNISERS
from tests.privacy.finding import found


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("a KV19 XTL was outside", "KV19 XTL"),
        ("with a 0 for an O: MV64 B0J", "MV64 B0J"),
        ("spelling words: KV15 DAY", "KV15 DAY"),
        ("an older one, p834kwo", "p834kwo"),
        ("older still, KWO 834P", "KWO 834P"),
        ("from Northern Ireland, XIZ 4417", "XIZ 4417"),
        ("his van is 4417 RH", "4417 RH"),
        ("the plate is M1 KEY", "M1 KEY"),
        ("her reg starts LD22", "LD22"),
        ("the reg of his van ends OOV", "OOV"),
        ("with a Z for a 7: plate D4Z PNR", "D4Z PNR"),
        ("with spaces, S 83 NTY", "S 83 NTY"),
        ("one of several: MT58 BNX, T4 RYN", "T4 RYN"),
        ("a trailer QQX 417T", "QQX 417T"),
    ],
)
def test_a_plate_is_found_whole(text: str, plate: str) -> None:
    assert plate in found(PLATE_RECOGNISERS, text)


@pytest.mark.parametrize(
    "text",
    [
        "in 15 min",
        "my y5 boy",
        "S47 NFA",
        "car 2 DSL",
        "parked 10 mins",
        "driving 2019",
        "on AB 12",
        "S 47 NFA",
        "Y 11 EAL",
        "the reg ends in May",
    ],
)
def test_what_only_looks_like_a_plate_is_none(text: str) -> None:
    assert not found(PLATE_RECOGNISERS, text)
