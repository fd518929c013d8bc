"""Small organisations and spots of a neighbourhood: "Larkmead Food Pantry", "our club, Open Hands".

They are told by the word of their kind behind a name in capitals, or by what is said before the
name. Larger kinds of place (schools, surgeries, churches) are in ``places.py``.
"""

from __future__ import annotations

import re
from typing import Iterator

from assistant.privacy import place_words as words
from assistant.privacy.place_tokens import Tokens
from assistant.privacy.recognisers import LIKELY, POSSIBLE, Finding, PatternRecogniser
from assistant.privacy.vocabulary import fold, is_term, is_word, names

LONGEST_NAME_TOKENS = 5
"""Words of the name of an organisation, before the word of its kind."""

_JOINING = frozenset("of and & the for in at".split())
_NO_NAME = words.GENERIC | words.ORDINARY_BEFORE_ORGANISATIONS


def organisations_at(tokens: Tokens, index: int) -> Iterator[Finding]:
    """The organisation of which a token is the last word: "Pantry", "Breaks"."""
    first_of_kind = _kind(tokens, index)
    if first_of_kind is None:
        return
    first = _name_start(tokens, first_of_kind)
    if first < first_of_kind and _is_named(tokens, first, first_of_kind):
        yield Finding(tokens[first].start, tokens[index].end, "PLACE", LIKELY)


def _kind(tokens: Tokens, index: int) -> int | None:
    """Where the words of kind begin that end at the token."""
    token = tokens[index]
    if index and tokens[index].gap == " ":
        pair = f"{tokens[index - 1].lower} {token.lower}"
        if pair in words.TWO_WORD_ORGANISATIONS:
            return index - 1
    if token.lower in words.ORGANISATIONS_IN_LOWER_CASE:
        return index
    return index if token.capital and token.lower in words.ORGANISATIONS else None


def _name_start(tokens: Tokens, end: int) -> int:
    """Where the capitals begin that stand before token ``end``."""
    first, at = end, end
    while at > 0 and end - at < LONGEST_NAME_TOKENS and tokens[at].gap in {" ", " & ", "-"}:
        at -= 1
        if tokens[at].capital and tokens[at].lower not in words.GRAMMAR:
            first = at
        elif tokens[at].lower not in _JOINING:
            break
    return first


def _is_named(tokens: Tokens, first: int, end: int) -> bool:
    """Whether one of the words is more than a description: not "Early Help", "Family Contact"."""
    telling = [
        token for token in tokens[first:end] if token.capital and not _is_everybodys(token.text)
    ]
    if not telling:
        return False
    strange = any(not is_word(token.lower) for token in telling)
    return strange or tokens.is_inside_sentence(first) or len(telling) > 1


def _is_everybodys(word: str) -> bool:
    """A description, a term of the field or an abbreviation."""
    if word.isupper() and len(word) < 5:
        return True
    return word.lower() in _NO_NAME or is_term(word.lower())


def _is_name_of_organisation(text: str) -> bool:
    """More than a description, and no abbreviation that is everybody's."""
    parts = [part for part in re.findall(r"[\w'-]+", text) if part[0].isupper()]
    telling = [part for part in parts if not _is_everybodys(part)]
    return bool(telling) and not any(is_term(part.lower()) for part in parts)


def _is_partly_strange(text: str) -> bool:
    parts = [fold(part) for part in re.findall(r"[\w'-]+", text)]
    return any(not is_word(part) or part in names() for part in parts) and all(
        not is_term(part) for part in parts
    )


_WHAT_IT_IS = (
    r"(?:club|group|charity|company|nursery|pre-?school|playgroup|pub|cafe|shop|salon|setting|"
    r"provider|agency|placement|refuge|hostel|hotel|choir|team|church|chapel|mosque|temple|"
    r"school|college|academy|home|centre|project|firm|business|organisation|gym|camp|unit|ward)"
)
_CAPITALS = r"(?P<id>[A-Z][\w'-]{1,20}(?: (?:(?:of|the|and|in|on|for|&) )?[A-Z][\w'-]{1,20}){%s})"

ORGANISATION_PATTERNS = (
    # "a club called Little Comets", "the setting is called Comets".
    PatternRecogniser(
        "PLACE",
        POSSIBLE,
        rf"\b{_WHAT_IT_IS} (?:is |was |that is |that's |which is )?(?:called|named|known as) "
        rf"(?:the )?\"?(?-i:{_CAPITALS % '0,4'})",
        _is_name_of_organisation,
    ),
    # "our theatre company, Salt & Lantern,", "the group i go to is the Blue Barn".
    PatternRecogniser(
        "PLACE",
        POSSIBLE,
        rf"\b(?:our|my|his|her|their|the|a) (?:[\w'-]{{1,20}} ){{0,3}}{_WHAT_IT_IS}"
        rf"(?:,| (?:we|i|he|she|they) (?:go|goes|went) to is| is) (?:the )?"
        rf"(?-i:{_CAPITALS % '1,4'})",
        _is_name_of_organisation,
    ),
    # "I volunteer with Lantern Steps Brenham".
    PatternRecogniser(
        "PLACE",
        POSSIBLE,
        rf"\b(?:volunteer(?:s|ing|ed)?|trustee|works?|worked|working|placed|employed) "
        rf"(?:with|for|at|of|in|by) (?:the )?(?-i:{_CAPITALS % '1,4'})",
        _is_partly_strange,
    ),
)
"""Organisations by what is said before their name."""


def _is_small_town(text: str) -> bool:
    return fold(text) in words.SMALL_TOWNS


SMALL_TOWN = PatternRecogniser(
    "PLACE",
    POSSIBLE,
    r"\b(?:in|at|near|from|to|of|around|outside|round|leaving|left|visit(?:ing|s|ed)?|placed) "
    r"(?P<id>[a-z]{4,16})\b(?!['-]\w)",
    _is_small_town,
)
"""A town that is small enough to tell who is meant."""
