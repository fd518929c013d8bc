"""The nation whose rules a question asks for.

"Who decides in Wales?" asks for the rules of Wales, whoever asks: its answer is shown as in Wales,
this one answer alone. "I work in Wales" says something of the person
(:mod:`assistant.understanding.role_finder`); "her dad lives in Wales" asks for nothing.
"""

from __future__ import annotations

import re
from typing import Iterator, Optional

from assistant.guidance import Nation

CHARACTERS_READ = 2000
"""Characters of a message in which a nation is looked for."""

WORDS_OF_SOMEBODY = 3
"""Words before "in Wales" among which one can tell that somebody is there, or comes from there."""

_NATION = re.compile(r"\b(?:(?P<Wales>wales|welsh|cymru)|(?P<England>england))\b")
_PLACE = re.compile(
    r"\b(?:in|for|within|across|under|about|of) (?:(?:north|south|mid|west|east) )?"
    r"(?:(?P<Wales>wales|cymru)|(?P<England>england))\b"
)
_RULES = re.compile(
    r"\b(?:(?P<Wales>welsh)|(?P<England>english))"
    r" (?:law|laws|rules?|guidance|procedures?|legislation|system|regulations?|version)\b"
)
_ASKS = re.compile(
    r"\b(?:who|what|whats|what's|which|when|where|how|why|whether|if)\b"
    r"|^(?:(?:and|so|but|ok|hi|hello|please)[ ,]+)*"
    r"(?:is|are|do|does|can|could|must|should|will|would|may|has|have|in|for|under)\b"
    r"|\?$"
)
_OF_SOMEBODY = frozenset(
    "live lives living lived move moves moved moving stay stays stayed staying born raised grew"
    " from holiday visit visits visiting caravan prison hospital university uni camp trip house"
    " flat home mum mam mom dad father mother nan nana gran grandma grandad granddad grandparents"
    " aunt auntie uncle cousin cousins brother sister son daughter family relatives friend friends"
    " partner ex husband wife boyfriend girlfriend".split()
)
_SENTENCE = re.compile(r"[^.!?;\n]+\??")


def nation_named(text: str) -> Optional[Nation]:
    """The one nation that a text names, or None where it names both or none."""
    named = _named(_plain(text))
    return named.pop() if len(named) == 1 else None


def nation_asked(text: str) -> Optional[Nation]:
    """The nation whose rules a question asks for, or None.

    Args:
        text: the message as it was typed.
    """
    plain = _plain(text)
    asked = set(_asked(plain))
    return asked.pop() if asked and len(asked | _named(plain)) == 1 else None


def _named(plain: str) -> set[Nation]:
    return {_nation(found.lastgroup) for found in _NATION.finditer(plain)}


def _asked(plain: str) -> Iterator[Nation]:
    for sentence in _SENTENCE.findall(plain):
        sentence = sentence.strip(" ,:-\"'")
        if not _ASKS.search(sentence):
            continue
        for found in (*_PLACE.finditer(sentence), *_RULES.finditer(sentence)):
            before = re.findall(r"[\w']+", sentence[: found.start()])[-WORDS_OF_SOMEBODY:]
            if not _OF_SOMEBODY.intersection(before):
                yield _nation(found.lastgroup)


def _nation(name: Optional[str]) -> Nation:
    return "Wales" if name == "Wales" else "England"


def _plain(text: str) -> str:
    return text[:CHARACTERS_READ].lower().replace("’", "'")


__all__ = ["nation_asked", "nation_named"]
