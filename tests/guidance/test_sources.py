"""The documents that answers may cite."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assistant.guidance import Library
from assistant.guidance.sources import Section, Source

SOURCE = {
    "title": "A source",
    "short": "A source",
    "publisher": "Us",
    "edition": "undated",
    "territory": "both",
    "standing": "guidance",
    "firmness": "confirmed",
    "checked": "2026-11-30",
}


def test_a_page_is_printed_only_as_strongly_as_it_is_known() -> None:
    assert Section(label="a place", pages="7").place == "a place"
    reported = Section(label="a place", pages="2-3", page_status="reported")
    assert reported.place == "a place, reported pages 2-3"
    assert Section(label="a place", pages="7", page_status="confirmed").place == "a place, page 7"


def test_no_chapter_of_the_review_is_named(library: Library) -> None:
    for section in library.sources["national-review"].sections.values():
        assert "chapter" not in section.place.lower()
        assert not (section.number and section.number_status == "unknown")


def test_law_and_statutory_guidance_bind_and_nothing_else_does() -> None:
    standings = ("review", "law", "statutory-guidance", "professional-guidance", "local")
    bind = {one for one in standings if Source.parse_obj({**SOURCE, "standing": one}).binds}
    assert bind == {"law", "statutory-guidance"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "http://example.org"}, "starts with https"),
        ({"standing": "hearsay"}, "unexpected value"),
        ({"short": "A source " * 7}, "at most 60 characters"),
    ],
)
def test_what_is_wrong_is_refused(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Source.parse_obj({**SOURCE, **wrong})
