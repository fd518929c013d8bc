"""The parts in English of a text in several languages.

Somebody asks for help in a sentence of English and tells the rest in their own language. Read
whole, such a text is in another language, and the sentence drowns in it. Needs no Rasa.
"""

from __future__ import annotations

import re
from itertools import groupby

from assistant.privacy.vocabulary import is_english, welsh_words
from assistant.turn.run_together import SHORT_WORDS
from assistant.understanding.long_texts import LONGEST_READ

MOST_PARTS_IN_ENGLISH = 12
"""Parts that are read, the longest first: each costs as much as a message. Words that several
languages share make short ones in any text."""

FEWEST_WORDS = 3
"""English words in a row that are worth reading: two belong to other languages often enough."""

_SHORT_IN_WELSH = frozenset("a ac am ar at di dy ei eu fi fy i mi na ni o os ti y yn yr".split())

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def english_parts(text: str) -> list[str]:
    """Parts of a text whose words are English, the longest first, no more than are to be read.

    One strange word between two such parts joins them: it is a name, or a slip of the finger.
    """
    runs = [
        (english, list(pieces))
        for english, pieces in groupby(text[:LONGEST_READ].split(), key=_is_english)
    ]
    parts: list[list[str]] = []
    between: list[str] = []
    for english, pieces in runs:
        if not english or len(pieces) < FEWEST_WORDS or may_be_welsh(" ".join(pieces)):
            between += pieces
            continue
        if parts and len(between) == 1:
            parts[-1] += [*between, *pieces]
        else:
            parts.append(pieces)
        between = []
    parts.sort(key=len, reverse=True)
    return [" ".join(part) for part in parts[:MOST_PARTS_IN_ENGLISH]]


def may_be_welsh(text: str) -> bool:
    """True if every word is one of Welsh as well: "does gen i" ("I have not"), "dwi'n 12"."""
    words = _WORD.findall(text.lower())
    return all(word in _SHORT_IN_WELSH or word in welsh_words() for word in words)


def _is_english(piece: str) -> bool:
    """True for an English word with the signs around it, a number, or signs alone."""
    words = _WORD.findall(piece.lower().replace("’", "'"))
    # Of one and two letters many are words of other languages.
    return all(word in SHORT_WORDS if len(word) < 3 else is_english(word) for word in words)
