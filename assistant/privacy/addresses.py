"""Where somebody lives: streets and their numbers, flats, house names, towns, postcodes.

A street is known by its kind ("road", "close"); the words before it are its name if they are no
ordinary description ("the next road"). That is told by lists of words, so it is a function over the
text's tokens. What is told by capitals, digits and signs alone is a pattern.
"""

from __future__ import annotations

import re
from typing import Iterator, Optional

from assistant.privacy import place_words as words
from assistant.privacy.place_tokens import Tokens
from assistant.privacy.recognisers import CERTAIN, LIKELY, POSSIBLE, Finding, PatternRecogniser
from assistant.privacy.vocabulary import is_term, is_word

POSTCODE = r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b"
"""A whole postcode, in any case of letters."""

_POSTCODE_BEHIND = re.compile(f",? ?{POSTCODE}", re.IGNORECASE)
# Royal Mail's postcode areas of England and Wales.
_POSTCODE_AREA = (
    "(?:A[L]|B[ABDHLNRS]?|C[ABFHMORTVWT]|D[AEHLNTY]|E[CNX]?|FY|G[LUY]|H[ADGPRUX]|I[GP]|JE|K[T]|"
    "L[ADELNSU]?|M[EK]?|N[EGNPRW]?|O[LX]|P[ELOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[AFNQRSW]|UB|"
    "W[ACDFNRSV]?|YO)"
)
_LODGINGS = r"(?:hotel|hostel|motel|inn|lodge|travelodge|guest ?house|b ?& ?b)"
_BEHIND_LABELS = frozenset({": ", ":", ":\n", " "})
_AFTER_TOWN = re.compile(r"[.,;)\"”]|\n|$| (?:with|and|since|where|on|as) ")


def addresses_at(tokens: Tokens, index: int) -> Iterator[Finding]:
    """The addresses of which a token says what they are: "road", "flat", "address"."""
    token = tokens[index]
    if token.lower in words.ANY_STREET and (
        token.capital or token.lower not in words.STREETS_IN_CAPITALS
    ):
        yield from _street(tokens, index)
    if token.lower in words.ADDRESS_LABELS:
        yield from _labelled(tokens, index)
    if token.lower in words.WELSH or ("-" in token.text and _is_welsh_street(token.lower)):
        yield from _welsh(tokens, index)
    if token.lower in words.DWELLINGS and not _is_of_a_course(tokens, index):
        yield from _dwelling(tokens, index)


def _is_of_a_course(tokens: Tokens, index: int) -> bool:
    """ "unit 5 of the award"."""
    return tokens[index].lower == "unit" and tokens.is_at(index + 2, "of")


def _is_welsh_street(word: str) -> bool:
    """ "heol-y-felin", in one word."""
    first, *_, last = word.split("-")
    return first in words.WELSH and not is_word(last)


def _street(tokens: Tokens, index: int) -> Iterator[Finding]:
    """ "14 Acacia Avenue", "16 the glebe", "Mill Lane", "marlpit gardens number 9"."""
    sure = tokens[index].lower in words.STREETS
    first = tokens.name_start(index, 3)
    if tokens[index].lower == "court" and tokens.is_at(index - 1, *words.COURTS):
        return
    if first < index and all(is_term(token.lower) for token in tokens[first:index]):
        return  # "GP Dr"
    number = _number_before(tokens, first)
    if number is None and tokens.is_at(first - 1, "the") and not sure:
        number = _number_before(tokens, first - 1) if first == index else None
    named = first < index
    if number is not None and (named or not sure):
        if named or tokens.is_at(index - 1, "the"):
            yield _address(tokens, number, index, LIKELY)
        return
    if not named:
        return
    behind = _number_behind(tokens, index, sure)
    capitals = all(token.capital for token in tokens[first : index + 1])
    if behind is not None and (sure or capitals or behind > index + 1):
        yield _address(tokens, first, behind, LIKELY)
    elif _has_name(tokens, first, index, sure, capitals):
        yield _address(tokens, first, index, LIKELY if sure else POSSIBLE)


