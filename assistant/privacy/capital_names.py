"""Names that are words, told by their capital and by what they stand beside.

Hardly anybody writes a rare word with a capital inside a sentence, or any word behind "my sister".
"""

from __future__ import annotations

import functools
import re

from assistant.privacy import cue_words as cues
from assistant.privacy.text_words import Word, Words, is_possessive, is_strange
from assistant.privacy.vocabulary import (
    family_also_words,
    fold,
    frequent_words,
    is_listed_name,
    is_term,
    known_words,
    rare_words,
    run_together_names,
    welsh_words,
)

_NO_NAMES = (
    cues.PEOPLE | cues.TITLES | cues.RANKS | cues.RELATIVES | cues.ROLES | cues.PRONOUNS
) | cues.NO_NAME_WITH_A_CAPITAL
_BEFORE_THINGS = cues.ARTICLES | {"my", "our", "your", "his", "her", "their", "its"}
_AFTER_A_THING = frozenset("act bill guidance inquiry law regulations report review team".split())
_INITIAL_BEFORE = re.compile(r"(?:[\w,] |[:(] ?|\n|^)(?:[A-Z]\.? ?){1,3}$")


def is_name_by_its_capital(words: Words, index: int) -> bool:
    """Whether a word with a capital is a name, though it may be English."""
    word = words[index]
    if not word.capital or len(word.text) < 3 or word.lower in _NO_NAMES or is_term(word.lower):
        return False
    return (
        _is_accented(word)
        or _is_rare(words, index)
        or _is_behind_kin(words, index)
        or _is_behind_an_initial(words, index)
        or _is_rare_before_a_name(words, index)
        or _is_before_its_given_name(words, index)
    )


def _is_accented(word: Word) -> bool:
    """ "Téa", "Hùng", whatever is left without the accent; not "Café"."""
    if word.text.isascii() or word.lower in cues.ACCENTED:
        return False
    return fold(word.text) != word.text.lower() and word.lower not in welsh_words()


def _is_rare(words: Words, index: int) -> bool:
    """ "I told Barb", "hi Deb", "a sister of Hyacinth"; not "my Kindle", "the Voyeurism Act"."""
    word, before, after = words[index], words.before(index), words.after(index)
    if before is None or word.lower not in rare_words() or words.all_capitals:
        return False
    if before.lower in _BEFORE_THINGS or (before.capital and not before.opens):
        return False
    if after is None or after.gap != " ":
        return True
    return not after.capital and after.lower not in _AFTER_A_THING


def _is_behind_kin(words: Words, index: int) -> bool:
    """ "my little brother Jun", "nain Betis"; not "her dad's Facebook", "their mum English"."""
    word, before = words[index], words.before(index)
    if before is None or word.gap != " ":
        return False
    if before.capital and before.lower in cues.KIN:
        return True  # "Auntie Chi"
    if not before.text.islower():
        return False
    if before.lower not in cues.PEOPLE or is_possessive(words.as_typed(before)):
        return False
    return word.lower in _ordinary_words() or word.lower not in known_words()


def _is_behind_an_initial(words: Words, index: int) -> bool:
    """ "screened by E. Salter", "Father: I. Birch"; not "is it a B. Then"."""
    word = words[index]
    if not index or word.gap not in {" ", ". ", "."} or len(words[index - 1].text) != 1:
        return False
    before = words[index - 1]
    if not before.text.isupper() or (word.gap == " " and before.text in {"I", "A"}):
        return False
    if word.lower in frequent_words() - family_also_words():
        return False
    if "-" in word.text and not is_strange(word):
        return False  # "vignette B. Seven-year-old"
    if words.lower_at(index - 2) in cues.LABELLED:
        return False  # "plan B. Rehousing"
    return _INITIAL_BEFORE.search(words.text[max(0, word.start - 16) : word.start]) is not None


def _is_rare_before_a_name(words: Words, index: int) -> bool:
    """ "Romany Lee dont go": a word that is not frequent, before a name; both with a capital."""
    word, after = words[index], words.after(index)
    if not word.opens or after is None or after.gap != " " or not after.capital:
        return False
    return word.lower not in frequent_words() and is_listed_name(after.lower)


def _is_before_its_given_name(words: Words, index: int) -> bool:
    """ "Pt Smith, Jordan": a family name at a note's head or behind a person."""
    word, before, after = words[index], words.before(index), words.after(index)
    if word.lower not in family_also_words() or after is None or after.gap != ", ":
        return False
    headed = before is None or before.lower in cues.PEOPLE | cues.FIELDS | {"pt"}
    return headed and after.capital and is_listed_name(after.lower)


@functools.cache
def _ordinary_words() -> frozenset[str]:
    """English words, without the towns and services that people write with a capital."""
    return (frequent_words() | rare_words()) - run_together_names()


def is_capital_in_a_pair(words: Words, index: int, beside: int) -> bool:
    """ "Deniz and Can", "May & Mark": beside a name with a capital, and nothing behind it.

    Args:
        words: The words of the text.
        index: Which of them is judged.
        beside: Which of them is a name, with "and" between the two.
    """
    word, after = words[index], words.after(index)
    if not word.capital or word.opens or not words[beside].capital or len(word.text) < 3:
        return False
    if word.lower in _NO_NAMES or is_term(word.lower) or word.lower not in _ordinary_words():
        return False
    before = words.before(min(index, beside))
    if word.lower in cues.MONTHS and before is not None and before.lower in cues.NEAR_MONTHS:
        return False
    return index < beside or after is None or not after.capital or after.gap != " "
