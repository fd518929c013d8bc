"""What recognisers find in a text, for their tests."""

from __future__ import annotations

from typing import Iterable

from assistant.privacy.recognisers import Recogniser


def found(recognisers: Iterable[Recogniser], text: str) -> list[str]:
    """The findings of all recognisers, as they stand in the text, in its order."""
    spans = {(f.start, f.end) for recogniser in recognisers for f in recogniser.find(text)}
    return [text[start:end] for start, end in sorted(spans)]
