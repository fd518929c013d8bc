"""E-mail addresses, links and user names."""

from __future__ import annotations

import re

from assistant.privacy.numbers import is_form_number
from assistant.privacy.recognisers import CERTAIN, LIKELY, POSSIBLE, PatternRecogniser
from assistant.privacy.vocabulary import is_listed_name, is_word, run_together_names

_AT = r"(?: ?@ ?| ?[(\[{{<] ?at ?[)\]}}>] ?| at )".replace("{{", "{").replace("}}", "}")
_DOT = r"(?:\.| ?[(\[{] ?(?:dot|\.) ?[)\]}] ?| dot )"
_PROVIDER = (
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|btinternet|proton(?:mail)?|nhs)"
)
_MAILBOX = r"(?<![\w.+%'-])[\w.+%'-]{1,100}"

_PLATFORM = (
    r"(?:snap(?:chat)?|insta(?:gram)?|ig|tik ?tok|discord|whatsapp|telegram|facebook|fb|skype|"
    r"twitter|roblox|kik|steam|xbox|psn|ps[45]|wizz|yubo|fortnite|minecraft|twitch|signal|"
    r"tinder|grindr|user ?names?|user|gamer ?tag|handle|screen ?name|log ?in)"
)
_TOP_DOMAINS = (
    "com|uk|org|net|me|gg|tv|app|io|cymru|wales|ee|be|ly|gl|link|page|bio|site|xyz|live|chat|to|"
    "info|eu|ie|fr|de|pl|fm|cc|dev|ai|ca|example|test"
)
_UNITS = (
    r"(?:st|nd|rd|th|s|y|yr|yrs|yo|m|mth|mths|mo|mos|d|w|wk|wks|h|hr|hrs|min|mins|am|pm|k|x|"
    r"ft|cm|mm|kg|g|ml|p|f|b|a|c|e|ish)"
)


def _is_handle(text: str) -> bool:
    """ "NightOwl1987", "zak2k4"; not "Year10", "covid19", "4yrs", "KS2"."""
    letters = re.sub(r"[^a-z]", " ", text.lower()).split()
    if re.fullmatch(r"(?:every|any|some|sum|no)1s?", text, re.IGNORECASE):
        return False
    if not letters or re.fullmatch(rf"\d+{_UNITS}", text, re.IGNORECASE):
        return False
    if re.fullmatch(r"[A-Za-z]{1,3}\d{1,3}[a-z]?|[A-Z]{2,6}\d{1,4}", text) or is_form_number(text):
        return False  # KS2, Y10b, s130, AIM3, PD12J
    if len(letters) == 1 and is_word(letters[0]) and re.fullmatch(r"[a-z]+\d{1,4}", text.lower()):
        return False  # section47, covid19
    return len(text) >= 5


def _is_no_public_page(text: str) -> bool:
    return (
        re.match(r"(?:www\.)?(?:[a-z-]{1,30}\.)?(?:gov\.uk|gov\.wales|nice\.org\.uk)/", text)
        is None
    )


def _is_camel(text: str) -> bool:
    """ "NoobSlayer": two words run together and no service of that name."""
    return text.lower() not in run_together_names() and not is_word(text.lower())


def _is_dotted_handle(text: str) -> bool:
    """ "vexx.exe"; not "away.then", where a space was forgotten."""
    return any(len(part) > 2 and not is_word(part) for part in text.lower().split("."))


def _is_in_dots(text: str) -> bool:
    """ "vexx.m.official", "toast.mcghost": a part is no word, and it is no address of the web."""
    long_parts = (part for part in text.lower().split(".") if len(part) > 5)
    strange = text.count(".") > 1 or not all(map(is_word, long_parts))
    return (
        strange and _is_dotted_handle(text) and re.search(rf"\.(?:{_TOP_DOMAINS})$", text) is None
    )


def _is_called_after_somebody(text: str) -> bool:
    """ "Zofia_bodymap.pdf"; not "core_group_minutes.docx"."""
    parts = re.findall(r"[A-Z]?[a-z]{2,}|[A-Z]{3,}", text.rpartition(".")[0])
    return any(is_listed_name(part.lower()) or not is_word(part.lower()) for part in parts)


