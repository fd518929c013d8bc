"""Schools, surgeries, places of worship, clubs, villages: what tells where somebody is found.

Two ways of telling. A place that is known by its kind ("nursery", "surgery"), with a name before or
behind it that is no ordinary description ("a special school"), is found by a function over the
text's tokens, because lists of words decide. What is told by capitals and signs alone ("X FC") is a
pattern. The same holds for streets (``addresses.py``).
"""

from __future__ import annotations

import re
from typing import Iterator

from assistant.privacy import place_words as words
from assistant.privacy.addresses import addresses_at
from assistant.privacy.before_postcodes import address_before_postcodes
from assistant.privacy.organisations import organisations_at
from assistant.privacy.place_tokens import Tokens
from assistant.privacy.recognisers import (
    LIKELY,
    POSSIBLE,
    Finding,
    PatternRecogniser,
)
from assistant.privacy.vocabulary import fold, is_term, is_word, names, welsh_words

_AGE_GROUP = re.compile(r"u\d{1,2}s?|under-\d{1,2}s")
_CHILDCARE = re.compile(
    r"\b(?:nursery|pre-?school|playgroup|child ?mind|childcare|day ?care|creche|crèche|key ?worker|"
    r"after-?school|early years)",
    re.IGNORECASE,
)

_WELSH_KINDS = frozenset(
    "canolfan capel cartref clwb eglwys meddygfa meithrinfa neuadd ysbyty ysgol".split()
)
"""Behind these in Welsh any word of the language may follow in lower case."""
_WELSH_PARTICLES = frozenset({"y", "yr", "a'r", "ar", "o"})
_HOMES = frozenset({"house", "lodge", "hall"})
_KINDS = words.SCHOOLS | words.OTHER_PLACES
_KINDS_IN_CAPITALS = _HOMES | words.CLUBS
_MORE_KINDS = _KINDS | {"hall", "centre"}
_BEHIND_SAINTS = _KINDS | words.OF_ITS_KIND | {"hall", "of"}
_BEFORE_PLAIN_NAMES_BUT_AGES = words.BEFORE_PLAIN_NAMES - {"old", "new"}
# Before these a word in lower case is hardly ever a name: "at big school".
_NAMELESS_KINDS = frozenset(
    "school college church hospital temple high infant junior fellowship pub".split()
)


class AddressAndPlaceRecogniser:
    """Finds the addresses and places of which a word says what they are."""

    def find(self, text: str) -> Iterator[Finding]:
        """All of them; findings may overlap."""
        tokens = Tokens(text)
        yield from address_before_postcodes(tokens)
        about_childcare = _CHILDCARE.search(text) is not None
        for index in range(len(tokens)):
            yield from addresses_at(tokens, index)
            yield from _places_at(tokens, index)
            yield from organisations_at(tokens, index)
            if about_childcare and tokens[index].lower in words.BEFORE_PLAIN_NAMES:
                yield from _plain_name(tokens, index)


def _places_at(tokens: Tokens, index: int) -> Iterator[Finding]:
    """The places of which a token says what they are: "nursery", "ysgol", "st"."""
    if _is_kind_of_place(tokens, index):
        yield from _place(tokens, index)
    if tokens[index].lower in words.NAMED_AFTER:
        yield from _named_after(tokens, index)
    if tokens[index].lower == "st":
        yield from _saint(tokens, index)


def _is_kind_of_place(tokens: Tokens, index: int) -> bool:
    """True if the token says what kind of place the words before it name."""
    token = tokens[index]
    if token.lower in _KINDS or (token.lower in _KINDS_IN_CAPITALS and token.capital):
        return True
    return index > 0 and f"{tokens[index - 1].lower} {token.lower}" in words.TWO_WORD_PLACES


def _place(tokens: Tokens, index: int) -> Iterator[Finding]:
    """The name before the kind of place, with the words of kind between them."""
    kinds = _kinds_start(tokens, index)
    named = tokens[kinds].gap in {" ", "-", "'s "}
    first = tokens.name_start(kinds, 4) if named else kinds
    while first < kinds and not _names_place(tokens, first, kinds, index):
        first += 1
    if first == kinds:
        if not _is_plural_name(tokens, kinds, index):
            return
        first = kinds - 1
    first = _plain_words_start(tokens, _with_capitals_before(tokens, first))
    last = _kinds_end(tokens, index)
    yield Finding(tokens[first].start, tokens[last].end, "PLACE", LIKELY)