def _has_name(tokens: Tokens, first: int, index: int, sure: bool, capitals: bool) -> bool:
    """Without a number: a name in capitals, or after "in", "on" and the like."""
    before = tokens[first - 1].lower if first else ""
    if capitals and (sure or index - first > 0) and tokens.is_inside_sentence(first):
        followed = _POSTCODE_BEHIND.match(tokens.text, tokens[index].end) is not None
        in_it = before in words.BEFORE_PLACES or followed or tokens[first].gap == ", "
        in_it = in_it or before in words.BEFORE_STREETS
        listed = tokens[first].gap == ", " and not _is_before_a_saint(tokens, index)
        short = {"park"} if listed else {"park", "st"}
        return sure or (in_it and tokens[index].lower not in short) or followed
    placed = before in words.BEFORE_PLACES or (
        before == "the" and first > 1 and tokens[first - 2].lower in {"on", "in", "at"}
    )
    strange = any(not is_word(token.lower) for token in tokens[first:index])
    if sure:
        return placed and tokens[first].lower not in {"high", "memory"}
    return placed and strange and tokens[index].lower in {"close", "drive", "estate", "gardens"}


def _is_before_a_saint(tokens: Tokens, index: int) -> bool:
    """Whether "st" is that of a saint and no street: "Our St Anne's"."""
    after = index + 1
    return after < len(tokens) and tokens[after].gap == " " and tokens[after].capital


def _number_before(tokens: Tokens, first: int) -> Optional[int]:
    """The house number, with "no" or "number" and the flat before it."""
    if first < 1 or tokens[first].gap not in {" ", ", "}:
        return None
    if not tokens[first - 1].is_number:
        return None
    number = first - 1
    if number > 0 and tokens[number - 1].lower in words.OF_TEXTS:
        return None  # "section 20 accommodation end"
    if number > 0 and tokens[number].gap == "/" and tokens[number - 1].is_number:
        number -= 1  # "2/1 Sorrel Court"
    if number > 0 and tokens[number - 1].lower in {"no", "number", "nr"}:
        number -= 1
    return number


def _number_behind(tokens: Tokens, index: int, sure: bool) -> Optional[int]:
    after = index + 1
    if tokens.is_at(after, "number", "no", "nr"):
        after += 1
    elif not sure:
        return None
    if after >= len(tokens) or not tokens[after].is_number:
        return None
    if tokens[after].gap not in {" ", ", ", ". "}:
        return None
    following = tokens[after + 1].lower if after + 1 < len(tokens) else ""
    return None if following in {"am", "pm", "times", "years", "minutes", "days"} else after


def _address(tokens: Tokens, first: int, last: int, score: float) -> Finding:
    """The address with the dwelling or house name before it and the town behind it."""
    return Finding(
        tokens[_house_before(tokens, first)].start,
        tokens[_town_behind(tokens, _site_behind(tokens, last))].end,
        "ADDRESS",
        score,
    )


def _site_behind(tokens: Tokens, last: int) -> int:
    """ "Hatchet Lane Site"."""
    if last + 1 == len(tokens):
        return last
    site = tokens[last + 1]
    named = site.gap == " " and site.lower in words.SITES
    named = named and (site.capital or site.lower in {"estate", "rec", "site"})
    return last + named


def _house_before(tokens: Tokens, first: int) -> int:
    """ "Flat 6, 112 Mill Lane", "The Old Forge, Mill Lane", "Rm 6 Jubilee Foyer, 70 ..."."""
    flat = _flat_before(tokens, first)
    if flat < first or first < 1 or tokens[first].gap not in {", ", "\n"}:
        return flat
    before = first - 1
    if tokens.is_at(first - 2, "block"):
        return first - 2
    if not tokens[before].capital:
        return first
    if tokens[before].lower not in words.HOMES and not _is_called_as_a_house(tokens, before):
        return first
    start = tokens.name_start(before, 3)
    if start > 0 and tokens[start - 1].lower == "the":
        start -= 1
    return _flat_before(tokens, start)


def _is_called_as_a_house(tokens: Tokens, last: int) -> bool:
    """ "at Heron View, Back Lane", "at The Laurels, ...": what the words before show."""
    first = last
    while first > 0 and last - first < 2 and tokens[first].gap == " " and tokens[first - 1].capital:
        first -= 1
    if first < last and tokens[first].lower == "the":
        return tokens[last].lower not in words.GRAMMAR
    placed = tokens.is_at(first - 1, "at", "of", "from", "address", "addr")
    return placed and tokens[last].lower not in words.GENERIC and not is_term(tokens[last].lower)


