"""Urgent situations, patterns and harm."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from assistant.guidance import Library
from assistant.guidance.urgent import HarmFile, UrgentPattern, UrgentSituation


@pytest.mark.parametrize("emptied", ["steps", "contacts", "written_for", "review", "next"])
def test_a_reply_lacks_no_part(library: Library, emptied: str) -> None:
    fields = library.urgent["urgent/general"].dict()
    assert UrgentSituation.parse_obj(fields)
    with pytest.raises(ValidationError, match="give at least one"):
        UrgentSituation.parse_obj({**fields, emptied: ()})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": []}, "give at least one"),
        ({"within": 26}, "less than or equal to 25"),
        ({"within": -1}, "greater than or equal to 0"),
    ],
)
def test_a_pattern_of_nothing_or_everything_is_refused(wrong: dict[str, Any], said: str) -> None:
    assert UrgentPattern(words=("a",)).within > 0
    with pytest.raises(ValidationError, match=said):
        UrgentPattern.parse_obj({"words": ["a"], **wrong})


def test_harm_is_done_to_a_reader_who_is_known() -> None:
    assert HarmFile.parse_obj({"harm": {"child": {"high": ["a/b"]}}}).harm["child"].low == ()
    with pytest.raises(ValidationError, match="unexpected value"):
        HarmFile.parse_obj({"harm": {"grandchild": {}}})
