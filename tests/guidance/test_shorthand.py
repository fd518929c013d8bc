"""What practitioners shorten is written out."""

from __future__ import annotations

import pytest

from assistant.guidance.shorthand import expand


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LADO?", "LADO designated officer for allegations against staff?"),
        ("9yo girl", "9 year old girl"),
        ("see u 2moro", "see you tomorrow"),
        ("hv to call", "have to call"),
        ("Shadow the sword", "Shadow the sword"),
        ("nowhere 2 go", "nowhere to go"),
        ("Year 4, 2 children, 4 of them aged 4", "Year 4, 2 children, 4 of them aged 4"),
    ],
)
def test_shorthand_is_written_out(typed: str, meant: str) -> None:
    assert expand(typed) == meant
