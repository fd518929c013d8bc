"""A text as patterns of what people say are written: small letters, one space between words."""

from __future__ import annotations


def in_lower_case(text: str) -> str:
    """The text in small letters, with straight apostrophes and one space between words."""
    return " ".join(text.lower().replace("’", "'").split())


__all__ = ["in_lower_case"]
