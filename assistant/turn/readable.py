"""A text as understanding reads it: in plain letters, whatever they were typed or pasted as.

Soft hyphens come with what is pasted from a PDF, invisible characters with what is copied from a
page, letters of another kind (full-width, bold, with strokes through them) from a phone's
keyboards for fancy writing, and "r4pe" or "r@pe" from those who have learned that plain words are
taken down elsewhere; some leave out the spaces, or put signs in their place. Each of them hid an
urgent message from the model and from the patterns. What is kept and shown stays as it was typed.
Needs no Rasa.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from assistant.privacy.plain_text import is_invisible
from assistant.turn.run_together import parted, without_joints

_COMPATIBLE = frozenset({"Lu", "Ll", "Lo", "Lm", "Nd", "So", "Zs", "Po"})

# Letters in small capitals, black squares or black circles, by their names in Unicode.
_DRAWN = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|NEGATIVE (?:SQUARED|CIRCLED) LATIN CAPITAL LETTER) ([A-Z])"
)

# Letters of other scripts that look like Latin ones.
_LOOK_LIKE = str.maketrans(
    "АВЕКМНОРСТХаеорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν", "ABEKMHOPCTXaeopcyxijshdqwABEZHIKMNOPTYXoav"
)
_LETTERS = re.compile(r"[^\W\d_]+")

_SIGNS = str.maketrans("43015@$!", "aeoisasi")
# Nothing of an address or a number; of short words only signs that stand in no form's name (C1A).
_WITH_SIGNS = re.compile(
    r"(?<![\w@$!./-])(?:[^\W\d_]{1,20}[430@$][^\W\d_]{1,20}|"
    r"(?=[^\s]{4})[^\W\d_]{1,20}(?:[43015@$!]{1,2}[^\W\d_]{1,20}){1,5})(?![\w@$!/-]|\.\w)"
)

# What is spelled in single letters: so many of them, and of all words so large a share.
_LEAST_SPELLED, _SHARE_SPELLED = 8, 0.6
_SPELLED = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_](?!\S))+")


def readable(text: str) -> str:
    """The text in plain letters; ordinary English stays as it is.

    Characters that cannot be seen are left out, letters and digits of another kind become plain
    ones, letters of another script in a Latin word the Latin ones that they look like, signs
    inside a word letters ("r4pe"), letters typed one by one a word ("d a d"), and words without
    spaces several (:mod:`.run_together`).
    """
    plain = text if text.isascii() and text.isprintable() else _plain_letters(text)
    plain = without_joints(_WITH_SIGNS.sub(_without_signs, plain))
    if _is_spelled(plain):
        plain = re.sub(" +", " ", _SPELLED.sub(_joined, plain))
    return parted(plain)


def _is_spelled(text: str) -> bool:
    words = text.split()
    single = sum(len(word) == 1 and word.isalpha() for word in words)
    return single >= _LEAST_SPELLED and single >= _SHARE_SPELLED * len(words)


def _joined(found: re.Match[str]) -> str:
    return found.group().replace(" ", "")


def _plain_letters(text: str) -> str:
    plain = "".join(map(_plain, unicodedata.normalize("NFC", text)))
    if plain.isascii():
        return plain
    letters: list[str] = []
    for character in plain:
        # A stroke or a circle through a Latin letter; other scripts need their signs.
        if unicodedata.combining(character) and letters and letters[-1] < "\u0250":
            continue
        letters.append(character)
    return _LETTERS.sub(_in_one_script, "".join(letters))


@functools.lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """What stands for one character: nothing for an invisible one."""
    if " " <= character <= "~" or character in "\t\n\r":
        return character
    if is_invisible(character):
        return ""
    category = unicodedata.category(character)
    if category == "Cc":
        return " " if character.isspace() else ""
    if category in _COMPATIBLE:
        simple = unicodedata.normalize("NFKC", character)
        if len(simple) == 1 and (simple.isascii() or simple.isalpha()):
            character = simple
    drawn = _DRAWN.fullmatch(unicodedata.name(character, "")) if character > "~" else None
    return drawn.group(1).lower() if drawn else character


def _in_one_script(found: re.Match[str]) -> str:
    """A word of Latin and other letters in Latin ones; a word of one script stays."""
    word = found.group()
    if word.isascii() or not any(letter < "\u0250" for letter in word):
        return word
    return word.translate(_LOOK_LIKE)


def _without_signs(found: re.Match[str]) -> str:
    word = found.group()
    return word if word.isupper() else word.translate(_SIGNS)
