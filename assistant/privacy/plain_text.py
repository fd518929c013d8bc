"""A message in plain characters, each of which knows where it came from.

People paste from Word, e-mail and web pages: no-break spaces, en dashes, soft hyphens, full-width
digits, letters with loose accents. The recognisers see spaces, hyphens and digits of one kind;
what they find is masked in the message as it was typed.
"""

from __future__ import annotations

import functools
import unicodedata
from array import array

_LINE_ENDS = frozenset("\n\x0b\x0c\x85\u2028\u2029")
_DASHES = frozenset("\u2212\u2043\u02d7\u30fc\u2500\u23af")  # minus, hyphen bullet and the like
_SINGLE_QUOTES = frozenset("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4`\uff07")
_DOUBLE_QUOTES = frozenset("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02")
_PLAIN = {
    **dict.fromkeys(_LINE_ENDS, "\n"),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
}
# Joiners and fillers that Unicode does not count among them, and the choice of an emoji's look.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
# Formatting characters, halves of characters, those of private use and those not assigned.
_FORMATTING = frozenset({"Cf", "Cs", "Co", "Cn"})
_TYPOGRAPHIC = frozenset({"Lu", "Ll", "Lo", "Lm", "Nd", "No", "Nl", "So", "Po"})


class PlainText:
    """``text`` for the recognisers, and :meth:`original` for the way back."""

    def __init__(self, original: str) -> None:
        """Make every space " ", every dash "-", every digit 0 to 9; runs of spaces one space."""
        characters: list[str] = []
        self._starts, self._ends = array("L"), array("L")
        for place, character in enumerate(original):
            if unicodedata.combining(character) and characters and characters[-1] < "\u0370":
                # A loose accent joins its letter, or is dropped where no letter has it.
                joined = unicodedata.normalize("NFC", characters[-1] + character)
                if len(joined) == 1:
                    characters[-1] = joined
                self._ends[-1] = place + 1
                continue
            plain = _plain(character)
            if plain == " " and characters and characters[-1] == " ":
                self._ends[-1] = place + 1
                continue
            for letter in plain:
                characters.append(letter)
                self._starts.append(place)
                self._ends.append(place + 1)
        self.text = "".join(characters)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original message the plain characters from start to end stand."""
        return self._starts[start], self._ends[end - 1]


def is_invisible(character: str) -> bool:
    """Whether nobody sees it, and nobody typed it on purpose."""
    return character in _FILLERS or unicodedata.category(character) in _FORMATTING


@functools.lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """What stands for one character: nothing for an invisible one, two letters for a ligature."""
    if " " <= character <= "~" and character != "`":
        return character
    if character in _PLAIN:
        return _PLAIN[character]
    if is_invisible(character):
        return ""
    category = unicodedata.category(character)
    if category in {"Zs", "Cc"}:
        return " "
    if category == "Pd":
        return "-"
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if category in _TYPOGRAPHIC:
        simple = unicodedata.normalize("NFKC", character)
        if simple.isascii() and (simple.isalnum() or len(simple) == 1):
            return simple if category != "So" or len(simple) == 1 else character
    return character
