"""Which language a text is in, and whether it holds any words at all. Needs no Rasa.

py3langid tells languages from letters; it is quick and small, and on short English texts wrong
once in a hundred. So a text counts as another language only if most of its words are none that
the English examples know as well.
"""

from __future__ import annotations

import functools
import re
from typing import AbstractSet, Mapping, Sequence

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from assistant.guidance import WELSH

ENGLISH = "en"
UNKNOWN = "unknown"
"""A language that is not English, and not known which."""

# What is told apart: English, the languages that have a reply, and those most often taken for them.
TOLD_APART = (
    "en",
    "cy",
    "pl",
    "ro",
    "pa",
    "ur",
    "pt",
    "es",
    "ar",
    "bn",
    "gu",
    "it",
    "fr",
    "de",
    "hi",
    "tr",
    "zh",
)

MOST_KNOWN = 0.5
"""Share of known English words from which on a text is English whatever its letters say."""

SURE_FROM = 0.8
"""Probability from which on the identifier is believed."""

MOST_WELSH = 2
WELSH_SHARE = 0.5
"""How many words must be Welsh and not English, and the share that Welsh examples must hold."""

LONG_WORD = 7
"""Letters of the one Welsh word believed in a text of one word; one fewer a further word."""

CHARACTERS_READ = 600  # characters: enough to know a language by

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case: letters of any script, no digits."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text[:CHARACTERS_READ])]


def known_share(words: Sequence[str], english: AbstractSet[str]) -> float:
    """Which share of words the English examples know; 0 for no words."""
    return sum(_is_known(word, english) for word in words) / len(words) if words else 0.0


def is_welsh(text: str, english: AbstractSet[str], welsh: AbstractSet[str]) -> bool:
    """True for a text in Welsh, however short: most of its words stand in Welsh examples.

    Two of them must be none that English examples know as well; of a text of few words one, if
    all its words are Welsh. Letters alone do not tell Welsh in three words of slang.

    Args:
        text: the message.
        english: words that English examples hold.
        welsh: words that Welsh examples hold, parted at apostrophes.
    """
    parts = [part for word in words_of(text) for part in word.split("'")]
    held = sum(part in welsh for part in parts)
    only = [part for part in parts if part in welsh and part not in english and len(part) > 1]
    if len(only) >= MOST_WELSH:
        return held >= WELSH_SHARE * len(parts)
    return len(only) == 1 and held == len(parts) and len(only[0]) >= LONG_WORD - len(parts)


def language_of(
    text: str,
    english: AbstractSet[str],
    roman: Mapping[str, AbstractSet[str]],
    welsh: AbstractSet[str] = frozenset(),
) -> str:
    """The code of the language of a text.

    Args:
        text: the message.
        english: words that English examples hold.
        roman: by language, words by which it is told in Roman letters.
        welsh: words that Welsh examples hold.

    Returns:
        ``en``, one of :data:`TOLD_APART`, or ``unknown`` for another that is not English.
    """
    words = words_of(text)
    if is_welsh(text, english, welsh):
        return WELSH
    if not words or known_share(words, english) >= MOST_KNOWN:
        return ENGLISH
    if not any(character.isascii() for word in words for character in word):
        found, _ = _identifier().classify(text[:CHARACTERS_READ])
        return str(found) if found != ENGLISH else UNKNOWN
    strange = [word for word in words if not _is_known(word, english)]
    typed = {code: sum(word in said for word in strange) for code, said in roman.items()}
    best = max(typed, key=lambda code: typed[code], default=None)
    if best is not None and typed[best] >= 2:
        return best
    found, probability = _identifier().classify(text[:CHARACTERS_READ])
    if found == ENGLISH or len(strange) < 2:
        return ENGLISH
    return str(found) if probability >= SURE_FROM else UNKNOWN if len(strange) >= 4 else ENGLISH


def _is_known(word: str, english: AbstractSet[str]) -> bool:
    return word in english or all(part in english for part in word.split("'"))


@functools.lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(TOLD_APART))
    return identifier


def says_nothing(text: str, english: AbstractSet[str]) -> bool:
    """True for signs, numbers and letters in no order: nothing that could be understood."""
    words = words_of(text)
    return not any(len(word) > 2 and _is_known(word, english) for word in words)


__all__ = [
    "ENGLISH",
    "UNKNOWN",
    "is_welsh",
    "known_share",
    "language_of",
    "says_nothing",
    "words_of",
]
