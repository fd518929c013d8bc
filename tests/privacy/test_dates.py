"""Full dates and days are found; months and years alone stay."""

from __future__ import annotations

import pytest

from assistant.privacy.dates import DATE_PATTERNS
from tests.privacy.finding import found


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on 14/3/2016.", "14/3/2016"),
        ("seen 2016-03-14", "2016-03-14"),
        ("seen Monday 3rd May 2026", "Monday 3rd May 2026"),
        ("the third of march twenty fourteen", "the third of march twenty fourteen"),
        ("at Christmas 2024", "Christmas 2024"),
        ("dob 140316", "140316"),
        ("since 3 May", "3 May"),
        ("DOB 04MAR2010", "04MAR2010"),
        ("missed 12 & 19 March again", "12 & 19 March"),
        ("booked for Tue 24/6 at noon", "Tue 24/6"),
        ("a flight for the twenty-second", "the twenty-second"),
        ("Xmas Eve 2023", "Xmas Eve 2023"),
        ("my birthday (11 oct)", "11 oct"),
    ],
)
def test_a_date_is_found_whole(text: str, date: str) -> None:
    assert date in found(DATE_PATTERNS, text)


@pytest.mark.parametrize(
    "text",
    [
        "in May 2024",
        "since 2019",
        "section 3.2",
        "at 10.15",
        "2 or 3 may come",
        "on the twenty-second floor",
        "Tue 4/10/2",
    ],
)
def test_what_is_no_day_stays(text: str) -> None:
    assert not found(DATE_PATTERNS, text)


@pytest.mark.parametrize(
    "text",
    ["4 luglio 2015", "12 de marzo de 2014", "7 Jauza 1391", "7 Ağustos 2011", "3 ışı 2011"],
)
def test_a_date_in_another_language_or_calendar_is_one(text: str) -> None:
    assert found(DATE_PATTERNS, f"on {text} he") == [text]


def test_a_count_before_a_year_is_no_date() -> None:
    assert not found(DATE_PATTERNS, "of 12 cases 2014 and 7 children 2015")
