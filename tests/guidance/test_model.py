"""What all content refuses, whatever kind it is of."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assistant.guidance.model import ContentModel, require_https, require_some


class Note(ContentModel):
    text: str


def test_text_is_stripped_and_never_changes() -> None:
    note = Note(text=" A note ")
    assert note.text == "A note"
    with pytest.raises(TypeError, match="immutable"):
        note.text = "Another"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": "A note", "txet": "A note"}, "extra fields"),
        ({"text": " "}, "at least 1 character"),
        ({}, "field required"),
    ],
)
def test_what_is_wrong_is_refused(fields: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Note.parse_obj(fields)


def test_an_address_is_https() -> None:
    assert require_https("https://example.org") == "https://example.org"
    assert require_https(None) is None
    with pytest.raises(ValueError, match="starts with https"):
        require_https("http://example.org")


def test_a_list_that_must_not_be_empty() -> None:
    assert require_some(("one",)) == ("one",)
    with pytest.raises(ValueError, match="give at least one"):
        require_some(())
