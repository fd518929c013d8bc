"""What a recogniser is, and the one that most identifiers need: a pattern.

What is told by its shape is a :class:`PatternRecogniser`: numbers, dates, e-mail addresses, links,
user names, postcodes. What is told by the words that it is made of or stands among (names, streets,
schools) has a recogniser of its own, which goes through the words of a text.

A needless mask costs little and a missed one is a leak, so the patterns are wide, and few depend
on a word of context being near. They are applied to the plain characters of
:class:`~assistant.privacy.plain_text.PlainText`.

No pattern can be slow: a repetition is bounded, or possessive (``++``) so that it is never tried
again; a test holds that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Iterator, Optional, Protocol, Sequence

CERTAIN, LIKELY, POSSIBLE = 1.0, 0.8, 0.6
"""Scores: where two recognisers claim the same characters, the higher one names them."""


@dataclass(frozen=True)
class Finding:
    """What one recogniser found: plain characters from start to end.

    ``kind`` is one of :data:`~assistant.privacy.masks.MASKS`.
    """

    start: int
    end: int
    kind: str
    score: float


class Recogniser(Protocol):
    """Finds identifiers in plain text. It keeps nothing of it, so threads may share it."""

    def find(self, text: str) -> Iterator[Finding]:
        """What it finds, in any order; findings may overlap."""


class PatternRecogniser:
    """Finds what a pattern matches: its group ``id`` where it has one, else all of it."""

    def __init__(
        self,
        kind: str,
        score: float,
        pattern: str,
        is_right: Optional[Callable[[str], bool]] = None,
    ) -> None:
        """Make one kind of identifier findable.

        Args:
            kind: One of :data:`~assistant.privacy.masks.MASKS`.
            score: How sure a match is.
            pattern: A regular expression; case is ignored but inside ``(?-i:...)``.
            is_right: Whether the text of a match is an identifier; without it every match is one.
        """
        self.pattern = pattern
        self._kind, self._score, self._is_right = kind, score, is_right
        self._compiled = re.compile(pattern, re.IGNORECASE)
        self._group = "id" if "id" in self._compiled.groupindex else 0

    def find(self, text: str) -> Iterator[Finding]:
        """Every match that the check lets pass."""
        for match in self._compiled.finditer(text):
            start, end = match.span(self._group)
            if end > start and (self._is_right is None or self._is_right(text[start:end])):
                yield Finding(start, end, self._kind, self._score)


class OutsideKept:
    """What other recognisers find, but for what begins inside a name that stays."""

    def __init__(self, kept: re.Pattern[str], recognisers: Sequence[Recogniser]) -> None:
        """Take the pattern of what stays ("Great Ormond Street") and who else looks."""
        self._kept, self._recognisers = kept, recognisers

    def find(self, text: str) -> Iterator[Finding]:
        """Their findings, in their order."""
        kept = [match.span() for match in self._kept.finditer(text)]
        for recogniser in self._recognisers:
            for found in recogniser.find(text):
                if not any(start <= found.start < end for start, end in kept):
                    yield found
