"""Car registrations: by their form alone, and looser forms behind a word that announces one."""

from __future__ import annotations

import re
from typing import Iterator

from assistant.privacy.recognisers import LIKELY, Finding, PatternRecogniser, Recogniser
from assistant.privacy.vocabulary import is_term, is_word, short_words

_ANNOUNCES_A_PLATE = (
    r"(?:reg(?:istration)?|(?:number|licen[cs]e) ?plate|plates?|vrm|vrn|car|van|taxi|cab|vehicle|"
    r"lorry|truck|motorbike|moped|minibus|drives|driving|bmw|audi|astra|corsa|fiesta|golf|focus|"
    r"parked|trailer|tractor|quad|scooter|merc(?:edes)?|ford|transit|polo|yaris|honda|toyota|nissan|"
    r"vauxhall|peugeot|renault|kia|tesla|range ?rover|land ?rover)"
)
_PLATE = r"(?:reg(?:istration)?|plates?|vr[mn])"
_PART_OF_IT = r"(?:starts|starting|begins|beginning|ends|ending)"
_ANY_FORM = (
    r"(?:[a-z]{2} ?\d{2} ?[a-z]{3}|[a-z] ?\d{1,3} ?[a-z]{3}|[a-z]{3} ?\d{1,4} ?[a-z]?|"
    r"(?-i:[A-Z]{1,2}) ?\d{3,4}|\d{1,4} ?(?-i:[A-Z]{1,3}))"
)
_SECTIONS = frozenset({"17", "20", "31", "46", "47", "76"})
"""Of statutes that are cited with their number alone: "S 47 NFA"."""
_BETWEEN_PLATES = frozenset({", ", "; ", " / ", "/", " and ", " & ", ",", ", and "})
_BY_FORM = re.compile(
    r"(?<![\w/-])"
    # With a 0 for an O among its last letters too.
    r"(?:(?P<current>[a-hj-pr-y][a-hj-y][ -]?\d{2}[ -]?(?=[a-z\d]?[a-z])[a-hj-pr-z0]{3})"
    r"|(?P<prefix>[a-hj-y] ?\d{1,3}[ -]?[a-hj-pr-z]{3})"  # also Q: of no known year
    r"|(?P<suffix>[a-hj-pr-z]{3} ?\d{1,3}[ -]?[a-hj-np-z])"
    # Northern Irish: an I or a Z among three letters, and no year of an abbreviation.
    r"|(?P<northern>(?=[a-z]{0,2}[iz])[a-z]{3}[ -]?(?!(?:19|20)\d\d)\d{3,4}))(?![\w/-])",
    re.IGNORECASE,
)


def _is_announced_plate(plate: str) -> bool:
    """ "4417 RH" and "A 1234" as well, but no "car 2 DSL", "parked 10 mins", "driving 2019"."""
    letters = [part for part in re.findall(r"[a-z]+", plate.lower()) if len(part) > 1]
    if plate.isupper():
        return any(
            part not in short_words() and (len(part) < 3 or not _is_word(part)) for part in letters
        )
    return any(not _is_word(part) for part in letters)


class _PlatesByForm:
    """Finds "KV19 XTL" and "p834kwo", wherever they stand; not "in 15 min", "y5 boy", "S47 NFA"."""

    def find(self, text: str) -> Iterator[Finding]:
        """All of them."""
        end = -1
        for match in _BY_FORM.finditer(text):
            listed = end >= 0 and text[end : match.start()] in _BETWEEN_PLATES
            if _is_plate(match) or (listed and match.group().isupper()):
                end = match.end()
                yield Finding(*match.span(), "CAR", LIKELY)


def _is_plate(match: re.Match[str]) -> bool:
    plate = match.group()
    if match["northern"]:
        quoted = match.string[match.start() - 1 : match.end() + 1] == f'"{plate}"'
        return quoted or not _is_word(plate[:3].lower())
    if match["current"]:
        return _is_current(plate)
    return _is_older(plate, year_first=match["prefix"] is not None)


def _is_current(plate: str) -> bool:
    """Of the form since 2001: an area, two digits, three letters; also "MV64 B0J"."""
    plate = plate[:-3] + plate[-3:].replace("0", "O" if plate.isupper() else "o")
    area, last = re.findall(r"[a-z]+", plate.lower())
    apart = _is_apart(plate)
    if _is_word(last):
        # "KV15 DAY" is one if it is written so.
        return plate.isupper() and not apart and not _is_word(area)
    return not (apart and (area in short_words() if plate.isupper() else _is_word(area)))


def _is_older(plate: str, *, year_first: bool) -> bool:
    """Of the forms before 2001: three letters, up to three digits, and the letter of a year."""
    first, last = re.findall(r"[a-z]+", plate.lower())
    digits = len(re.sub(r"\D", "", plate))
    if digits < 2 or _is_word(last if len(last) == 3 else first):
        return False
    clear = plate.isupper() or " " not in plate
    if not year_first:
        return clear
    if plate.isupper() and _is_apart(plate):  # "S 83 NTY"
        return first != "i" and re.sub(r"\D", "", plate) not in _SECTIONS
    return digits == 3 or clear


def _is_apart(plate: str) -> bool:
    """True if a space parts the first letters from the digits: they may be a word."""
    return re.search(r"[a-z] \d", plate, re.IGNORECASE) is not None


def _is_word(letters: str) -> bool:
    return is_term(letters) or is_word(letters)


PLATE_RECOGNISERS: tuple[Recogniser, ...] = (
    PatternRecogniser(
        "CAR",
        LIKELY,
        rf"\b{_ANNOUNCES_A_PLATE}(?:[ ,:;(]{{1,2}}[\w']{{1,20}}){{0,2}}?[ ,:;(\"]{{1,3}}"
        rf"(?P<id>(?<!\w){_ANY_FORM})(?![\w/-])",
        _is_announced_plate,
    ),
    # After "reg" or "plate" also one that spells words, has a figure for a letter, or is a part of
    # one: "M1 KEY", "D4Z PNR", "starts LD22", "ends OOV".
    PatternRecogniser(
        "CAR",
        LIKELY,
        rf"\b{_PLATE}(?:[ :]{{1,2}}(?:is|was|no\.?|number|{_PART_OF_IT}|with|in|partial)){{0,2}}"
        r"[ :\"]{1,3}(?P<id>(?-i:[A-Z]{1,2} ?\d{1,3} ?[A-Z]{3}|[A-Z]{2}\d{2}|[A-Z]\d{1,3}|"
        r"(?=[A-Z\d]{0,3}\d)[A-Z][A-Z\d]{1,3} ?[A-Z]{3}))(?![\w/-])",
    ),
    PatternRecogniser(
        "CAR",
        LIKELY,
        rf"\b{_PLATE}\b[^.;\n]{{0,24}}? {_PART_OF_IT}(?: in| with)?:? "
        r"(?P<id>(?-i:\d{0,3} ?[A-Z]{2,3}))(?![\w/-])",
    ),
    _PlatesByForm(),
)
"""Together they find the car registrations of a text."""
