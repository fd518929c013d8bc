"""Which words are names, which are English, and which are a slip of the finger.

The lists are in ``assistant/privacy/names/``; docs/privacy.md says where they are from.
"""

from __future__ import annotations

import configparser
import functools
import re
import unicodedata
from pathlib import Path
from typing import Iterator

from assistant.guidance import ContentError
from assistant.guidance.shorthand import current_shorthand
from assistant.project import ProjectError

SPELLED_LETTERS_OF_A_WORD = 40
"""A longer word is not compared with others: nobody's name or word is so long."""

SPELLED_LETTERS_OF_A_TEXT = 600
"""Unknown words of one piece of text are compared with others up to so many letters in all."""

LISTS = Path(__file__).parent / "names"
"""Folder of the lists."""

_PREFIXES = (
    "un mis re de dis over under out non pre post anti co inter hyper multi semi sub super ultra "
    "mini micro neuro psycho counter fore up down self"
).split()
_ENDS_OF_NAMES = tuple(
    "bridge brook bury field ford gate ham hill house land ley man mead shire side son stone ton "
    "well wood worth yard".split()
)
_SHORTEST_REST, _SHORTEST_COMPOUND = 5, 8
"""Letters of what stands behind a prefix, and of two words run together."""
_ENDINGS = ("s", "es", "ed", "ing", "ly", "d", "ness", "er", "ers")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


class Speller:
    """Tells slips of the finger from strange words, with a limit for each text."""

    def __init__(self) -> None:
        """Begin with the whole limit."""
        self._letters = SPELLED_LETTERS_OF_A_TEXT

    def is_slip(self, word: str) -> bool:
        """True if one slip away from an English word. False beyond the limit: masked, if at all."""
        if len(word) > SPELLED_LETTERS_OF_A_WORD:
            return False
        self._letters -= len(word)
        return self._letters >= 0 and _is_slip(word)


def _is_slip(word: str) -> bool:
    if not re.search(r"[aeiouy]", word):
        return True
    return any(is_known(variant, frequent_words()) for variant in variants(word))


def variants(word: str) -> Iterator[str]:
    """All that one slip makes of a word: a letter less, more, another, or two changed over."""
    for place in range(len(word) + 1):
        left, right = word[:place], word[place:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in _ALPHABET:
            if right:
                yield left + letter + right[1:]
            yield left + letter + right


def fold(word: str) -> str:
    """A word in lower case and without accents, as the lists have it."""
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    return plain or word.lower()


def is_known(word: str, words: frozenset[str]) -> bool:
    """True for one of the words, also with its usual endings or joined by hyphens."""
    if len(word) < 3 and word not in words:
        return False
    if word in words:
        return True
    if "'" in word:
        return not word.startswith(("o'", "d'")) and _known_before_apostrophe(word, words)
    if "-" in word:
        return all(is_known(part, words) for part in word.split("-") if part)
    for ending in _ENDINGS:
        if len(word) - len(ending) > 2 and word.endswith(ending) and word[: -len(ending)] in words:
            return True
    return False


def _known_before_apostrophe(word: str, words: frozenset[str]) -> bool:
    """ "don't", "mum's", "would've"; the part after an apostrophe is an ending."""
    before, _, after = word.partition("'")
    if after in {"s", "t", "re", "ve", "ll", "d", "m", ""}:
        return after in {"t", "re", "ve", "ll", "m"} or is_known(before, words)
    return True


def is_english(word: str) -> bool:
    """True for an English word, also with its usual endings or joined by hyphens."""
    return is_known(word, words())


def is_word(word: str) -> bool:
    """True for a word that is no name: an English one, or one that is known to be none."""
    return is_known(word, known_words()) or _is_denied(word)


def _is_denied(word: str) -> bool:
    """ "unbooked", "misgendering": a known word of some form behind "un" or "mis"."""
    for prefix in ("un", "mis"):
        if word.startswith(prefix) and word.endswith(("ed", "ing", "able")):
            return len(word) > len(prefix) + 4 and is_known(word[len(prefix) :], words())
    return False


def is_made_of_words(word: str) -> bool:
    """True for "timekeeping", "rehoming", "soonish": words run together, or with a part of one.

    A name may be made so too, as of 200 listed ones one is: so it tells something in lower case
    only. What ends as names of places and families do ("birchwood") counts as none.
    """
    if len(word) > SPELLED_LETTERS_OF_A_WORD or word.endswith(_ENDS_OF_NAMES):
        return False
    if word.endswith("ish") and is_known(word[:-3].rstrip("-"), words()):
        return True
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix).removeprefix("-")
        if rest != word and len(rest) >= _SHORTEST_REST and is_known(rest, words()):
            return True
    if len(word) < _SHORTEST_COMPOUND:
        return False
    halves = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
    frequent = frequent_words()
    return any(first in frequent and is_known(last, frequent) for first, last in halves)