def _kinds_start(tokens: Tokens, index: int) -> int:
    """Where the words of kind begin: "special" of "X special school"."""
    start = index
    while start > 0 and tokens[start].gap in {" ", "-"}:
        before = tokens[start - 1].lower
        if before not in words.OF_ITS_KIND and not (before == "of" and tokens.is_at(start, "e")):
            break
        start -= 1
    if start == index and index and tokens[index].gap == " ":
        start -= f"{tokens[index - 1].lower} {tokens[index].lower}" in words.TWO_WORD_PLACES
    return start


def _plain_words_start(tokens: Tokens, first: int) -> int:
    """ "little" of "little X nursery": a word before the name that belongs to it."""
    while first > 0 and tokens[first - 1].lower in _BEFORE_PLAIN_NAMES_BUT_AGES:
        if tokens[first].gap != " ":
            break
        first -= 1
    return first


def _kinds_end(tokens: Tokens, index: int) -> int:
    """The last of up to three more words of kind: "X church hall", "X rovers under-12s"."""
    last = index
    while last + 1 < len(tokens) and last < index + 3:
        more = tokens[last + 1]
        if more.gap != " " or not (more.lower in _MORE_KINDS or _AGE_GROUP.fullmatch(more.lower)):
            break
        last += 1
    return last


def _is_plural_name(tokens: Tokens, kinds: int, index: int) -> bool:
    """ "cygnets nursery"."""
    if kinds == 0 or not tokens.is_at(index, "nursery", "pre-school", "preschool", "playgroup"):
        return False
    named = tokens[kinds - 1].lower
    plural = named.endswith("s") and not named.endswith(("'s", "ss")) and len(named) > 4
    return plural and named not in words.GENERIC and tokens[kinds].gap == " "


def _plain_name(tokens: Tokens, index: int) -> Iterator[Finding]:
    """ "Little Acorns", "Busy Bees", where a nursery is spoken of."""
    after = index + 1
    if after < len(tokens) and tokens[after].gap == " ":
        named = tokens[after].capital and tokens[after].lower.endswith("s")
        if named and tokens[index].capital and tokens[after].lower not in words.GENERIC:
            yield Finding(tokens[index].start, tokens[after].end, "PLACE", POSSIBLE)


def _with_capitals_before(tokens: Tokens, first: int) -> int:
    """ "Our Lady of Sorrows", "Holy Trinity": the capitals before belong to it."""
    while first > 0:
        before = first - 1
        if before > 0 and tokens[before].lower in {"of", "and", "&"}:
            before -= 1
        token = tokens[before]
        joined = all(part.gap in {" ", " & "} for part in tokens[before + 1 : first + 1])
        if not (joined and token.capital and tokens[first].capital):
            break
        if token.lower in words.GRAMMAR:
            break
        if token.lower in words.GENERIC and (
            before < first - 1  # "Head of Larkmead School"
            or not tokens.is_inside_sentence(before)
        ):
            break
        first = before
    return first


def _names_place(tokens: Tokens, first: int, kinds: int, index: int) -> bool:
    """True if a name may begin here: a capital inside a sentence, or no English word."""
    token = tokens[first]
    if (
        token.lower in words.GENERIC
        or is_term(token.lower)
        or (len(token.text) < 3 and token.lower != "st")
    ):
        return False
    kind = tokens[index]
    strange = not is_word(token.lower)
    if token.capital:
        inside = tokens.is_inside_sentence(first)
        shown = inside and tokens[kinds - 1].capital
        return kind.capital or shown or (strange and kind.lower not in _HOMES)
    if kind.lower in _HOMES | {"fc", "parish"}:
        return False
    if strange and (token.lower in names() or len(token.lower) > 4):
        return True
    before = _before_plain_words(tokens, first)
    if kind.lower == "comp" and before == "school":
        return True
    if kind.lower in {"form", "wash"}:
        return False  # "to start sixth form"
    return before in words.BEFORE_PLACES and (kind.lower not in _NAMELESS_KINDS or kinds < index)


