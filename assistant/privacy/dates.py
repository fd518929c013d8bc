"""Dates, dates of birth, a day with its month, in digits and in words.

Months and years alone stay: the question needs them.
"""

from __future__ import annotations

import re

from assistant.privacy.recognisers import LIKELY, POSSIBLE, PatternRecogniser
from assistant.privacy.vocabulary import fold, is_word

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_WELSH_MONTH = (
    r"(?:ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ -]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth?|ninth?|"
    r"tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|"
    r"nineteenth|twentieth|thirtieth)"
)
_FEAST = (
    r"(?:(?:christmas|xmas)(?: eve| day)?|boxing day|new years?(?: eve| day)?|halloween|easter|eid)"
)
_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
TENS = r"(?:ten|eleven|twelve|\w{3,5}teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_YEAR_IN_WORDS = (
    rf"(?:two thousand(?: and)? (?:{TENS}|{_UNIT})(?:[ -]{_UNIT})?|two thousand|"
    rf"(?:nineteen|twenty)[ -](?:oh[ -]{_UNIT}|{TENS}(?:[ -]{_UNIT})?))"
)
YEAR = r"(?:19|20)\d{2}"
_OF_THE_WEEK = (
    r"(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]{0,2} (?:the )?"
)
_WEEKDAY = rf"(?:{_OF_THE_WEEK})?"
_DAY_OF_MANY = rf"{DAY}(?:st|nd|rd|th)?"
_TWENTIES = r"(?:twenty|thirty)[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth?|ninth?)"
_MONTHS_ELSEWHERE = frozenset(
    "avril mai juin enero mayo junio agosto mars maj luty marzec "
    "ramadan muharram safar rajab".split()
)


def _is_of_another_calendar(text: str) -> bool:
    """ "4 luglio 2015", "1 Hamal 1387": the month is no English word."""
    words = re.findall(r"[^\W\d_]{3,14}", fold(text))
    return all(not is_word(word) or word in _MONTHS_ELSEWHERE for word in words)


DATE_PATTERNS = (
    # A month of another language or calendar.
    PatternRecogniser(
        "DATE",
        LIKELY,
        rf"\b{DAY}\.?(?: de| di| -)? [^\W\d_]{{3,14}},?(?: de)? (?:1[34]\d\d|{YEAR})\b",
        _is_of_another_calendar,
    ),
    # "r." is the Polish "of the year".
    PatternRecogniser(
        "DATE",
        LIKELY,
        rf"\b{_WEEKDAY}{DAY} ?[./-] ?(?:1[0-2]|0?[1-9]) ?[./-] ?(?:19|20)?\d{{2}}\b(?: ?r\.)?",
    ),
    PatternRecogniser(
        "DATE", LIKELY, rf"\b{DAY}[ ./-](?:i{{1,3}}|i?[vx]|vi{{1,3}}|xii?)[ ./-]{YEAR}\b"
    ),
    PatternRecogniser("DATE", LIKELY, rf"\b{DAY} (?:1[0-2]|0?[1-9]) {YEAR}\b"),
    PatternRecogniser("DATE", LIKELY, rf"\b{DAY}{MONTH}{YEAR}\b"),
    PatternRecogniser("DATE", LIKELY, rf"\b{DAY} (?:o )?{_WELSH_MONTH} {YEAR}\b"),
    PatternRecogniser("DATE", LIKELY, rf"\b{YEAR} ?[./-] ?(?:1[0-2]|0?[1-9]) ?[./-] ?\d{{1,2}}\b"),
    PatternRecogniser(
        "DATE",
        LIKELY,
        rf"\b{_WEEKDAY}{DAY}(?:st|nd|rd|th)?(?: day)?(?: of)?[ /.-]{{0,2}}{MONTH}\b"
        rf"\.?,?[ /-]{{1,2}}(?:'?\d\d|{YEAR}|{_YEAR_IN_WORDS})\b(?![:.]\d)",
    ),
    # Day and month: with an ordinal or "of", or after a word that is about dates.
    PatternRecogniser(
        "DATE", LIKELY, rf"\b{_WEEKDAY}{DAY}(?:st|nd|rd|th)(?: day)?(?: of)? {MONTH}\b"
    ),
    PatternRecogniser("DATE", LIKELY, rf"\b{_OF_THE_WEEK}{DAY}(?:st|nd|rd|th)? {MONTH}\b"),
    PatternRecogniser(
        "DATE", POSSIBLE, rf"\b(?:on|of|until|by|since|dated?|from) (?P<id>{DAY} {MONTH})\b"
    ),
    # Two days of a month: "12 & 19 March"; not "2 or 3 may come".
    PatternRecogniser(
        "DATE",
        LIKELY,
        rf"\b{_DAY_OF_MANY}(?:(?:, ?| ?& ?| ?- ?| (?:and|n|or|to) ){_DAY_OF_MANY}){{1,3}}"
        rf" (?!(?-i:may|mar|march)\b){MONTH}\b(?: {YEAR}\b)?",
    ),
    PatternRecogniser("DATE", LIKELY, rf"\b{_OF_THE_WEEK}{DAY} ?/ ?(?:1[0-2]|0?[1-9])\b(?!/\d|:)"),
    PatternRecogniser(
        "DATE",
        LIKELY,
        rf"\b(?:on|for|until|till|by|from|before|after|since) (?P<id>the {_TWENTIES})\b"
        r"(?! (?:floor|time|century|birthday|week|day|year|of)\b)",
    ),
    PatternRecogniser(
        "DATE",
        LIKELY,
        rf"\b{_WEEKDAY}{MONTH} (?:the )?{DAY}(?:st|nd|rd|th)?,? {YEAR}\b",
    ),
    PatternRecogniser("DATE", LIKELY, rf"\b{MONTH} (?:the )?{DAY}(?:st|nd|rd|th)\b"),
    PatternRecogniser(
        "DATE",
        LIKELY,
        rf"\b(?:the )?{_ORDINAL}(?: day)? of {MONTH}\b,?(?: (?:{_YEAR_IN_WORDS}|{YEAR}))?",
    ),
    PatternRecogniser(
        "DATE",
        LIKELY,
        rf"\b{MONTH} (?:the )?{_ORDINAL}\b,?(?: (?:{_YEAR_IN_WORDS}|{YEAR}))?",
    ),
    PatternRecogniser("DATE", LIKELY, rf"\b{_FEAST} (?:of |in )?(?:{YEAR}|{_YEAR_IN_WORDS})\b"),
    PatternRecogniser(
        "DATE",
        LIKELY,
        r"\b(?:d\.? ?o\.? ?b\.?|date of birth|birth ?days?|born|bdays?)\b"
        r"(?: is| was| on| in|'s|:| -| \(){0,3} ?(?:the )?"
        rf"(?P<id>{DAY}(?:st|nd|rd|th)?(?: of)?[ /.-](?:{MONTH}|\d{{1,2}})"
        rf"(?:[ /.-]\d{{2,4}})?|(?:{MONTH} )?{YEAR}|\d{{6,8}}|{_YEAR_IN_WORDS})\b",
    ),
)