def _is_own_site(text: str) -> bool:
    """ "annsmithcakes.co.uk": no word and no service of that name before the dot."""
    return _is_camel(text.split(".")[0])


def _is_no_word_behind_a_stroke(text: str) -> bool:
    """ "u/frosty_chips"; not "u/stairs"."""
    return not is_word(text.lower().partition("/")[2])


def _is_hyphened_handle(text: str) -> bool:
    """ "Frosty-n-Chips4", "Owl-Dad-77": with a figure, or a word that is none."""
    return any(not is_word(part) for part in re.findall(r"[a-z]{3,}|\d+", text.lower()))


ONLINE_PATTERNS = (
    # E-mail addresses, also as people write them so that no machine finds them.
    PatternRecogniser("EMAIL", CERTAIN, rf"{_MAILBOX}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}"),
    PatternRecogniser(
        "EMAIL",
        CERTAIN,
        rf"{_MAILBOX} ?@ ?[\w-]{{1,63}} ?\. ?(?:com|org|uk|net|gov|nhs|ac|co)\b"
        r"(?: ?\. ?uk\b)?",
    ),
    PatternRecogniser(
        "EMAIL",
        CERTAIN,
        rf"{_MAILBOX}(?:{_DOT}[\w-]{{1,40}}){{0,3}}{_AT}"
        rf"[\w-]{{1,40}}(?: ?[(\[{{] ?(?:dot|\.) ?[)\]}}] ?|"
        rf" dot )[\w-]{{1,20}}(?:{_DOT}[\w-]{{1,20}}){{0,4}}",
    ),
    PatternRecogniser(
        "EMAIL",
        CERTAIN,
        rf"{_MAILBOX}(?: \. [\w-]{{1,40}}){{0,3}} ?[(\[{{<] ?at ?[)\]}}>] ?[\w-]{{1,40}}"
        rf"(?:(?:{_DOT}| \. )[\w-]{{1,20}}){{1,5}}",
    ),
    PatternRecogniser(
        "EMAIL", CERTAIN, rf"{_MAILBOX} at {_PROVIDER}(?:{_DOT}[\w-]{{1,20}}){{1,3}}"
    ),
    # "mark_h71 at example.net": a mailbox that is no word, without a spelled dot.
    PatternRecogniser(
        "EMAIL",
        CERTAIN,
        r"(?<![\w.+%'-])(?=[\w.+%-]{0,60}[\d_.])[\w.+%-]{3,60} at [\w-]{2,40}\."
        r"(?:com|org|net|uk|co\.uk|org\.uk|example|info|eu|ie)\b",
    ),
    # Pages of government and law are everybody's.
    PatternRecogniser(
        "LINK",
        CERTAIN,
        r"\b(?:https?:?//|www\.)"
        r"(?!(?:www\.)?(?:gov\.uk|gov\.wales|legislation\.gov\.uk|nice\.org\.uk)/)\S++",
    ),
    PatternRecogniser(
        "LINK",
        CERTAIN,
        rf"(?<![\w.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}\.(?:{_TOP_DOMAINS})/\S++",
        _is_no_public_page,
    ),
    PatternRecogniser(
        "LINK",
        POSSIBLE,
        r"(?<![\w@./-])[a-z][a-z\d-]{3,40}\.(?:com|(?:co\.|org\.)?uk|org|net|info|example)"
        r"(?![\w@-]|\.\w)",
        _is_own_site,
    ),
    # A file that is called after somebody.
    PatternRecogniser(
        "FILE",
        CERTAIN,
        r"(?<![\w./@-])[\w-]{3,80}\."
        r"(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|heic|mp[34]|mov|wav|msg|eml|txt|zip)\b",
        _is_called_after_somebody,
    ),
    PatternRecogniser("HANDLE", LIKELY, r"(?<![\w@])@ ?[\w.]{2,60}"),
    PatternRecogniser("HANDLE", LIKELY, r"(?<![\w@])[\w.]{2,32}#\d{4}\b"),
    PatternRecogniser(
        "HANDLE",
        POSSIBLE,
        r"(?<![\w@.-])(?=[\w.]{0,40}[a-z])(?!_)[\w.]{1,40}[a-z\d]_(?:[\w.]{1,40}\b|(?!\w))",
    ),
    PatternRecogniser(
        "HANDLE",
        POSSIBLE,
        r"(?<![\w@./-])[a-z]{3,20}(?:\.[a-z]{1,20}){1,4}(?![\w/@-]|\.\w)",
        _is_in_dots,
    ),
    PatternRecogniser(
        "HANDLE", LIKELY, r"(?<![\w/])u/[\w-]{3,24}(?![\w/])", _is_no_word_behind_a_stroke
    ),
    # A name of words, where it is said to be one: "his xbox name is Owl Of Doom 77".
    PatternRecogniser(
        "HANDLE",
        LIKELY,
        rf"\b{_PLATFORM}(?:'?s)? (?:user ?name|name|tag|id)(?: is| was|:) "
        r"(?P<id>(?-i:[A-Z]\w{1,15}(?: [A-Z]\w{0,15}){0,3})(?: \d{1,6})?)\b",
    ),
    PatternRecogniser(
        "HANDLE",
        LIKELY,
        r"\b(?:servers?|group ?chats?|gc|channel)(?:'?s)? (?:is |was )?(?:called|named) \"?"
        r"(?P<id>[\w' -]{2,30}?)(?=[,.;:!?\"\n]|$| (?:and|n|with|where|which|that|on|but|so)\b)",
    ),
    # A user name with a dot, where a word before says that somebody is meant.
    PatternRecogniser(
        "HANDLE",
        LIKELY,
        r"\b(?:guy|user|account|lad|bloke|man|woman|girl|boy|person|kid|friend|mate|gamer|called|"
        r"handle) (?P<id>(?=[\w.]{0,40}[a-z])\w{2,24}(?:\.\w{2,24}){1,3})\b(?!@)",
        _is_dotted_handle,
    ),
    PatternRecogniser(
        "HANDLE",
        POSSIBLE,
        r"(?<![\w@./-])(?=[a-z]{0,30}\d{0,12}[a-z])(?=[\d.]{0,12}[a-z.]{1,30}\d)"
        r"[a-z\d]{3,30}(?:\.[a-z\d]{2,20})?\b(?![/@-])",
        _is_handle,
    ),
    # A user name with hyphens, where a word before says that it is one.
    PatternRecogniser(
        "HANDLE",
        LIKELY,
        rf"\b(?:{_PLATFORM}|playstation|nintendo|tag|account|nick)(?:'?s)?"
        r"(?: (?:is|was|as|called)|:) "
        r"(?P<id>(?=[\w-]{0,40}\d)[a-z][a-z\d]{0,20}(?:-[a-z\d]{1,20}){1,4})(?![\w-])",
        _is_hyphened_handle,
    ),
    # A user name of words with dots, where a word before says that it is one, or a number ends it.
    PatternRecogniser(
        "HANDLE",
        LIKELY,
        rf"\b(?:{_PLATFORM}|account|profile|tag)(?:'?s)?(?: (?:is|was|as|called)|:) "
        r"(?P<id>[a-z]{2,20}(?:\.[a-z]{2,20}){1,4})(?![\w.]|@)",
    ),
    PatternRecogniser(
        "HANDLE",
        POSSIBLE,
        r"(?<![\w@./-])[a-z]{2,20}\.(?:[a-z]{2,20}\.)?[a-z]{0,20}\d{2,6}(?![\w/@.-])",
        _is_dotted_handle,
    ),
    PatternRecogniser(
        "HANDLE", POSSIBLE, r"\b(?-i:[A-Z][a-z]{2,14}(?:[A-Z][a-z]{2,14}){1,3})\d{0,6}\b", _is_camel
    ),
    PatternRecogniser(
        "HANDLE",
        LIKELY,
        rf"\b{_PLATFORM}(?:'?s)?(?: (?:user ?name|name|account|handle|id|tag))?"
        rf"(?: (?:is|was|as)|:| -)? ?\"?@?(?P<id>(?=[\w.]{{0,40}}[\d_.]\w)[\w.]{{3,60}})",
    ),
)
