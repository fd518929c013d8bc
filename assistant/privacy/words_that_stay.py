"""Words that are nobody's name here, though they may be names elsewhere.

Writers and methods ("the Gibbs cycle"), scales ("the Apgar score"), tools in capitals ("a DASH"),
abbreviations of the field, "max 40 words".
"""

from __future__ import annotations

import re

from assistant.privacy import cue_words as cues
from assistant.privacy.around_names import is_aged
from assistant.privacy.text_words import Words, is_strange
from assistant.privacy.vocabulary import is_listed_name, is_term

_BEFORE_PERSONS = cues.PEOPLE | cues.TITLES | cues.RANKS | cues.CALLED
_SAID_OF_METHODS = frozenset({"is", "was", "says", "said", "does"})
_POSSESSIVE_TOO = frozenset({"syndrome", "disease"})
_TRAFFIC_LIGHTS = frozenset("red green rag brook light rated".split())
_NEAR_WORDS = 5
"""Words before and behind a writer among which a word of theory is looked for."""


def stays(words: Words, index: int) -> bool:
    """Whether a word is nobody's name, whatever the lists of names say."""
    word = words[index]
    if word.lower in cues.CAPITALISED or is_term(word.lower):
        return True
    if word.text == "max":
        return _is_beside_a_number(words, index)
    if word.text in cues.ACRONYMS:
        return _is_acronym(words, index)
    if not word.capital:
        return False
    if word.lower == "amber" and _is_of_a_traffic_light(words, index):
        return True
    if word.lower in cues.WRITERS and _is_of_theory(words, index):
        return True
    if word.lower in cues.METHODS and _is_a_method(words, index):
        return True
    return _is_an_eponym(words, index)


def _is_behind_a_person(words: Words, index: int) -> bool:
    before = words.before(index)
    return before is not None and before.lower in _BEFORE_PERSONS


def _is_of_theory(words: Words, index: int) -> bool:
    """ "the Gibbs cycle", "Reder and Duncan's model": a writer beside a word of theory."""
    if _is_behind_a_person(words, index) or words.lower_at(index + 1) in cues.DOES:
        return False
    return not cues.THEORY.isdisjoint(_near(words, index))


def _is_of_a_traffic_light(words: Words, index: int) -> bool:
    """ "the Brook tool gave Amber", "RAG rated Amber"."""
    return not _TRAFFIC_LIGHTS.isdisjoint(_near(words, index))


def _near(words: Words, index: int) -> set[str]:
    near = words[max(0, index - _NEAR_WORDS) : index] + words[index + 1 : index + _NEAR_WORDS]
    return {other.lower for other in near}


def _is_a_method(words: Words, index: int) -> bool:
    """ "Under Fraser", "the Brook tool": nothing beside it shows a person."""
    before, after = words.before(index), words.after(index)
    if is_aged(words, index) or _is_behind_a_person(words, index):
        return False
    if before is not None and is_listed_name(before.lower):
        return False
    if after is None or after.gap != " ":
        return True
    named = after.capital and (is_listed_name(after.lower) or is_strange(after))
    return not named and after.lower not in cues.DOES - _SAID_OF_METHODS


def _is_an_eponym(words: Words, index: int) -> bool:
    """ "the Apgar score", with nothing before it that shows a person."""
    word, after = words[index], words.after(index)
    if after is None or after.gap != " " or after.lower not in cues.EPONYM_NOUNS:
        return False
    bare = words.as_typed(word) == word.text or after.lower in _POSSESSIVE_TOO
    return bare and not _is_behind_a_person(words, index)


def _is_acronym(words: Words, index: int) -> bool:
    """ "a DASH", "her NINO": no name in capitals stands beside it."""
    if words.all_capitals:
        return False
    beside = words[max(0, index - 1) : index] + words[index + 1 : index + 2]
    return not any(each.shouted and is_listed_name(each.lower) for each in beside)


def _is_beside_a_number(words: Words, index: int) -> bool:
    """ "max 40 words", "72 hrs max"."""
    word = words[index]
    before, after = words.text[: word.start], words.text[word.end :]
    behind = re.search(r"\d ?[a-z]{0,7} $", before[-12:], re.IGNORECASE)
    return behind is not None or re.match(r" ?\d", after) is not None
