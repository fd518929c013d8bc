"""A text as patterns are written."""

from __future__ import annotations

from assistant.guidance.lower_case import in_lower_case


def test_letters_apostrophes_and_spaces() -> None:
    assert in_lower_case("  I’M a\n\tGP,  she's 12 ") == "i'm a gp, she's 12"
    assert in_lower_case("") == ""
