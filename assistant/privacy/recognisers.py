"""What identifies a person in the United Kingdom, apart from names: numbers, addresses, dates.

Presidio has recognisers of its own for some of these. They are made to be precise; here a
needless mask costs little and a missed one is a leak, so the patterns are wider and none
depends on a word of context being near.
"""

from __future__ import annotations

from typing import Sequence

from presidio_analyzer import Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import NhsRecognizer

CERTAIN, LIKELY, POSSIBLE = 1.0, 0.8, 0.6
"""Scores: where two recognisers claim the same characters, the higher one names them."""

MASKS = {
    "NAME": "[name]",
    "UK_NHS": "[NHS number]",
    "NINO": "[National Insurance number]",
    "UPN": "[pupil number]",
    "PHONE": "[phone number]",
    "EMAIL": "[e-mail address]",
    "LINK": "[link]",
    "HANDLE": "[user name]",
    "ADDRESS": "[address]",
    "POSTCODE": "[postcode]",
    "DATE": "[date]",
    "REFERENCE": "[reference]",
    "NUMBER": "[number]",
}
"""Every kind of identifier, and what is kept in its place."""

_STREET = r"street|road|rd|avenue|ave|lane|crescent|terrace|grove|mews|boulevard|heol|ffordd|stryd"
# Words that are more often something else count only with a capital letter.
_STREET_OR_WORD = (
    "Close|Court|Drive|Gardens?|Green|Hill|Park|Place|Rise|Row|Square|St|View|Walk|Way|Wharf|Yard"
)
_NO_STREET_NAME = (
    r"(?!(?:a|and|at|by|children|cases?|days?|for|from|hours?|in|into|is|months?|of|on|or|people|"
    r"per|the|times?|to|weeks?|with|years?|boys?|girls?|kids?|siblings?|visits?|year|adults?)\b)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_SEPARATOR = r"[ \-./]?"

# What stands before \K announces the identifier and is kept (a feature of the `regex` package,
# which Presidio uses).
_PATTERNS: dict[str, Sequence[tuple[str, float]]] = {
    "NINO": [
        (r"\b[a-z]{2} ?-?\d{2} ?-?\d{2} ?-?\d{2} ?-?[a-d]\b", CERTAIN),
    ],
    # Unique pupil number: a letter, then eleven digits, then a digit or letter.
    "UPN": [(r"\b[a-z]\d{11}[\da-z]\b", CERTAIN)],
    "EMAIL": [
        (r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+", CERTAIN),
        (r"[\w.+%'-]+ ?@ ?[\w-]+ ?\. ?(?:com|org|uk|net|gov|nhs|ac|co)\b(?: ?\. ?uk\b)?", CERTAIN),
        (r"\b[\w.+-]+ (?:\(at\)|\[at\]|at) [\w-]+ (?:dot [\w-]+ ?)+\b", CERTAIN),
    ],
    "LINK": [
        (r"\b(?:https?:?//|www\.)\S+", CERTAIN),
        (r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|uk|org|net|me|gg|tv|app|io|cymru|wales)/\S+", CERTAIN),
    ],
    "HANDLE": [
        (r"(?<![\w@])@[\w.]{2,}", LIKELY),
        (r"\b(?=\w*[a-z])(?=\w*_)(?=\w*\d)\w{4,}\b", POSSIBLE),
        (
            r"\b(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|discord|whatsapp|telegram|facebook|fb|"
            r"twitter|roblox|kik|steam|xbox|psn|user ?name|gamer ?tag|handle)"
            r"(?: (?:user ?name|name|account|handle|id|tag))?(?: (?:is|was)|:| -)? ?"
            r"\K(?:(?=\w*[\d_.])[\w.]{3,})",
            LIKELY,
        ),
    ],
    "POSTCODE": [
        (r"\b(?:gir ?0aa|[a-z]{1,2}\d[a-z\d]? ?\d(?!st|nd|rd|th)[a-z]{2})\b", CERTAIN),
        (r"\bpost ?code:? (?:is )?[a-z]{1,2}\d{1,2}[a-z]?\b", CERTAIN),
    ],
    "ADDRESS": [
        (
            rf"\b\d{{1,4}}[a-z]?,? (?:{_NO_STREET_NAME}[\w'’-]+ ){{1,3}}"
            rf"(?:(?:{_STREET})|(?-i:{_STREET_OR_WORD}))\b",
            LIKELY,
        ),
        (rf"\b(?-i:(?:[A-Z][\w'’-]+ ){{1,3}}(?i:{_STREET}))\b", LIKELY),
        (
            rf"\b(?-i:(?:[A-Z][\w'’-]+ ){{1,3}}(?:{_STREET_OR_WORD}))\b"
            r"(?= *,? *(?:[a-z]{1,2}\d|\[))",
            LIKELY,
        ),
        (
            rf"\b\d{{1,4}}[a-z]?,? (?:{_NO_STREET_NAME}[\w'’-]+ ){{1,2}}"
            r"(?:close|gardens?|view|walk|row|drive|rise|yard|green|hill)\b",
            POSSIBLE,
        ),
        (
            r"\b\d{1,4}[a-z]?,? (?:heol|ffordd|stryd|maes|lon|lôn|clos|cwrt|rhodfa|gerddi|bryn)"
            r"(?: (?:y|yr))? [\w'’-]+",
            LIKELY,
        ),
        (r"\b(?:flat|apartment|apt) (?:no\.? ?|number )?\d+[a-z]?\b", LIKELY),
    ],
    "DATE": [
        (rf"\b{_DAY}[./ -](?:0?[1-9]|1[0-2])[./ -](?:19|20)?\d{{2}}\b", LIKELY),
        (r"\b(?:19|20)\d{2}[./-](?:0?[1-9]|1[0-2])[./-]\d{1,2}\b", LIKELY),
        (rf"\b{_DAY}(?:st|nd|rd|th)?(?: of)?[ /-]{_MONTH}\.?,?[ /-]+'?(?:19|20)?\d{{2}}\b", LIKELY),
        (rf"\b{_MONTH} {_DAY}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}}\b", LIKELY),
        (
            rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?day|born)\b(?: is| was| on| in|:| -)* ?"
            rf"(?:the )?\K(?:{_DAY}(?:st|nd|rd|th)?(?: of)?[ /.-](?:{_MONTH}|\d{{1,2}})"
            rf"(?:[ /.-]\d{{2,4}})?|(?:{_MONTH} )?(?:19|20)\d{{2}}|\d{{6,8}})\b",
            LIKELY,
        ),
    ],
    "PHONE": [
        (r"(?<![\w])(?:\+|00)\d{1,3}[ -]?\(?0?\)?(?:[ -]?\d){8,11}\b", LIKELY),
        (r"(?<![\w])\(?0\d(?:\)?[ -]?\d){8,9}\b", LIKELY),
    ],
    "REFERENCE": [
        # After a word that announces one: whatever follows and holds a digit.
        (
            r"\b(?:ref(?:erence)?|case|crime|incident|log|police|court|referral|file|client|pupil|"
            r"student|patient|hospital|unique|mosaic|liquid ?logic|lcs|eclipse|niche|cris|"
            r"occurrence|"
            r"urn|uprn|id|number|no)\.?(?: (?:ref(?:erence)?|number|no|id|file|log)\.?)*"
            r"(?: is| was|:| -|#)* ?"
            r"\K(?:#?(?!(?:999|101|111|112)\b)[a-z]{0,6}[/_-]?\d(?=[\w/-]*\d)[\w/-]{2,})\b",
            LIKELY,
        ),
        (r"(?<![\w/])(?=\w*\d[\w/-]*\d[\w/-]*\d)[a-z]{1,5}[/_-]?\d{4,}[\w/-]*\b", POSSIBLE),
        (r"(?<![\w/])\d{2,}[/_-][a-z]*\d{3,}[\w/-]*\b", POSSIBLE),
    ],
    "NUMBER": [(rf"(?<![\w£])\d(?:{_SEPARATOR}\d){{5,}}\b", POSSIBLE)],
}


def pattern_recognisers() -> list[PatternRecognizer]:
    """Presidio recognisers for all kinds of :data:`MASKS` but names."""
    made: list[PatternRecognizer] = [NhsRecognizer()]
    for kind, patterns in _PATTERNS.items():
        named = [Pattern(kind, expression, score) for expression, score in patterns]
        made.append(PatternRecognizer(supported_entity=kind, patterns=named))
    return made