def _flat_before(tokens: Tokens, first: int) -> int:
    """ "Flat 6,", "garden flat,", "flat 2, above the chip shop,"."""
    if first < 1 or tokens[first].gap not in {", ", " ", "\n"}:
        return first
    for beside in range(first - 1, max(first - 6, 0), -1):
        if tokens[beside].lower in words.BESIDE and tokens[first].gap == ", ":
            flat = _flat_before(tokens, beside)
            return flat if flat < beside else first
    before = first - 1
    if before > 0 and tokens[before].is_number and tokens[before].gap == "/":
        before -= 1
    dwellings = words.DWELLINGS | {"room"}  # before a house; elsewhere a room is a classroom
    if before > 0 and tokens[before].lower not in dwellings:
        before -= 1
    if tokens[before].lower not in dwellings:
        return first
    while before > 0 and tokens[before].gap == " ":
        if tokens[before - 1].lower not in words.WHICH_FLAT:
            break
        before -= 1
    return before


def _labelled(tokens: Tokens, index: int) -> Iterator[Finding]:
    """ "Address: The Old Forge, Pant-y-Celyn, nr Llanfair": whatever names a place."""
    last, commas, strange = index, 0, False
    for place in range(index + 1, min(index + 13, len(tokens))):
        token = tokens[place]
        if token.gap not in (_BEHIND_LABELS if place == index + 1 else {" ", ", ", "-"}):
            break
        if place == index + 1 and token.gap == " " and not token.capital:
            break
        if not (token.capital or token.is_number or token.lower in words.IN_ADDRESSES):
            break
        if is_term(token.lower):
            break
        commas += token.gap == ", "
        strange = strange or not is_word(token.lower)
        last = place
    while last > index and tokens[last].lower in words.IN_ADDRESSES:
        last -= 1
    if last > index + 1 and (commas or strange):
        yield Finding(tokens[index + 1].start, tokens[last].end, "ADDRESS", POSSIBLE)


def _town_behind(tokens: Tokens, last: int) -> int:
    """ ", Castlebridge" and further names up to the postcode."""
    end = last
    for _ in range(3):
        town = end + 1
        if town >= len(tokens) or tokens[town].gap not in {", ", ",", ",\n", "\n"}:
            break
        behind = town
        while behind < town + 3 and _is_of_a_town(tokens, behind, opens=behind == town):
            behind += 1
        if behind == town and _is_a_town_in_lower_case(tokens, town):
            return town
        if behind == town or not _is_a_town(tokens, town, behind):
            break
        end = behind - 1
    return end


