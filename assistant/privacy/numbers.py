"""Numbers that tell who somebody is: identity and reference numbers, telephone numbers."""

from __future__ import annotations

import re

from assistant.privacy.dates import DAY, MONTH, TENS, YEAR
from assistant.privacy.recognisers import CERTAIN, LIKELY, POSSIBLE, PatternRecogniser
from assistant.privacy.vocabulary import is_term, is_word, short_words

# Between two digits of one number: up to two signs or spaces, or a sign between spaces.
_GAP = r"(?: ?[-/()*]{1,2} ?|[. ])?"
_PHONE_GAP = r"(?: ?[-/()]{1,2} ?|[., ~]|, )?"
_DIGIT_WORD = r"(?:oh|o|zero|nought|nil|one|two|three|four|five|six|seven|eight|nine|\d)"
_SPOKEN = rf"(?:(?:double|triple|treble) )?(?:{_DIGIT_WORD}|{TENS}|hundred|thousand)"
_YEARS = rf"{YEAR} ?[-/] ?(?:{YEAR}|\d\d?)\b"

_ANNOUNCED = (
    r"(?:ref(?:erence)?|case|crime|incident|log|police|court|referral|file|client|pupil|student|"
    r"patient|hosp(?:ital)?|unique|liquid ?logic|lcs|ics|eclipse|niche|cris|occurrence|"
    r"urn|uprn|ppn|cad|id|number|no|num|nr|record|passport|collar|badge|warrant|shoulder|licence|"
    r"license|account|policy|membership|ticket|reg(?:istration)?|ext(?:ension)?|allegation|concern|"
    r"complaint|exhibit|bundle|note|notification|certificate|visa|permit|brp|nass|pnc|dbs|marac|oel|"
    r"cpoms|my ?concern|mosaic|care ?first|emis|systm ?one|rio|mrn|uln|trn|crn|claim|tenancy|"
    r"custody|candidate|centre no)"
)
_SAYS_WHICH = r"(?: (?:ref(?:erence)?|number|no|id|file|log)(?![a-z])\.?){0,3}"
"""Between such a word and the number: "case file no. 4417"."""
_TIME = r"(?:[01]?\d|2[0-3])[:.][0-5]\d"
# The parts of one reference: letters and digits in turn, with a sign or a space between them.
_PART_GAP = r"(?: ?[-/*:] ?|[. ])?"
# What ends it: no word of one letter ("a", "r", "u"), but where a sentence ends any capital.
_LAST_LETTER = r"(?:(?:[/-][a-z]| ?[b-hj-mpqstvwz]| (?-i:[A-Z])(?=[.,;:?!)]|$))\b(?!'))?"
_PARTS = (
    rf"(?:(?-i:(?:[A-Z]{{1,3}} )?[A-Z]{{1,6}}|[a-z]{{1,2}}){_PART_GAP})?\d{{1,12}}+"
    rf"(?:{_PART_GAP}(?:(?-i:[A-Z]{{1,5}}){_PART_GAP})?\d{{1,10}}+){{0,5}}+{_LAST_LETTER}(?!\w)"
)
_EXTENSION = r"(?:,? ?(?:\(? ?ext(?:ension|n)?\b\.?(?: no\.?)?|\(?x|#) ?\d{1,6}\b)?"

# Forms of courts and police, practice directions, NICE's guidelines: everybody's, nobody's.
_FORMS = (
    r"(?:c[12]?\d{1,2}|fl4\d\d|n\d{3}|ex\d{3}|d\d{1,3}|a\d{2}|mg\d{1,2}|pd\d{1,2}|op\d{2,3}|"
    r"(?:ng|cg|ph|qs)\d{1,3})[a-z]?"
)


_NO_SYSTEMS = frozenset("dob edd tel mob fax nhs upn nino gbp eur usd".split())


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _is_no_year_range(text: str) -> bool:
    """False for "2018-2024" and "2023/24"."""
    return re.fullmatch(_YEARS, text) is None


def _has_nhs_check_digit(text: str) -> bool:
    """The last digit of an NHS number follows from the nine before."""
    digits = [int(character) for character in text if character.isdigit()]
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9]


