"""What identifies a person in the United Kingdom, apart from names and places.

A needless mask costs little and a missed one is a leak, so the patterns are wide, and few depend
on a word of context being near. They are applied to the plain characters of
:class:`~assistant.privacy.plain_text.PlainText`.

No pattern can be slow: a repetition is bounded, or possessive (``++``) so that it is never tried
again; a test holds that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Iterator, Optional, Protocol, Sequence

from assistant.guidance.shorthand import TERMS
from assistant.privacy.vocabulary import is_english

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
    "CAR": "[car registration]",
    "ADDRESS": "[address]",
    "POSTCODE": "[postcode]",
    "PLACE": "[place]",
    "DATE": "[date]",
    "REFERENCE": "[reference]",
    "NUMBER": "[number]",
    "OTHER_SCRIPT": "[words in another script]",
}
"""Every kind of identifier, and what is kept in its place."""

MASK = re.compile("|".join(re.escape(mask) for mask in MASKS.values()))
"""Any of :data:`MASKS`."""


@dataclass(frozen=True)
class Finding:
    """What one recogniser found: plain characters from start to end."""

    start: int
    end: int
    kind: str
    score: float


class Recogniser(Protocol):
    """Finds identifiers in plain text. It keeps nothing of it, so threads may share it."""

    def find(self, text: str) -> Iterator[Finding]:
        """What it finds, in any order; findings may overlap."""


class PatternRecogniser:
    """Finds what a pattern matches: its group ``id`` where it has one, else all of it."""

    def __init__(
        self,
        kind: str,
        pattern: str,
        score: float,
        is_right: Optional[Callable[[str], bool]] = None,
    ) -> None:
        """Take the kind of :data:`MASKS`, the pattern (case is ignored) and a check of a match."""
        self.pattern = pattern
        self._kind, self._score, self._is_right = kind, score, is_right
        self._compiled = re.compile(pattern, re.IGNORECASE)
        self._group = "id" if "id" in self._compiled.groupindex else 0

    def find(self, text: str) -> Iterator[Finding]:
        """Every match that the check lets pass."""
        for match in self._compiled.finditer(text):
            start, end = match.span(self._group)
            if end > start and (self._is_right is None or self._is_right(text[start:end])):
                yield Finding(start, end, self._kind, self._score)


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_WELSH_MONTH = (
    r"(?:ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ -]?)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth?|ninth?|"
    r"tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|"
    r"nineteenth|twentieth|thirtieth)"
)
_FEAST = r"(?:christmas(?: eve| day)?|boxing day|new years?(?: eve| day)?|halloween|easter|eid)"
_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = r"(?:ten|eleven|twelve|\w{3,5}teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_YEAR_IN_WORDS = (
    rf"(?:two thousand(?: and)? (?:{_TENS}|{_UNIT})(?:[ -]{_UNIT})?|two thousand|"
    rf"(?:nineteen|twenty)[ -](?:oh[ -]{_UNIT}|{_TENS}(?:[ -]{_UNIT})?))"
)
_YEAR = r"(?:19|20)\d{2}"
_OF_THE_WEEK = (
    r"(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]{0,2} (?:the )?"
)
_WEEKDAY = rf"(?:{_OF_THE_WEEK})?"

# Between two digits of one number: up to two signs or spaces, or a sign between spaces.
_GAP = r"(?: ?[-/()*]{1,2} ?|[. ])?"
_PHONE_GAP = r"(?: ?[-/()]{1,2} ?|[., ]|, )?"
_DIGIT_WORD = r"(?:oh|o|zero|nought|nil|one|two|three|four|five|six|seven|eight|nine|\d)"
_SPOKEN = rf"(?:(?:double|triple|treble) )?(?:{_DIGIT_WORD}|{_TENS}|hundred|thousand)"
_YEARS = rf"{_YEAR} ?[-/] ?(?:{_YEAR}|\d\d)\b"

_AT = r"(?: ?@ ?| ?[(\[{{<] ?at ?[)\]}}>] ?| at )".replace("{{", "{").replace("}}", "}")
_DOT = r"(?:\.| ?[(\[{] ?(?:dot|\.) ?[)\]}] ?| dot )"
_PROVIDER = (
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|btinternet|proton(?:mail)?|nhs)"
)
_MAILBOX = r"(?<![\w.+%'-])[\w.+%'-]{1,100}"

_ANNOUNCED = (
    r"(?:ref(?:erence)?|case|crime|incident|log|police|court|referral|file|client|pupil|student|"
    r"patient|hosp(?:ital)?|unique|liquid ?logic|lcs|ics|eclipse|niche|cris|occurrence|"
    r"urn|uprn|ppn|cad|id|number|no|num|nr|record|passport|collar|badge|warrant|shoulder|licence|"
    r"license|account|policy|membership|ticket|reg(?:istration)?|ext(?:ension)?|allegation|concern|"
    r"complaint|exhibit|bundle|note|notification|certificate|visa|permit|brp|nass|pnc|dbs|marac|oel|"
    r"mosaic|care ?first|emis|systm ?one|rio|mrn|uln|trn|crn|claim|tenancy)"
)
# The parts of one reference: letters and digits in turn, with a sign or a space between them.
_PART_GAP = r"(?: ?[-/*:] ?|[. ])?"
# What ends it: no word of one letter ("a", "r", "u"), but where a sentence ends any capital.
_LAST_LETTER = r"(?:(?:[/-][a-z]| ?[b-hj-mpqstvwz]| (?-i:[A-Z])(?=[.,;:?!)]|$))\b(?!'))?"
_PARTS = (
    rf"(?:(?-i:(?:[A-Z]{{1,3}} )?[A-Z]{{1,6}}|[a-z]{{1,2}}){_PART_GAP})?\d{{1,12}}+"
    rf"(?:{_PART_GAP}(?:(?-i:[A-Z]{{1,5}}){_PART_GAP})?\d{{1,10}}+){{0,5}}+{_LAST_LETTER}(?!\w)"
)
_EXTENSION = r"(?:,? ?(?:\(? ?ext(?:ension|n)?\b\.?(?: no\.?)?|\(?x|#) ?\d{1,6}\b)?"
# Capitals before digits are no part of a number if they are one of these: "ON 12 12 2024".
SHORT_WORDS = frozenset(
    "a i am an as at be by do go he hi if in is it me mr ms dr my no of oh ok on or pm so st to up "
    "us we pt hv od gp tv pe re".split()
)
# Forms of courts and police, practice directions, NICE's guidelines: everybody's, nobody's.
_FORMS = (
    r"(?:c[12]?\d{1,2}|fl4\d\d|n\d{3}|ex\d{3}|d\d{1,3}|a\d{2}|mg\d{1,2}|pd\d{1,2}|op\d{2,3}|"
    r"(?:ng|cg|ph|qs)\d{1,3})[a-z]?"
)
_PLATFORM = (
    r"(?:snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|discord|whatsapp|telegram|facebook|fb|skype|"
    r"twitter|roblox|kik|steam|xbox|psn|ps[45]|wizz|yubo|fortnite|minecraft|twitch|signal|"
    r"tinder|grindr|user ?names?|user|gamer ?tag|handle|screen ?name|log ?in)"
)
_UNITS = (
    r"(?:st|nd|rd|th|s|y|yr|yrs|yo|m|mth|mths|mo|mos|d|w|wk|wks|h|hr|hrs|min|mins|am|pm|k|x|"
    r"ft|cm|mm|kg|g|ml|p|f|b|a|c|e|ish)"
)


def _is_no_year_range(text: str) -> bool:
    """False for "2018-2024" and "2023/24"."""
    return re.fullmatch(_YEARS, text) is None


def _has_nhs_check_digit(text: str) -> bool:
    """The last digit of an NHS number follows from the nine before."""
    digits = [int(character) for character in text if character.isdigit()]
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9]


def _is_form(text: str) -> bool:
    return re.fullmatch(_FORMS, text, re.IGNORECASE) is not None


def _is_prefixed(text: str) -> bool:
    """The letters before the digits belong to them: "EM 880...", not "tel", "HV" or "on"."""
    letters = re.split(r"[^a-z]", text.lower(), maxsplit=1)[0]
    announces = re.fullmatch(_ANNOUNCED, letters) is not None
    word = letters in SHORT_WORDS if len(letters) < 3 else is_english(letters)
    return not (announces or letters in TERMS or word)


def _is_announced(text: str) -> bool:
    """Four digits, or three with letters: no year, no short count."""
    digits = re.sub(r"\D", "", text)
    enough = len(digits) > 3 or (len(digits) == 3 and digits != text)
    return enough and _is_no_year_range(text) and not re.fullmatch(rf"\D*{_YEAR}\D?", text)


def _is_handle(text: str) -> bool:
    """ "NightOwl1987", "zak2k4"; not "Year10", "covid19", "4yrs", "KS2"."""
    letters = re.sub(r"[^a-z]", " ", text.lower()).split()
    if not letters or re.fullmatch(rf"\d+{_UNITS}", text, re.IGNORECASE):
        return False
    if re.fullmatch(r"[A-Za-z]{1,3}\d{1,3}[a-z]?|[A-Z]{2,6}\d{1,4}", text) or _is_form(text):
        return False  # KS2, Y10b, s130, AIM3, PD12J
    if (
        len(letters) == 1
        and is_english(letters[0])
        and re.fullmatch(r"[a-z]+\d{1,4}", text.lower())
    ):
        return False  # section47, covid19
    return len(text) >= 5


_CAMELS = frozenset(
    "whatsapp tiktok youtube snapchat facetime facebook linkedin onlyfans paypal thinkuknow "
    "parentsprotect stopitnow safelives childline playstation openai chatgpt liquidlogic iphone "
    "earlyhelp carefirst systmone classdojo classcharts myconcern parentpay "
    "wordpress powerpoint onedrive sharepoint mcdonalds healthwatch kidscape".split()
)


def _is_camel(text: str) -> bool:
    """ "NoobSlayer": two words run together and no service of that name."""
    return text.lower() not in _CAMELS and not is_english(text.lower())


_PATTERNS: Sequence[tuple[str, float, str, Optional[Callable[[str], bool]]]] = (
    ("UK_NHS", CERTAIN, rf"(?<![\w])\d(?:{_GAP}\d){{9}}(?!\w)", _has_nhs_check_digit),
    (
        "NINO",
        CERTAIN,
        r"\b[a-z]{2}[ -]{0,2}\d{2}[ -]{0,2}\d{2}[ -]{0,2}\d{2}[ -]{0,2}[a-d]\b",
        None,
    ),
    # Unique pupil number: a letter, then eleven digits, then a digit or letter.
    ("UPN", CERTAIN, r"\b[a-z] ?\d{3}[ -]?\d{4}[ -]?\d{4}[\da-z]\b", None),
    # E-mail addresses, also as people write them so that no machine finds them.
    ("EMAIL", CERTAIN, rf"{_MAILBOX}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}", None),
    (
        "EMAIL",
        CERTAIN,
        rf"{_MAILBOX} ?@ ?[\w-]{{1,63}} ?\. ?(?:com|org|uk|net|gov|nhs|ac|co)\b"
        r"(?: ?\. ?uk\b)?",
        None,
    ),
    (
        "EMAIL",
        CERTAIN,
        rf"{_MAILBOX}(?:{_DOT}[\w-]{{1,40}}){{0,3}}{_AT}"
        rf"[\w-]{{1,40}}(?: ?[(\[{{] ?(?:dot|\.) ?[)\]}}] ?|"
        rf" dot )[\w-]{{1,20}}(?:{_DOT}[\w-]{{1,20}}){{0,4}}",
        None,
    ),
    (
        "EMAIL",
        CERTAIN,
        rf"{_MAILBOX}(?: \. [\w-]{{1,40}}){{0,3}} ?[(\[{{<] ?at ?[)\]}}>] ?[\w-]{{1,40}}"
        rf"(?:(?:{_DOT}| \. )[\w-]{{1,20}}){{1,5}}",
        None,
    ),
    ("EMAIL", CERTAIN, rf"{_MAILBOX} at {_PROVIDER}(?:{_DOT}[\w-]{{1,20}}){{1,3}}", None),
    ("LINK", CERTAIN, r"\b(?:https?:?//|www\.)\S++", None),
    (
        "LINK",
        CERTAIN,
        r"(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\."
        r"(?:com|uk|org|net|me|gg|tv|app|io|cymru|wales)/\S++",
        None,
    ),
    ("HANDLE", LIKELY, r"(?<![\w@])@ ?[\w.]{2,60}", None),
    ("HANDLE", LIKELY, r"(?<![\w@])[\w.]{2,32}#\d{4}\b", None),
    (
        "HANDLE",
        POSSIBLE,
        r"(?<![\w@.-])(?=[\w.]{0,40}[a-z])(?!_)[\w.]{1,40}[a-z\d]_(?:[\w.]{1,40}\b|(?!\w))",
        None,
    ),
    (
        "HANDLE",
        POSSIBLE,
        r"(?<![\w@./-])(?=[a-z]{0,30}\d{0,12}[a-z])(?=[\d.]{0,12}[a-z.]{1,30}\d)"
        r"[a-z\d]{3,30}(?:\.[a-z\d]{2,20})?\b(?![/@-])",
        _is_handle,
    ),
    ("HANDLE", POSSIBLE, r"\b(?-i:[A-Z][a-z]{2,14}(?:[A-Z][a-z]{2,14}){1,3})\d{0,6}\b", _is_camel),
    (
        "HANDLE",
        LIKELY,
        rf"\b{_PLATFORM}(?:'?s)?(?: (?:user ?name|name|account|handle|id|tag))?"
        rf"(?: (?:is|was|as)|:| -)? ?\"?@?(?P<id>(?=[\w.]{{0,40}}[\d_.]\w)[\w.]{{3,60}})",
        None,
    ),
    (
        "POSTCODE",
        CERTAIN,
        r"\b(?:gir ?0aa|[a-z]{1,2}\d[a-z\d]? ?\d(?-i:(?!st|nd|rd|th))[a-z]{2})\b",
        None,
    ),
    ("POSTCODE", CERTAIN, r"\bpost ?code:? (?:is )?[a-z]{1,2}\d{1,2}[a-z]?\b", None),
    (
        "ADDRESS",
        POSSIBLE,
        r"\b(?:at|from) (?P<id>(?:number|no\.?|nr) ?\d{1,3}[a-z]?)\b(?! (?:in|on|of|for) )",
        None,
    ),
    # "r." is the Polish "of the year".
    (
        "DATE",
        LIKELY,
        rf"\b{_WEEKDAY}{_DAY} ?[./-] ?(?:1[0-2]|0?[1-9]) ?[./-] ?(?:19|20)?\d{{2}}\b(?: ?r\.)?",
        None,
    ),
    ("DATE", LIKELY, rf"\b{_DAY}[ ./-](?:i{{1,3}}|i?[vx]|vi{{1,3}}|xii?)[ ./-]{_YEAR}\b", None),
    ("DATE", LIKELY, rf"\b{_DAY} (?:1[0-2]|0?[1-9]) {_YEAR}\b", None),
    ("DATE", LIKELY, rf"\b{_DAY} (?:o )?{_WELSH_MONTH} {_YEAR}\b", None),
    ("DATE", LIKELY, rf"\b{_YEAR} ?[./-] ?(?:1[0-2]|0?[1-9]) ?[./-] ?\d{{1,2}}\b", None),
    (
        "DATE",
        LIKELY,
        rf"\b{_WEEKDAY}{_DAY}(?:st|nd|rd|th)?(?: day)?(?: of)?[ /.-]{{0,2}}{_MONTH}\b"
        rf"\.?,?[ /-]{{1,2}}(?:'?\d\d|{_YEAR}|{_YEAR_IN_WORDS})\b(?![:.]\d)",
        None,
    ),
    # Day and month: with an ordinal or "of", or after a word that is about dates.
    ("DATE", LIKELY, rf"\b{_WEEKDAY}{_DAY}(?:st|nd|rd|th)(?: day)?(?: of)? {_MONTH}\b", None),
    ("DATE", LIKELY, rf"\b{_OF_THE_WEEK}{_DAY}(?:st|nd|rd|th)? {_MONTH}\b", None),
    ("DATE", POSSIBLE, rf"\b(?:on|of|until|by|since|dated?|from) (?P<id>{_DAY} {_MONTH})\b", None),
    (
        "DATE",
        LIKELY,
        rf"\b{_WEEKDAY}{_MONTH} (?:the )?{_DAY}(?:st|nd|rd|th)?,? {_YEAR}\b",
        None,
    ),
    ("DATE", LIKELY, rf"\b{_MONTH} (?:the )?{_DAY}(?:st|nd|rd|th)\b", None),
    (
        "DATE",
        LIKELY,
        rf"\b(?:the )?{_ORDINAL}(?: day)? of {_MONTH}\b,?(?: (?:{_YEAR_IN_WORDS}|{_YEAR}))?",
        None,
    ),
    (
        "DATE",
        LIKELY,
        rf"\b{_MONTH} (?:the )?{_ORDINAL}\b,?(?: (?:{_YEAR_IN_WORDS}|{_YEAR}))?",
        None,
    ),
    ("DATE", LIKELY, rf"\b{_FEAST} (?:of |in )?(?:{_YEAR}|{_YEAR_IN_WORDS})\b", None),
    (
        "DATE",
        LIKELY,
        r"\b(?:d\.? ?o\.? ?b\.?|date of birth|birth ?day|born|bday)\b"
        r"(?: is| was| on| in|'s|:| -){0,3} ?(?:the )?"
        rf"(?P<id>{_DAY}(?:st|nd|rd|th)?(?: of)?[ /.-](?:{_MONTH}|\d{{1,2}})"
        rf"(?:[ /.-]\d{{2,4}})?|(?:{_MONTH} )?{_YEAR}|\d{{6,8}}|{_YEAR_IN_WORDS})\b",
        None,
    ),
    (
        "PHONE",
        LIKELY,
        rf"(?<!\w)(?:\+ ?|00)\d{{1,3}}(?:{_PHONE_GAP}\d){{8,12}}\b{_EXTENSION}",
        None,
    ),
    ("PHONE", LIKELY, rf"(?<!\w)(?:\( ?)?0(?:{_PHONE_GAP}\d){{9,10}}\b{_EXTENSION}", None),
    ("PHONE", POSSIBLE, rf"(?<!\w)44(?:{_PHONE_GAP}\d){{9,10}}\b", None),
    (
        "PHONE",
        LIKELY,
        rf"\b(?:oh|o|zero|nought|0)(?:[ ,-]{{1,2}}{_SPOKEN}){{7,11}}\b",
        None,
    ),
    (
        "NUMBER",
        POSSIBLE,
        rf"\b{_SPOKEN}(?:[ ,-]{{1,2}}{_SPOKEN}){{5,20}}\b",
        lambda text: re.search(r"[a-z]{2}", text, re.IGNORECASE) is not None,
    ),
    (
        "PHONE",
        LIKELY,
        r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|ring|call|text|landline|fax|ext(?:ension)?)\b\.?"
        r"(?: (?:me|us|her|him|them|on|at|is|no|number)|:|\.){0,4} ?"
        r"(?P<id>(?!0800 ?11 ?11|(?:999|101|111|112|116\d{0,3}|119|105|"
        r"18000)\b)\d(?:[ -]?\d){2,10})\b"
        r"(?! ?(?:am|pm|hours?|hrs?|days?|times?|weeks?|months?|years?|minutes?|mins?|/|:|%))",
        lambda text: sum(character.isdigit() for character in text) >= 5,
    ),
    # After a word that announces one: whatever follows and holds a digit.
    (
        "REFERENCE",
        LIKELY,
        rf"\b{_ANNOUNCED}\.?(?: (?:ref(?:erence)?|number|no|id|file|log)\.?){{0,3}}"
        r"(?: is| was|:| -|#| of){0,3} ?"
        r"(?P<id>#?(?!(?:999|101|111|112)\b)(?![a-z]{3,}+ )"
        r"[a-z]{0,6}[/_-]?\d(?=[\w/-]{0,40}\d)[\w/-]{1,40}(?: ?/ ?[a-z\d]{1,10})?)\b",
        lambda text: _is_no_year_range(text) and not re.fullmatch(rf"{_YEAR}|\d\d", text),
    ),
    (
        "REFERENCE",
        LIKELY,
        rf"\b{_ANNOUNCED}(?![a-z])\.?(?: (?:ref(?:erence)?|number|no|id|file|log)\.?){{0,3}}"
        rf"(?: is| was|:| -|#){{0,3}} ?"
        rf"(?P<id>(?!(?:999|101|111|112|is|was|of|in|on|at)\b){_PARTS})",
        _is_announced,
    ),
    (
        "REFERENCE",
        LIKELY,
        r"\b(?:cad|incident|log|police|crime|occurrence|oel|storm|sto)"
        r"(?: (?:ref|reference|number|no|log))?\.?"
        rf"(?: is| was|:| -|#){{0,2}} ?(?P<id>\d{{1,6}} of (?:the )?{_DAY}(?:(?:st|nd|rd|th)?"
        rf"(?: of)? {_MONTH}(?: {_YEAR})?|st|nd|rd|th|"
        r"[./-](?:1[0-2]|0?[1-9])(?:[./-](?:20)?\d\d)?))\b",
        None,
    ),
    # Few digits that mean nothing but a person's device, place in a list or piece of evidence.
    (
        "NUMBER",
        LIKELY,
        r"\b(?:pin|pass ?code|door ?code|key ?safe|bleep|pager|ext(?:ension|n)?|oel|marac|locker)\b"
        r"\.?(?: (?:code|number|no|ref|case|list)\.?){0,2}(?: is| was|:| -|#){0,2} ?"
        r"(?P<id>\d{2,8}(?:[/-]\d{1,6}){0,2})\b(?! ?(?:%|:|days?|weeks?|hours?|cases?|years?))",
        None,
    ),
    # "a log number, 0419": a comma between the label and a number that is no year.
    (
        "REFERENCE",
        LIKELY,
        rf"\b{_ANNOUNCED} (?:ref|reference|number|no)\.?, (?P<id>\d{{4,10}})\b",
        lambda text: not re.fullmatch(_YEAR, text),
    ),
    (
        "REFERENCE",
        LIKELY,
        r"\bexhibits? (?:(?:no|ref|number)\.? )?(?P<id>[a-z]{1,5}[/ .-]?\d{1,4}[a-z]?)\b",
        None,
    ),
    (
        "REFERENCE",
        LIKELY,
        r"\bofficers?(?: attending)?:? (?P<id>\d{3,5}(?: (?:and|&) \d{3,5})?)\b",
        None,
    ),
    # The police's national computer: a year, a number, a letter that checks them.
    ("REFERENCE", CERTAIN, r"\b\d{2}/\d{4,7}(?-i:[A-Z])\b", None),
    ("REFERENCE", LIKELY, r"\b(?-i:[A-Z]{2,6}/[A-Z]{1,6})[/-]\d{3,8}\b", None),
    # An address of the internet, version 6; a time ("10:30:00") has two colons.
    (
        "NUMBER",
        LIKELY,
        r"(?<![\w:])(?=[\da-f:]{8,39}(?![\w:]))(?=[\da-f:]{0,39}:[\da-f]{0,4}:[\da-f]{0,4}:)"
        r"(?:[\da-f]{0,4}:){3,7}[\da-f]{1,4}(?![\w:])",
        None,
    ),
    # A driving licence: five of the name, six of the birth, initials, and what checks them.
    ("REFERENCE", CERTAIN, r"\b[a-z9]{5} ?\d{6} ?[a-z9]{2}\d[a-z]{2}(?: ?\d{2})?\b", None),
    (
        "REFERENCE",
        LIKELY,
        r"\b(?:(?:cad|collar|badge|shoulder)(?: (?:number|no))?\.?|w?pc|dc|ds|"
        r"sgt) ?(?P<id>\d{2,6})\b",
        None,
    ),
    (
        "REFERENCE",
        POSSIBLE,
        r"(?<![\w/-])(?=[\w/-]{0,20}\d[\w/-]{0,20}\d[\w/-]{0,20}\d)[a-z]{1,6}[/_-]?\d{3,}+[\w/-]{0,40}\b",
        lambda text: (
            not re.fullmatch(r"[a-z]{2,6}[-/]?(?:19|20)\d\d|s\d{3}[a-z]?", text, re.IGNORECASE)
            and not _is_form(text)
        ),
    ),
    (
        "REFERENCE",
        POSSIBLE,
        r"(?<![\w/-])(?:[a-z\d]{1,8}[/_-]){1,4}\d{3,}+(?:[/_-][a-z\d]{1,10}){0,3}\b",
        lambda text: _is_no_year_range(text) and sum(c.isdigit() for c in text) >= 5,
    ),
    (
        "REFERENCE",
        POSSIBLE,
        r"(?<![\w/-])\d{3,}+[/_-](?:[a-z\d]{1,10}[/_-]){0,2}[a-z\d]{1,10}\b",
        lambda text: _is_no_year_range(text) and sum(c.isdigit() for c in text) >= 5,
    ),
    # A court's: place, year, kind and number.
    (
        "REFERENCE",
        POSSIBLE,
        r"\b[a-z]{1,4}[ /.-]?\d{2}[ /.-]?[a-z]{1,2}[ /.-]?\d{4,6}(?:/\d{1,3})?\b",
        lambda text: " " not in text or text.isupper(),
    ),
    (
        "REFERENCE",
        POSSIBLE,
        rf"(?<![\w/-])(?:(?-i:[A-Z]{{1,5}})|[a-z]{{1,2}}){_PART_GAP}"
        rf"\d(?:{_GAP}\d){{5,}}+{_LAST_LETTER}(?![\w%])",
        _is_prefixed,
    ),
    (
        "NUMBER",
        POSSIBLE,
        rf"(?<![\w£€$.])(?!{_YEARS})\d(?:{_GAP}\d){{5,}}+(?![\w%])",
        _is_no_year_range,
    ),
)


def _is_other_script(text: str) -> bool:
    return any(character >= "\u0370" and character.isalpha() for character in text)


# Words in another script than the Latin one, with what stands between them. Names in them cannot
# be told from other words here, and the assistant reads none of them.
_LETTER = (
    r"[\u0370-\u1cff\u1f00-\u1fff\u2c80-\u2dff\u2e80-\uffef"
    r"\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
_OTHER_SCRIPT = (
    rf"(?<![^\W_])[a-z\u00c0-\u036f]*+{_LETTER}"
    rf"(?:[\w\u0300-\u036f'-]|{_LETTER}|[ ,;.](?={_LETTER}))*+"
)


class OtherScriptRecogniser(PatternRecogniser):
    """Words that are not, or not all, in Latin letters."""

    def __init__(self) -> None:
        """Nothing to set."""
        super().__init__("OTHER_SCRIPT", _OTHER_SCRIPT, CERTAIN, _is_other_script)


def pattern_recognisers() -> list[PatternRecogniser]:
    """Recognisers for numbers, dates, e-mail addresses, links and user names."""
    made = [
        PatternRecogniser(kind, pattern, score, is_right)
        for kind, score, pattern, is_right in _PATTERNS
    ]
    return [*made, OtherScriptRecogniser()]