def is_listed_name(word: str) -> bool:
    """True if the word, or a half of a double name, is a name."""
    if word in names():
        return True
    if word.endswith("s") and word[:-1] in names() and not is_word(word):
        return True  # "emmas mum"
    if word.endswith("n't"):
        return False  # "shan't"
    parts = re.split("[-']", word)
    return len(parts) > 1 and any(len(part) > 2 and part in names() for part in parts)


def is_term(word: str) -> bool:
    """True for an abbreviation of the field, in lower case."""
    return word in known_terms()


@functools.cache
def known_terms() -> frozenset[str]:
    """The abbreviations of the field in ``data/shorthand.yml``; none where it cannot be read."""
    try:
        return frozenset(current_shorthand().terms)
    except (ProjectError, ContentError):
        return frozenset()  # without the content more is masked, never less


def word_sets(file: str, folder: Path = LISTS) -> dict[str, frozenset[str]]:
    """The words of a list with headings (``[streets]``), by heading.

    Args:
        file: the name of the list.
        folder: where it lies.

    Raises:
        configparser.Error: A heading, or a word under one heading, stands there twice.
    """
    parser = configparser.ConfigParser(
        allow_no_value=True, delimiters=("=",), comment_prefixes=("#",), interpolation=None
    )
    parser.optionxform = str  # type: ignore[assignment]  # a capital stays one
    parser.read_string((folder / file).read_text(encoding="utf-8"), source=file)
    return {heading: frozenset(parser[heading]) for heading in parser.sections()}


@functools.cache
def _listed(*files: str) -> frozenset[str]:
    lines = [
        line for name in files for line in (LISTS / name).read_text(encoding="utf-8").splitlines()
    ]
    return frozenset(line for line in lines if line and not line.startswith("#"))


@functools.cache
def names() -> frozenset[str]:
    """Given and family names that are no English words."""
    corrected = given_also_words() | _listed("not-names.txt", "chat-words.txt")
    return (_listed("names.txt") - corrected) | _listed("more-names.txt")


@functools.cache
def frequent_words() -> frozenset[str]:
    """Frequent English words, and the words of this project's content."""
    return _listed("words.txt", "not-names.txt") - _listed("not-words.txt")


@functools.cache
def words() -> frozenset[str]:
    """All English words: frequent and rarer ones, and what people write in chats."""
    more = _listed("rarer-words.txt", "chat-words.txt") - _listed("not-words.txt")
    return (frequent_words() | more) - names()


@functools.cache
def known_words() -> frozenset[str]:
    """All words that are no names: English, and brands, places, words of other languages."""
    return words() | _listed("known-words.txt") - _listed("not-words.txt") - names()


@functools.cache
def rare_words() -> frozenset[str]:
    """English words that hardly anybody writes in a message."""
    return _listed("rarer-words.txt") - frequent_words() - _listed("chat-words.txt")


def welsh_words() -> frozenset[str]:
    """Words of texts in Welsh, without accents."""
    return _listed("welsh-words.txt")


def given_also_words() -> frozenset[str]:
    """Given names and nicknames that are English words too."""
    return _listed("given-also-words.txt")


def given_rarely_words() -> frozenset[str]:
    """Those of :func:`given_also_words` that are hardly ever written as words here."""
    return _listed("given-rarely-words.txt")


def family_also_words() -> frozenset[str]:
    """Family names that are English words too."""
    return _listed("family-also-words.txt")


def short_words() -> frozenset[str]:
    """Words of one or two letters, which in capitals before digits are no part of a number."""
    return _listed("short-words.txt")


def run_together_names() -> frozenset[str]:
    """Services and systems whose names are two words run together."""
    return _listed("run-together.txt")


def kept_phrases() -> frozenset[str]:
    """Characters, bands, brands, reviews: names in them are nobody's who is meant."""
    return _listed("kept-phrases.txt")