def _is_a_town(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the capitals from start to end are a town: no English word, or one that shows it."""
    strange = any(not is_word(token.lower) for token in tokens[start:end])
    behind = tokens[end - 1].end
    postcode = _POSTCODE_BEHIND.match(tokens.text, behind) is not None
    # A town that is a word too: "14 Larch Close, Hull." A small word may follow.
    ends = _AFTER_TOWN.match(tokens.text, behind) is not None
    return strange or postcode or end - start > 1 or ends


def _is_a_town_in_lower_case(tokens: Tokens, town: int) -> bool:
    """ "14 acacia avenue, stockport": a known town, or no English word at an address's end."""
    word = tokens[town].lower
    if word in words.TOWNS:
        return True
    ends = _AFTER_TOWN.match(tokens.text, tokens[town].end) is not None
    return ends and len(word) > 4 and word.isalpha() and not is_word(word)


def _is_of_a_town(tokens: Tokens, index: int, *, opens: bool) -> bool:
    if index >= len(tokens) or (not opens and tokens[index].gap != " "):
        return False
    token = tokens[index]
    known = token.lower in words.GRAMMAR or is_term(token.lower)
    return token.capital and len(token.text) > 2 and token.text.isalpha() and not known


def _welsh(tokens: Tokens, index: int) -> Iterator[Finding]:
    """ "3 Heol y Bont", "4 Pen y Bryn"."""
    number = _number_before(tokens, index)
    last = index
    while last < index + 3 and last + 1 < len(tokens):
        token = tokens[last + 1]
        if token.gap not in {" ", "-"} or not (
            token.capital or token.lower in {"y", "yr", "ap"} or not is_word(token.lower)
        ):
            break
        last += 1
    if number is not None and (last > index or "-" in tokens[index].text):
        yield _address(tokens, number, last, LIKELY)
    elif last > index and tokens[index].lower in words.STREETS and tokens[index].capital:
        yield _address(tokens, index, last, LIKELY)


def _dwelling(tokens: Tokens, index: int) -> Iterator[Finding]:
    """ "flat 12b", "Caravan 18, Seafield Holiday Park", "apartment 304 mercer wharf"."""
    after = index + 1
    if tokens.is_at(after, "no", "number"):
        after += 1
    if after >= len(tokens):
        return
    token = tokens[after]
    if not token.is_number or token.gap not in {" ", ". ", ", "}:
        return
    if after + 1 < len(tokens) and tokens[after + 1].gap == "/":
        after += tokens[after + 1].is_number  # "flat 2/1"
    last = after
    for more in range(1, 5):
        if after + more >= len(tokens) or tokens[after + more].gap not in {" ", ", "}:
            break
        if tokens.ends_name(after + more) and not tokens[after + more].is_number:
            break
        if tokens[after + more].lower in words.ANY_STREET | {"point"}:
            last = after + more
    yield _address(tokens, index, last, LIKELY)


def _is_no_street(text: str) -> bool:
    return words.ANY_STREET.isdisjoint(re.findall(r"[a-z]+", text.lower()))


def _has_no_term(text: str) -> bool:
    return not any(is_term(word) for word in re.findall(r"[a-z']+", text.lower()))


TOWN_WITH_POSTCODE = PatternRecogniser(
    "ADDRESS",
    LIKELY,
    r"(?-i:\b(?P<id>(?!(?:Part|Annex|Form|Section|Band|Level|Grade|Tier|Unit|Stage|Appendix|Block|"
    r"Group|Zone|Exhibit|Room|Class|Set|Paper|Question)\b)"
    r"[A-Z][a-z]{2,20}(?:[ -](?:[A-Z][a-z]{2,20}|on|upon|in|le|by)){0,3},? "
    rf"(?:[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}|{_POSTCODE_AREA}\d[A-Z\d]?(?<=\w\w\w))(?![\w/-])))",
    _is_no_street,
)
"""A town before its postcode or half of it."""

ADDRESS_PATTERNS = (
    # A pitch of a site: "the halting site bay 6".
    PatternRecogniser("ADDRESS", LIKELY, r"\bsite,? (?P<id>(?:bay|plot|pitch) \d{1,3}[a-z]?)\b"),
    # A house on a line by itself, below who signed: "The Old Forge, Nether Brenham".
    PatternRecogniser(
        "ADDRESS",
        LIKELY,
        r"\n(?P<id>(?-i:The (?:Old |New )?[A-Z][a-z]{2,20}, (?:[A-Z][a-z-]{2,20} ?){1,3}))(?=\n|$)",
    ),
    PatternRecogniser("ADDRESS", LIKELY, r"\bP\.?O\.? ?Box \d{1,6}\b"),
    # A room in a hotel: "Room 14, Crown Hotel", "hotel key card (X, Room 209)".
    PatternRecogniser(
        "ADDRESS",
        LIKELY,
        rf"\b(?P<id>(?:room|rm|suite) \d{{1,4}}[a-z]?)(?=,? (?:(?:at|of|in) )?(?:the )?"
        rf"(?-i:(?:[A-Z][\w'-]{{1,20}} ){{1,3}}){_LODGINGS})",
    ),
    PatternRecogniser(
        "ADDRESS",
        LIKELY,
        rf"\b{_LODGINGS}\b[^.\n]{{0,40}}?[ (,]"
        r"(?P<id>(?:room|rm) (?:no\.? |number )?\d{1,4}[a-z]?)\b",
    ),
    # A house in a street whose kind no list has: "61 Skinner's Rake".
    PatternRecogniser(
        "ADDRESS",
        LIKELY,
        r"(?-i:\b(?:of|at|from|to|lives?|living|addr?ess(?: is|:)?) "
        r"(?P<id>\d{1,4}[a-z]? (?!(?:January|February|March|April|May|June|July|August|September|"
        r"October|November|December)\b)"
        r"[A-Z][a-z']{2,20} [A-Z][a-z]{2,20}(?:, [A-Z][a-z]{3,20})?)\b)",
        _has_no_term,
    ),
)
"""Addresses in capitals."""

POSTCODE_PATTERNS = (
    PatternRecogniser(
        "POSTCODE",
        CERTAIN,
        r"\b(?:gir ?0aa|[a-z]{1,2}\d[a-z\d]? ?\d(?-i:(?!st|nd|rd|th))[a-z]{2})\b",
    ),
    PatternRecogniser("POSTCODE", CERTAIN, r"\bpost ?code:? (?:is )?[a-z]{1,2}\d{1,2}[a-z]?\b"),
    PatternRecogniser(
        "ADDRESS",
        POSSIBLE,
        r"\b(?:at|from) (?P<id>(?:number|no\.?|nr) ?\d{1,3}[a-z]?)\b(?! (?:in|on|of|for) )",
    ),
)
"""Postcodes, and the number of a house that stands alone."""