def _before_plain_words(tokens: Tokens, first: int) -> str:
    """ "at" of "at little X nursery", in lower case; nothing where the text begins."""
    while first > 0 and tokens[first - 1].lower in words.BEFORE_PLAIN_NAMES:
        first -= 1
    return tokens[first - 1].lower if first else ""


def _named_after(tokens: Tokens, index: int) -> Iterator[Finding]:
    """ "Ysgol Llanfedw", "jamia masjid noor", "Camp Wildwater"."""
    last = index
    welsh = tokens[index].lower in _WELSH_KINDS
    while last < index + 4 and last + 1 < len(tokens):
        token = tokens[last + 1]
        named = not is_word(token.lower) and len(token.lower) > 2
        named = named and not (welsh and fold(token.lower) in welsh_words())
        particle = welsh and token.lower in _WELSH_PARTICLES and _is_capital(tokens, last + 2)
        if token.gap not in {" ", "-"} or not (token.capital or named or particle):
            break
        last += 1
    first = index
    if index and tokens[index].gap == " " and tokens[index - 1].lower == "jamia":
        first -= 1
    camp = tokens[index].lower == "camp" and not tokens[index].capital
    if last > index and not camp:
        yield Finding(tokens[first].start, tokens[last].end, "PLACE", LIKELY)


def _is_capital(tokens: Tokens, index: int) -> bool:
    return index < len(tokens) and tokens[index].capital


def _saint(tokens: Tokens, index: int) -> Iterator[Finding]:
    """ "St Aldric's", "st bernadettes", with what stands behind: "church hall", "primary"."""
    name = index + 1
    if name >= len(tokens) or tokens[name].gap not in {" ", ". ", "."}:
        return
    if tokens[name].gap == ". " and _ends_a_street(tokens, index):
        return
    token = tokens[name]
    bare = re.sub(r"'?s?'?$", "", fold(token.lower))
    if len(bare) < 3 or token.text[0].isdigit() or token.lower in words.NO_NAME:
        return
    named = token.capital and tokens[index].capital
    placed = index > 0 and tokens[index - 1].lower in words.BEFORE_PLACES
    if not (named or placed or bare in names() or not is_word(token.lower)):
        return
    last = name
    while last + 1 < len(tokens) and last < name + 6:
        more = tokens[last + 1]
        if more.gap not in {" ", "-"} or more.lower not in _BEHIND_SAINTS:
            break
        last += 1
    while last > name and tokens[last].lower == "of":
        last -= 1
    yield Finding(tokens[index].start, tokens[last].end, "PLACE", LIKELY)


def _ends_a_street(tokens: Tokens, index: int) -> bool:
    """ "in Dock St. Please": before "st" stands a name; not in "At St. Aldric's"."""
    named = index > 1 and tokens[index].gap == " " and tokens[index - 1].capital
    return named and tokens.is_inside_sentence(index - 1) and not tokens.ends_name(index - 1)


def _is_strange_village(text: str) -> bool:
    return not is_word(fold(re.split("[ -]", text)[-1]))


def _is_team(text: str) -> bool:
    """True if a word before the short form is no English word, or one of a club's."""
    name = text.rsplit(" ", 1)[0]
    return any(fold(word) in words.CLUBS or not is_word(fold(word)) for word in name.split())


_SHORT_FORMS = r"(?:J?FC|JAFC|AFC|RFC|RUFC|RLFC|ASC|SC|ABC|CC|HC|GC|LTC)"
_TRADES = (
    r"(?:Meats|Butchers|Bakers|Vapes?|Phones|Barbers|Motors|Tyres|Autos|Packaging|Logistics|Foods|"
    r"Nails|Tattoos?|Fryer|Chippy|Kebabs?|Pizza|Grill|Newsagents|Convenience|Off[- ]Licence|"
    r"Launderette|Cleaners|Solicitors)"
)