def is_form_number(text: str) -> bool:
    """True for the number of a form or a guideline: "C100", "PD12J"."""
    return re.fullmatch(_FORMS, text, re.IGNORECASE) is not None


def _is_prefixed(text: str) -> bool:
    """The letters before the digits belong to them: "EM 880...", not "tel", "HV" or "on"."""
    letters = re.split(r"[^a-z]", text.lower(), maxsplit=1)[0]
    announces = re.fullmatch(_ANNOUNCED, letters) is not None
    word = letters in short_words() if len(letters) < 3 else is_word(letters)
    return not (announces or is_term(letters) or word)


def _is_announced(text: str) -> bool:
    """Four digits, or three with letters: no year, no short count, no "LOG 22:14"."""
    digits = re.sub(r"\D", "", text)
    enough = len(digits) > 3 or (len(digits) == 3 and digits != text)
    return enough and _is_no_year_range(text) and not _is_year_or_time(text)


def _is_year_or_time(text: str) -> bool:
    return re.fullmatch(rf"\D*{YEAR}\D?|[a-z]+ {_TIME}", text, re.IGNORECASE) is not None


def _is_said_later(text: str) -> bool:
    """Four digits in a row, or capitals joined to three: "4417", "EDT 250611-07"."""
    return _is_announced(text) and re.search(r"\d{4}|[A-Z].*\d{3}", text) is not None


def _is_behind_a_system(text: str) -> bool:
    """ "LCS 30481": capitals that announce no money, date, telephone or number of a known kind."""
    letters = text.split(" ")[0].lower()
    return letters not in _NO_SYSTEMS and letters not in short_words()


def _is_exhibit(text: str) -> bool:
    """ "SLK/07": behind the stroke no year, before it no abbreviation of the field."""
    before, _, number = text.rpartition("/")
    year = "/" not in before and re.fullmatch(YEAR, number) is not None
    return not year and not any(map(is_term, before.lower().split("/")))


STATUTORY_INSTRUMENT = re.compile(
    rf"\b(?:UK)?S\.?I\.? (?:No\.? )?{YEAR}/\d{{1,4}}\b", re.IGNORECASE
)
"""A law that is cited by its number: "SI 2010/959"."""

