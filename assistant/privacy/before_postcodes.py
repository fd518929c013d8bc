"""An address by its postcode: whatever stands before it, back to the number or the house's name.

What is before a postcode is an address, whether or not a list has its kind of street, and in lower
case too: "12 nelson hse dagenham rm10 6bx", "The Old Chapel, Bethesda Row, Cwm Garan, SA58 4HX".
"""

from __future__ import annotations

import re
from typing import Iterator, Optional

from assistant.privacy import place_words as words
from assistant.privacy.addresses import POSTCODE
from assistant.privacy.dates import MONTH
from assistant.privacy.place_tokens import Tokens
from assistant.privacy.recognisers import CERTAIN, Finding
from assistant.privacy.vocabulary import is_term

_POSTCODE = re.compile(rf"\b{POSTCODE}", re.IGNORECASE)
_MONTH = re.compile(MONTH)
LONGEST_TOKENS = 14
"""Words and numbers of an address before its postcode."""

_JOINED = frozenset({" ", ", ", ",", "\n", ",\n", ". ", " - ", "/"})
_SMALL = frozenset("the of on upon in le la de by y yr under next near nr rear and st".split())
"""Small words in the names of houses, streets and towns."""


def address_before_postcodes(tokens: Tokens) -> Iterator[Finding]:
    """The addresses of a text that end in a whole postcode."""
    starts = {token.start: place for place, token in enumerate(tokens)}
    for match in _POSTCODE.finditer(tokens.text):
        end = starts.get(match.start())
        first = None if end is None else _first_of_address(tokens, end)
        if first is not None:
            yield Finding(tokens[first].start, match.end(), "ADDRESS", CERTAIN)


def _first_of_address(tokens: Tokens, end: int) -> Optional[int]:
    """Where the address begins that ends before token ``end``; none if a postcode stands alone."""
    start = end
    while start > 0 and end - start < LONGEST_TOKENS and _goes_on(tokens, start):
        start -= 1
    numbers = [at for at in range(start, end) if _is_of_a_house(tokens, at, end)]
    if numbers:
        return _house_before_number(tokens, numbers[0], start)
    return _first_in_capitals(tokens, start, end)


def _goes_on(tokens: Tokens, start: int) -> bool:
    """Whether the token before ``start`` may be a part of the address."""
    before = tokens[start - 1]
    if tokens[start].gap not in _JOINED:
        return False
    if before.is_number or before.lower in _SMALL:
        return True
    if is_term(before.lower):
        return False
    letters = before.text.replace("-", "").replace("'", "").isalpha()
    return letters and not tokens.ends_name(start - 1)


def _is_of_a_house(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a number is that of a house: a word of the street must follow."""
    if not tokens[at].is_number or at + 1 >= end or tokens[at + 1].gap not in {" ", ", ", "/"}:
        return False
    if _MONTH.fullmatch(tokens[at + 1].lower) is not None:
        return False
    return tokens[at].gap != "/" and (at == 0 or tokens[at - 1].lower not in words.OF_TEXTS)


def _house_before_number(tokens: Tokens, number: int, start: int) -> int:
    """ "Flat 2,", "The Bungalow, rear of" before the number; nothing of the sentence before."""
    first = number
    if first > start and tokens[first - 1].lower in words.DWELLINGS | {"no", "number", "block"}:
        first -= 1
    while first > start and tokens[first - 1].lower in {"of", "to", "rear", "the"} | words.BESIDE:
        first -= 1
    if first > start and tokens[first].gap in {", ", "\n", ",\n"}:
        return _first_in_capitals(tokens, start, first) or first
    return first if tokens[first].lower not in {"of", "to", "the"} else number


def _first_in_capitals(tokens: Tokens, start: int, end: int) -> Optional[int]:
    """Where the capitals begin before token ``end``: the name of a house, a street, a town."""
    first = end
    for at in range(end - 1, start - 1, -1):
        if tokens[at].capital:
            first = at
        elif tokens[at].lower not in _SMALL or tokens[at + 1].gap != " ":
            break
    alone = not any("," in token.gap or "\n" in token.gap for token in tokens[first + 1 : end + 1])
    opens = first < end and not tokens.is_inside_sentence(first)
    return None if first == end or (alone and opens) else first