def _is_shop(text: str) -> bool:
    """True if a word before the trade is no English word: "X's Meats"; not "Burner Phones"."""
    return any(not is_word(fold(word)) for word in text.split()[:-1] if word not in {"&", "and"})


DEDICATION = PatternRecogniser(
    "PLACE",
    POSSIBLE,
    r"\b(?:sacred heart|holy (?:trinity|family|cross|rood|name)|all (?:saints|souls)|good shepherd|"
    r"christ the king|our lady(?: of [a-z]{2,20}| queen of [a-z]{2,20})?|corpus christi|"
    r"immaculate (?:heart|conception))\b",
)
"""What churches and their schools are dedicated to."""

PLACE_PATTERNS = (
    # A village with a word before its name, which would be left.
    PatternRecogniser(
        "PLACE",
        LIKELY,
        r"(?-i:\b(?:in|at|near|from|to|of|around|outside|by|for) "
        r"(?P<id>(?:Upper|Lower|Nether|Over|Great|Little|North|South|East|West|Old|New|Long|High|"
        r"Market|Castle|Temple|Stoke|Chipping|Royal|Much|Kings|Bishops|Abbots|Cold|Steeple|Maiden|"
        r"Stony|Stoney|Church|Mill|Bridge|Saint|Sutton|Kirk|Broad|Burnt|Good|Fair|Black|White|Red|"
        r"Green|Monks|Earls|Queens|Priors)"
        r"[ -][A-Z][a-z]{3,20})\b)",
        _is_strange_village,
    ),
    # A team, a club or a service by the short form behind its name.
    PatternRecogniser(
        "PLACE",
        LIKELY,
        r"(?-i:\b[A-Z][\w'-]{2,20}(?: [A-Z][\w'-]{2,20}){0,2} "
        rf"(?:{_SHORT_FORMS}|PRU|CAMHS|Dental|General|Unit)(?!\w))",
        _is_team,
    ),
    # The same of words, where a club or a sport is spoken of: "his boxing club Iron Gate ABC".
    PatternRecogniser(
        "PLACE",
        LIKELY,
        r"\b(?:club|gym|team|boxing|football|rugby|cricket|netball|swimming|coach)\W{1,3}(?:at )?"
        rf"(?P<id>(?-i:(?:[A-Z][\w'-]{{2,20}} ){{1,3}}{_SHORT_FORMS})(?!\w))",
    ),
    # A school by who goes there; a stop on a motorway.
    PatternRecogniser(
        "PLACE",
        LIKELY,
        r"\b(?:at|to|from|in|attends?) (?P<id>(?-i:[A-Z][\w'-]{3,20}) (?:girls|boys)'?)(?![\w'])",
        lambda text: not is_word(fold(text.split(" ")[0])),
    ),
    PatternRecogniser("PLACE", LIKELY, r"\bjunction \d{1,2} services\b"),
    # A pack, a shop, a home for mothers and babies.
    PatternRecogniser(
        "PLACE",
        LIKELY,
        r"(?-i:\b\d{1,3}(?:st|nd|rd|th) (?:[A-Z][\w'-]{1,20} ){1,3}"
        r"(?:Scouts?|Cubs?|Beavers|Brownies|Guides|Rainbows|Explorers|Boys' Brigade)"
        r"(?: Group| Pack)?\b)",
    ),
    PatternRecogniser(
        "PLACE",
        LIKELY,
        rf"(?-i:\b(?:[A-Z][\w'-]{{1,20}} ){{1,3}}{_TRADES}"
        r"(?: (?:&|and) [A-Z][\w'-]{1,20})?(?!\w))",
        _is_shop,
    ),
    PatternRecogniser(
        "PLACE",
        LIKELY,
        r"(?-i:\b(?:[A-Z][\w'.-]{1,20} ){1,3})mother (?:and|&) baby (?:home|unit|hostel)\b",
    ),
    # A surgery by its doctors.
    PatternRecogniser("PLACE", LIKELY, r"(?-i:\bDrs? [A-Z][\w'-]{1,20} (?:&|and) [Pp]artners\b)"),
)
"""Places in capitals."""
