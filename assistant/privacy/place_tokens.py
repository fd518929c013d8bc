"""A text's words and numbers, among which addresses and places are looked for."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.privacy.place_words import GRAMMAR, NO_NAME

_TOKEN = re.compile(r"[^\W_]{1,60}(?:['&-][^\W_]{1,60}){0,4}'?")
_NUMBER = re.compile(r"\d{1,4}[a-z]?(?:-\d{1,4}[a-z]?)?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;\n\"•]")


class Token(NamedTuple):
    """A word or a number, with the letters and digits that hyphens and the like join to it."""

    start: int
    end: int
    text: str
    lower: str
    gap: str  # what stands between it and the token before

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        """Whether it may be the number of a house: "7", "12b", "3-5"."""
        return _NUMBER.fullmatch(self.text) is not None


class Tokens(list[Token]):
    """The tokens of a text."""

    def __init__(self, text: str) -> None:
        """Split the text."""
        super().__init__()
        self.text = text
        end = 0
        for match in _TOKEN.finditer(text):
            word, gap = match.group(), text[end : match.start()]
            self.append(Token(match.start(), match.end(), word, word.lower(), gap))
            end = match.end()

    def is_at(self, index: int, *words: str) -> bool:
        """Whether one of the words stands there; ``index`` may be outside of the text."""
        return 0 <= index < len(self) and self[index].lower in words

    def is_inside_sentence(self, index: int) -> bool:
        """True if the token does not open a sentence, so that a capital says something."""
        return index > 0 and _SENTENCE_END.search(self[index].gap) is None

    def name_start(self, end: int, longest: int) -> int:
        """Where the name begins that ends before token ``end``: at most ``longest`` tokens before.

        It is ``end`` itself if no name stands there.
        """
        start = end
        while start > 0 and end - start < longest:
            if self[start].gap not in {" ", ". "} or self.ends_name(start - 1):
                break
            start -= 1
        return start

    def ends_name(self, index: int) -> bool:
        """True if the token cannot be a part of a street's or a school's name."""
        token = self[index]
        if token.capital and self.is_inside_sentence(index):
            return token.lower in GRAMMAR
        return token.lower.rstrip("'") in NO_NAME or token.text[0].isdigit()
