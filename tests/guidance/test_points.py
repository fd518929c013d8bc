"""What answers, urgent replies and guided pages consist of."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from assistant.guidance.points import Citation, Point, ReviewLink


def test_a_citation_has_a_source_and_perhaps_a_section() -> None:
    assert Citation("kcsie-2026").section is None
    assert Citation("national-review:local/health").section == "local/health"
    assert Citation("national-review:local/health").source == "national-review"


@pytest.mark.parametrize(
    ("model", "fields", "said"),
    [
        (Point, {"text": "A point", "facts": []}, "give at least one"),
        (Point, {"text": "A point", "facts": ["a"], "duty": "fact"}, "unexpected value"),
        (Point, {"text": "A point", "facts": ["a"], "scope": "national"}, "unexpected value"),
        (ReviewLink, {"cite": "kcsie-2026", "says": "x", "fit": "nearest"}, "national review"),
        (ReviewLink, {"cite": "The review", "says": "x", "fit": "nearest"}, "source:section"),
        (ReviewLink, {"cite": "national-review", "says": "x", "fit": "near"}, "unexpected value"),
    ],
)
def test_what_is_wrong_is_refused(model: Any, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        model.parse_obj(fields)
