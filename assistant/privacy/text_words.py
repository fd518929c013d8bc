"""A text's words, as names are judged by them."""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from typing import NamedTuple, Optional

from assistant.privacy.vocabulary import Speller, fold, is_term, is_word

_WORD = re.compile(r"[^\W\d_]++(?:['-][^\W\d_]++)*+")
_SENTENCE_END = re.compile(r"[.!?:;\n\"•]")
_POSSESSIVE = re.compile(r"'s?$", re.IGNORECASE)


class Word(NamedTuple):
    """One word: its letters, with the apostrophes and hyphens inside it."""

    start: int
    end: int
    text: str  # without "'s"
    lower: str  # as the lists have it: without capitals and accents
    opens: bool  # the first word of a sentence
    gap: str  # what stands between it and the word before
    capital: bool  # begins with a capital, and is not shouted
    shouted: bool  # capitals throughout, or the mixture of an abbreviation: LADO, MoJ, KPIs


class Words(list[Word]):
    """The words of a text."""

    def __init__(self, text: str) -> None:
        """Split the text."""
        super().__init__()
        self.text = text
        # A message in capitals says nothing by them.
        self.all_capitals = text.upper() == text and len(text) > 12
        self._speller = Speller()
        self._slips: dict[str, bool] = {}
        end = 0
        for match in _WORD.finditer(text):
            gap = text[end : match.start()]
            opens = end == 0 or _SENTENCE_END.search(gap) is not None
            shown = match.group().lower() if self.all_capitals else match.group()
            bare = without_possessive(shown) or shown
            shouted = _is_shouted(bare)
            capital = bare[0].isupper() and not shouted
            start, end = match.span()
            self.append(Word(start, end, bare, fold(bare), opens, gap, capital, shouted))

    @functools.cached_property
    def before_letters(self) -> defaultdict[str, set[str]]:
        """The words, in lower case, that stand right before each single letter."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for before, word in itertools.pairwise(self):
            if len(word.text) == 1 and word.gap == " ":
                found[word.text].add(before.lower)
        return found

    def before(self, index: int) -> Optional[Word]:
        """The word before, if it is of the same sentence."""
        if index < 1 or self[index].opens:
            return None
        return self[index - 1]

    def after(self, index: int) -> Optional[Word]:
        """The word behind, if it is of the same sentence."""
        if index + 1 >= len(self) or self[index + 1].opens:
            return None
        return self[index + 1]

    def lower_at(self, index: int) -> str:
        """The word there in lower case, whatever its sentence; nothing outside of the text."""
        return self[index].lower if 0 <= index < len(self) else ""

    def text_behind(self, word: Word, characters: int) -> str:
        """At most so many characters that follow a word."""
        return self.text[word.end : word.end + characters]

    def as_typed(self, word: Word) -> str:
        """The word with its "'s"."""
        return self.text[word.start : word.end]

    def is_slip(self, word: Word) -> bool:
        """True if the word is one slip of the finger away from a frequent English one.

        A text has a limit of letters that are compared (:class:`~assistant.privacy.vocabulary.\
Speller`); a word counts once.
        """
        if word.lower not in self._slips:
            self._slips[word.lower] = self._speller.is_slip(word.lower)
        return self._slips[word.lower]


def without_possessive(word: str) -> str:
    """The word without "'s" or the apostrophe at its end."""
    return _POSSESSIVE.sub("", word)


def is_possessive(word: str) -> bool:
    """True for "Anna's" and "James'"."""
    return _POSSESSIVE.search(word) is not None


def is_strange(word: Word) -> bool:
    """True for no English word and no term of the field, whether it is a slip or not."""
    return not is_word(word.lower) and not is_term(word.lower)


def _is_shouted(word: str) -> bool:
    if len(word) < 2:
        return False
    if word.isupper():
        return True
    if len(word) > 5 or "'" in word or "-" in word:
        return False
    return sum(map(str.isupper, word)) > 1
