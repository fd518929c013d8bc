"""What a pattern finds, and what is left out where a name stays."""

from __future__ import annotations

import re

from assistant.privacy.recognisers import LIKELY, Finding, OutsideKept, PatternRecogniser
from tests.privacy.finding import found


def test_a_pattern_finds_its_group_id_and_ignores_case() -> None:
    pattern = PatternRecogniser("NUMBER", LIKELY, r"\bpin (?P<id>\d{4})\b")
    assert list(pattern.find("a PIN 0419")) == [Finding(6, 10, "NUMBER", LIKELY)]


def test_without_a_group_it_finds_the_whole_match() -> None:
    assert found([PatternRecogniser("NUMBER", LIKELY, r"\d{2,4}")], "a 12 b 345") == ["12", "345"]


def test_a_check_decides_on_each_match() -> None:
    even = PatternRecogniser("NUMBER", LIKELY, r"\d{1,4}", lambda text: int(text) % 2 == 0)
    assert found([even], "12 and 13") == ["12"]


def test_what_begins_inside_a_kept_name_is_not_found() -> None:
    numbers = PatternRecogniser("NUMBER", LIKELY, r"\d{1,4}")
    outside = OutsideKept(re.compile("Section 17"), [numbers])
    assert found([outside], "Section 17 and 18") == ["18"]