NUMBER_PATTERNS = (
    PatternRecogniser(
        "UK_NHS", CERTAIN, rf"(?<![\w])\d(?:{_GAP}\d){{9}}(?!\w)", _has_nhs_check_digit
    ),
    PatternRecogniser(
        "NINO",
        CERTAIN,
        r"\b[a-z]{2}[ -]{0,2}\d{2}[ -]{0,2}\d{2}[ -]{0,2}\d{2}[ -]{0,2}[a-d]\b",
    ),
    # Unique pupil number: a letter, then eleven digits, then a digit or letter.
    PatternRecogniser("UPN", CERTAIN, r"\b[a-z] ?\d{3}[ -]?\d{4}[ -]?\d{4}[\da-z]\b"),
    PatternRecogniser(
        "PHONE",
        LIKELY,
        rf"(?<!\w)(?:\+ ?|00)\d{{1,3}}(?:{_PHONE_GAP}\d){{8,12}}\b{_EXTENSION}",
    ),
    PatternRecogniser(
        "PHONE", LIKELY, rf"(?<!\w)(?:\( ?)?0(?:{_PHONE_GAP}\d){{9,10}}\b{_EXTENSION}"
    ),
    # Typed with the letter o: "o7700 9oo 123".
    PatternRecogniser(
        "PHONE",
        LIKELY,
        rf"(?<!\w)[o0](?:{_PHONE_GAP}[o\d]){{9,10}}\b",
        lambda text: _digits(text) > 5,
    ),
    PatternRecogniser("PHONE", POSSIBLE, rf"(?<!\w)44(?:{_PHONE_GAP}\d){{9,10}}\b"),
    PatternRecogniser(
        "PHONE",
        LIKELY,
        rf"\b(?:oh|o|zero|nought|0)(?:[ ,-]{{1,2}}{_SPOKEN}){{7,11}}\b",
    ),
    # In digits and words: "07700 nine hundred 118".
    PatternRecogniser(
        "PHONE",
        LIKELY,
        rf"(?<!\w)0\d{{2,4}}(?:[ ,-]{{1,2}}(?:{_SPOKEN}|\d{{1,4}})){{2,9}}\b",
        lambda text: _digits(text) > 5,
    ),
    PatternRecogniser(
        "NUMBER",
        POSSIBLE,
        rf"\b{_SPOKEN}(?:[ ,-]{{1,2}}{_SPOKEN}){{5,20}}\b",
        lambda text: re.search(r"[a-z]{2}", text, re.IGNORECASE) is not None,
    ),
    PatternRecogniser(
        "PHONE",
        LIKELY,
        r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|ring|call|text|landline|fax|ext(?:ension)?)\b\.?"
        r"(?: (?:me|us|her|him|them|on|at|is|no|number)|:|\.){0,4} ?"
        r"(?P<id>(?!0800 ?11 ?11|(?:999|101|111|112|116\d{0,3}|119|105|"
        r"18000)\b)\d(?:[ -]?\d){2,10})\b"
        r"(?! ?(?:am|pm|hours?|hrs?|days?|times?|weeks?|months?|years?|minutes?|mins?|/|:|%))",
        lambda text: _digits(text) >= 5,
    ),
    # After a word that announces one: whatever follows and holds a digit.
    PatternRecogniser(
        "REFERENCE",
        LIKELY,
        rf"\b{_ANNOUNCED}\.?{_SAYS_WHICH}"
        r"(?: is| was|:| -|#| of| \(){0,3} ?"
        rf"(?P<id>#?(?!(?:999|101|111|112)\b)(?!{_TIME}\b)(?![a-z]{{3,}}+ )"
        r"[a-z]{0,6}[/_-]?\d(?=[\w/-]{0,40}\d)[\w/-]{1,40}(?: ?/ ?[a-z\d]{1,10})?)\b",
        lambda text: _is_no_year_range(text) and not re.fullmatch(rf"{YEAR}|\d\d", text),
    ),
    PatternRecogniser(
        "REFERENCE",
        LIKELY,
        rf"\b{_ANNOUNCED}(?![a-z])\.?{_SAYS_WHICH}"
        rf"(?: is| was|:| -|#){{0,3}} ?"
        rf"(?P<id>(?!(?:999|101|111|112|is|was|of|in|on|at)\b)"
        rf"(?!{_TIME}\b){_PARTS})",
        _is_announced,
    ),
    PatternRecogniser(
        "REFERENCE",
        LIKELY,
        r"\b(?:cad|inc|incident|log|police|crime|occurrence|oel|storm|sto)"
        r"(?: (?:ref|reference|number|no|log))?\.?"
        rf"(?: is| was|:| -|#){{0,2}} ?(?P<id>\d{{1,6}} of (?:the )?{DAY}(?:(?:st|nd|rd|th)?"
        rf"(?: of)? ?{MONTH}(?: ?{YEAR})?|st|nd|rd|th|"
        r"[./-](?:1[0-2]|0?[1-9])(?:[./-](?:20)?\d\d)?))\b",
    ),
    # Few digits that mean nothing but a person's device, place in a list or piece of evidence.
    PatternRecogniser(
        "NUMBER",
        LIKELY,
        r"\b(?:pin|pass ?code|(?:door|gate|entry|alarm) ?code|key ?safe|bleep|pager|oel|"
        r"ext(?:ension|n)?|locker|(?<!for )marac)\b"
        r"\.?(?: (?:code|number|no|ref|case|list)\.?){0,2}(?: is| was|:| -|#){0,2} ?"
        r"(?P<id>\d{2,8}(?:[/-]\d{1,6}){0,2})\b(?! ?(?:%|:|days?|weeks?|hours?|cases?|years?))",
    ),
    # The end of an account, a card or a telephone: "ending 9120", "last four digits 9120".
    PatternRecogniser(
        "NUMBER",
        LIKELY,
        r"\blast (?:few|three|four|five|six|[3-6])(?: digits| numbers)?(?: are| is| were|:)?"
        r" (?P<id>\d{3,6})\b(?! ?(?:weeks|days|months|years|hours))",
    ),
    PatternRecogniser(
        "NUMBER",
        LIKELY,
        r"\b(?:account|acc|card|phone|mobile|number|passport)s?(?: number| no\.?)?"
        r"(?: which| that)? (?:ending|ends|ended|finishing)(?: in| with|:)? (?P<id>\d{3,6})\b",
    ),
    # "a log number, 0419": a comma between the label and a number that is no year.
    PatternRecogniser(
        "REFERENCE",
        LIKELY,
        rf"\b{_ANNOUNCED} (?:ref|reference|number|no)\.?, (?P<id>\d{{4,10}})\b",
        lambda text: not re.fullmatch(YEAR, text),
    ),
    # Words between the label and the number: "my number there was 5214".
    PatternRecogniser(
        "REFERENCE",
        LIKELY,
        r"\b(?:number|ref(?:erence)?|code)\b(?! of\b)[^.;:!?\n\d]{1,40}?"
        rf"(?: is| was| it's| its|:| -) (?P<id>(?!{_TIME}\b)"
        rf"(?:(?-i:[A-Z]{{1,6}}[-/]){{1,2}}\d{{3,8}}\b|{_PARTS}))",
        _is_said_later,
    ),
    # A system or an office and the number there, which tell it together: "LCS 30481".
    PatternRecogniser(
        "REFERENCE",
        POSSIBLE,
        r"(?<![\w/-])(?-i:[A-Z]{2,6}) \d{5,10}(?:[/-]\d{1,6})?(?![\w%])(?![.,]\d)",
        _is_behind_a_system,
    ),
    PatternRecogniser(
        "REFERENCE",
        LIKELY,
        r"\bexhibits? (?:(?:no|ref|number)\.? )?(?P<id>[a-z]{1,5}[/ .-]?\d{1,4}[a-z]?)\b",
    ),
    PatternRecogniser(
        "REFERENCE",
        LIKELY,
        r"\bofficers?(?: attending)?:? (?P<id>\d{3,5}(?: (?:and|&) \d{3,5})?)\b",
    ),
    # The police's national computer: a year, a number, a letter that checks them.
    PatternRecogniser("REFERENCE", CERTAIN, r"\b\d{2}/\d{4,7}(?-i:[A-Z])\b"),
    PatternRecogniser(
        "REFERENCE", LIKELY, r"\b(?-i:[A-Z]{2,6}[/-][A-Z]{1,6})[/-](?!(?:19|20)\d\d\b)\d{3,8}\b"
    ),
    # An exhibit or an operation: "SLK/07", "JH/ab/2091", "OP-BRACKEN/114".
    PatternRecogniser(
        "REFERENCE",
        LIKELY,
        r"(?<![\w/-])(?-i:[A-Z][A-Z-]{1,11}(?:/[A-Za-z]{1,6}){0,2})/\d{1,8}\b(?!/)",
        _is_exhibit,
    ),
    # An address of the internet, version 6; a time ("10:30:00") has two colons.
    PatternRecogniser(
        "NUMBER",
        LIKELY,
        r"(?<![\w:])(?=[\da-f:]{8,39}(?![\w:]))(?=[\da-f:]{0,39}:[\da-f]{0,4}:[\da-f]{0,4}:)"
        r"(?:[\da-f]{0,4}:){3,7}[\da-f]{1,4}(?![\w:])",
    ),
    # A driving licence: five of the name, six of the birth, initials, and what checks them.
    PatternRecogniser(
        "REFERENCE", CERTAIN, r"\b[a-z9]{5} ?\d{6} ?[a-z9]{2}\d[a-z]{2}(?: ?\d{2})?\b"
    ),
    PatternRecogniser(
        "REFERENCE",
        LIKELY,
        r"\b(?:(?:cad|collar|badge|shoulder)(?: (?:number|no))?\.?|w?pc|dc|"
        r"sgt|ps|di|dci|pcso) ?(?P<id>\d{2,6})\b",
    ),
    # A "DS 14" is a dear son of fourteen.
    PatternRecogniser("REFERENCE", LIKELY, r"\bds ?(?P<id>\d{3,6})\b"),
    # Behind the officer's name: "PC Price 2281".
    PatternRecogniser(
        "REFERENCE",
        LIKELY,
        r"\b(?:w?pc|dc|ds|di|dci|ps|pcso|sgt|insp|sergeant|constable|inspector|officer)\.?"
        r"(?: [^\W\d_][\w'-]{1,20}){1,2},? \(?#?(?P<id>\d{3,6})\b(?! ?(?:years?|weeks?|days?|%))",
    ),
    # The police's units: "TX21".
    PatternRecogniser(
        "REFERENCE", LIKELY, r"\b(?:units?|call ?signs?) (?P<id>(?-i:[A-Z]{2}\d{2}[A-Z]?))\b"
    ),
    # A bed in a hospital, beside its ward: "Ward 6, bed 14", "bed 14 on ward 6".
    PatternRecogniser(
        "NUMBER",
        LIKELY,
        r"\b(?:ward|bay|hospital|infirmary|general|unit)\b[^.;!?\n]{0,24}?[ ,]"
        r"(?P<id>bed (?:no\.? )?\d{1,3})\b(?! ?(?:times|nights?|hours?|pm|am|:))",
    ),
    PatternRecogniser(
        "NUMBER",
        LIKELY,
        r"\b(?P<id>bed (?:no\.? )?\d{1,3}) (?:on|in|of) (?:the )?(?:\w{1,20} )?ward\b",
    ),
    # An international bank account; a claim of child benefit.
    PatternRecogniser(
        "NUMBER",
        CERTAIN,
        r"\b(?-i:[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?)(?!\w)",
        lambda text: _digits(text) > 9,
    ),
    PatternRecogniser("REFERENCE", CERTAIN, r"\bchb ?\d{8} ?[a-z]{2}\b"),
    PatternRecogniser(
        "REFERENCE",
        POSSIBLE,
        r"(?<![\w/-])(?!(?<=\bthe )(?-i:[AB])\d{4}\b)"  # a road: "off the A1079"
        r"(?=[\w/-]{0,20}\d[\w/-]{0,20}\d[\w/-]{0,20}\d)[a-z]{1,6}[/_-]?\d{3,}+[\w/-]{0,40}\b",
        lambda text: (
            not re.fullmatch(r"[a-z]{2,6}[-/]?(?:19|20)\d\d|s\d{3}[a-z]?", text, re.IGNORECASE)
            and not is_form_number(text)
        ),
    ),
    PatternRecogniser(
        "REFERENCE",
        POSSIBLE,
        r"(?<![\w/-])(?:[a-z\d]{1,8}[/_-]){1,4}\d{3,}+(?:[/_-][a-z\d]{1,10}){0,3}\b",
        lambda text: _is_no_year_range(text) and _digits(text) >= 5,
    ),
    PatternRecogniser(
        "REFERENCE",
        POSSIBLE,
        r"(?<![\w/-])\d{3,}+[/_-](?:[a-z\d]{1,10}[/_-]){0,2}[a-z\d]{1,10}\b",
        lambda text: _is_no_year_range(text) and _digits(text) >= 5,
    ),
    # A court's: place, year, kind and number.
    PatternRecogniser(
        "REFERENCE",
        POSSIBLE,
        r"\b(?:(?-i:[A-Z]{2,5})/)?[a-z]{1,4}[ /.-]?\d{2}[ /.-]?[a-z]{1,2}[ /.-]?\d{4,6}"
        r"(?:/\d{1,3})?\b",
        lambda text: " " not in text or text.isupper(),
    ),
    PatternRecogniser(
        "REFERENCE",
        POSSIBLE,
        rf"(?<![\w/-])(?:(?-i:[A-Z]{{1,5}})|[a-z]{{1,2}}){_PART_GAP}"
        rf"\d(?:{_GAP}\d){{5,}}+{_LAST_LETTER}(?![\w%])",
        _is_prefixed,
    ),
    PatternRecogniser(
        "NUMBER",
        POSSIBLE,
        rf"(?<![\w£€$.])(?!{_YEARS})\d(?:{_GAP}\d){{5,}}+(?![\w%])",
        _is_no_year_range,
    ),
)
