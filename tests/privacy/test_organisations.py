"""Small organisations and towns: named ones are found, described and public ones stay."""

from __future__ import annotations

import pytest

from assistant.privacy.organisations import ORGANISATION_PATTERNS, SMALL_TOWN, organisations_at
from assistant.privacy.place_tokens import Tokens
from tests.privacy.finding import found


def organisations(text: str) -> list[str]:
    tokens = Tokens(text)
    spans = [(f.start, f.end) for at in range(len(tokens)) for f in organisations_at(tokens, at)]
    return [text[start:end] for start, end in sorted(spans)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("fed by Cup of Kindness Foodbank now", "Cup of Kindness Foodbank"),
        ("a bed at Wagtail Short Breaks", "Wagtail Short Breaks"),
        ("found on Brindle Hill allotments", "Brindle Hill allotments"),
        ("he is with Fothergill & Sons Roofing", "Fothergill & Sons Roofing"),
        ("coach of the Marsden Panthers", "Marsden Panthers"),
        ("placed by Elm & Ivy Fostering", "Elm & Ivy Fostering"),
        ("stays at the Gullhaven B&B", "Gullhaven B&B"),
        ("support from Ripple Advocacy CIC", "Ripple Advocacy CIC"),
        ("on Cornflower Unit again", "Cornflower Unit"),
    ],
)
def test_a_named_organisation_is_found_by_its_kind(text: str, name: str) -> None:
    assert name in organisations(text)


@pytest.mark.parametrize(
    "text",
    [
        "ring the Early Help Hub",
        "the Family Contact Centre",
        "he goes to Breakfast Club",
        "down the allotments",
        "a short breaks offer",
        "met in the car park",
        "Level 3 Advocacy",
        "the FA and the Scouts",
        "Fridays after school",
    ],
)
def test_a_described_organisation_stays(text: str) -> None:
    assert not organisations(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a club called Little Comets", "Little Comets"),
        ("our drama group, Salt & Lantern, has", "Salt & Lantern"),
        ("the club she goes to is the Blue Barn", "Blue Barn"),
        ("I volunteer with Lantern Steps Brenholt", "Lantern Steps Brenholt"),
    ],
)
def test_what_is_said_before_its_name_shows_an_organisation(text: str, name: str) -> None:
    assert found(ORGANISATION_PATTERNS, text) == [name]


@pytest.mark.parametrize(
    "text", ["our school, Year 7, is", "she works for Social Services", "a group called Tuesday"]
)
def test_what_is_no_name_of_an_organisation_stays(text: str) -> None:
    assert not found(ORGANISATION_PATTERNS, text)


def test_a_small_town_is_found_behind_a_word_of_place_and_a_large_one_stays() -> None:
    assert found([SMALL_TOWN], "nan lives in bideford") == ["bideford"]
    assert found([SMALL_TOWN], "from Otley to Leeds") == ["Otley"]
    assert not found([SMALL_TOWN], "a frome, Leeds, and in York")
