"""What the content model refuses by itself."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from assistant.guidance import Citation, Library
from assistant.guidance.model import Contact, Point, ReviewLink, Section, Source

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


def test_a_citation_has_a_source_and_perhaps_a_section() -> None:
    assert Citation("kcsie-2026").section is None
    assert Citation("national-review:local/health").section == "local/health"
    assert Citation("national-review:local/health").source == "national-review"


def test_a_page_is_printed_only_as_strongly_as_it_is_known() -> None:
    assert Section(label="a place", pages="7").place == "a place"
    reported = Section(label="a place", pages="2-3", page_status="reported")
    assert reported.place == "a place, reported pages 2-3"
    assert Section(label="a place", pages="7", page_status="confirmed").place == "a place, page 7"


def test_no_chapter_of_the_review_is_named(library: Library) -> None:
    for section in library.sources["national-review"].sections.values():
        assert "chapter" not in section.place.lower()
        assert not (section.number and section.number_status == "unknown")


@pytest.mark.parametrize(
    ("model", "fields", "said"),
    [
        (Source, {**SOURCE, "url": "http://example.org"}, "starts with https"),
        (Source, {**SOURCE, "standing": "hearsay"}, "unexpected value"),
        (Source, {**SOURCE, "colour": "red"}, "extra fields"),
        (Point, {"text": "A point", "facts": []}, "give at least one"),
        (Point, {"text": " ", "facts": ["a"]}, "at least 1 character"),
        (ReviewLink, {"cite": "kcsie-2026", "says": "x", "fit": "nearest"}, "national review"),
        (ReviewLink, {"cite": "national-review", "says": "x", "fit": "near"}, "unexpected value"),
        (Contact, {"name": "A", "when": "now", "territory": "France"}, "unexpected value"),
    ],
)
def test_what_is_wrong_is_refused(model: Any, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        model(**fields)
