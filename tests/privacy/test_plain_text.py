"""Plain characters, and where in the message each came from."""

from __future__ import annotations

import pytest

from assistant.privacy.plain_text import PlainText, is_invisible


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("a\u00a0b", "a b"),
        ("a \t b", "a b"),
        ("a\u2028b", "a\nb"),
        ("1–2", "1-2"),
        ("1\u22122", "1-2"),
        ("‘a’ “b”", "'a' \"b\""),
        ("０１", "01"),
        ("e\u0301", "é"),
        ("s\u00adoft", "soft"),
        ("ﬁ", "fi"),
    ],
)
def test_each_kind_of_character_becomes_a_plain_one(typed: str, plain: str) -> None:
    assert PlainText(typed).text == plain


def test_plain_characters_know_where_they_stood() -> None:
    typed = "a\u00ad \u00a0b"
    plain = PlainText(typed)
    assert plain.text == "a b"
    assert typed[slice(*plain.original(1, 2))] == " \u00a0"
    assert plain.original(2, 3) == (4, 5)


def test_what_nobody_sees_is_invisible() -> None:
    assert is_invisible("\u200b") and is_invisible("\u3164") and not is_invisible(" ")
