"""What is said to messages in other languages."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assistant.guidance import Library
from assistant.guidance.languages import Languages


def test_a_language_has_a_name_and_a_text(library: Library) -> None:
    fields = library.languages.dict()
    assert Languages.parse_obj(fields) == library.languages
    with pytest.raises(ValidationError, match="field required"):
        Languages.parse_obj({**fields, "languages": {"cy": {"name": "Cymraeg"}}})
