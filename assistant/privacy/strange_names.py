"""Names that no list has, but that are no English word either: "Xiuying", "jez".

What may be a slip of the finger ("borther") needs to stand as a person does.
"""

from __future__ import annotations

import re
from typing import Optional, Sequence

from assistant.privacy import cue_words as cues
from assistant.privacy.around_names import is_aged, is_placed_as_a_person, owns, speaks
from assistant.privacy.text_words import Word, Words, is_strange
from assistant.privacy.vocabulary import (
    frequent_words,
    given_also_words,
    is_made_of_words,
    names,
    variants,
)


def is_strange_name(words: Words, index: int) -> bool:
    """Whether a word is no English one, and no slip of one, or placed as a person is."""
    word, after = words[index], words.after(index)
    if _is_before_a_strange_name(word, after):
        return True
    if word.shouted or not is_strange(word):
        return False
    if not word.capital:
        return _is_strange_in_lower_case(words, index)
    if not word.opens:
        camel = re.search(r"[a-z][A-Z]", word.text) is not None
        return not camel or word.text.startswith(("Mc", "Mac"))
    if len(word.lower) > 3 and not words.is_slip(word):
        return True
    if after is not None and after.capital and is_strange(after):
        return True
    if after is not None and (after.lower in cues.DOES or after.lower == "and"):
        return True
    return is_aged(words, index) or owns(words, index) or speaks(words, index)


def _is_before_a_strange_name(word: Word, after: Optional[Word]) -> bool:
    """ "Li Xiuying", "Jun-ho Baek": short or double, and English by accident."""
    if after is None or not word.capital or not after.capital or after.gap != " ":
        return False
    if not (is_strange(after) or after.lower in names()):
        return False
    if word.lower in cues.SHORT_FAMILY:
        return True
    if "-" not in word.text or word.lower in frequent_words() or word.lower in cues.PEOPLE:
        return False
    return word.lower.split("-")[0] not in cues.PEOPLE | {"step"}


def _is_strange_in_lower_case(words: Words, index: int) -> bool:
    word = words[index]
    unknown = len(word.lower) > 3 and not words.is_slip(word)
    if unknown and (words.all_capitals or not is_made_of_words(word.lower)):
        return True
    return is_placed_as_a_person(words, index) and not is_near_cue(word.lower)


def is_near_cue(word: str) -> bool:
    """ "borther", "thay", "sed": a slip of what stands around names, so no name itself."""
    if len(word) > 12:
        return False
    return any(variant in cues.AROUND_PEOPLE for variant in variants(word))


def is_shouted_name(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """ "MARGATE, Leanne", "TEWSON Connor": a family name in capitals beside another name."""
    word = words[index]
    if _is_short_family_name(words, index) or _ends_a_shouted_name(words, index, verdicts):
        return True
    if not word.shouted or len(word.text) < 4 or not word.text.replace("-", "").isupper():
        return False
    if words.all_capitals or not is_strange(word):
        return False
    if index + 1 < len(words) and _is_beside_a_shouted_name(words[index + 1]):
        return True
    if index > 0 and verdicts[index - 1] and word.gap in {" ", ", "}:
        return True
    return len(word.text) > 6 and not words.is_slip(word)


def _is_short_family_name(words: Words, index: int) -> bool:
    """ "LI, Jiaying"."""
    word = words[index]
    if not word.shouted or words.all_capitals or word.lower not in cues.SHORT_FAMILY:
        return False
    after = words[index + 1] if index + 1 < len(words) else None
    return after is not None and after.gap in {", ", " "} and after.capital and _may_be_given(after)


def _may_be_given(word: Word) -> bool:
    return word.lower in names() or word.lower in given_also_words() or is_strange(word)


def _ends_a_shouted_name(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """ "AMINA YASSIN ALI": three letters behind a name in capitals."""
    word = words[index]
    if not index or not word.shouted or len(word.text) != 3 or word.gap != " ":
        return False
    behind = verdicts[index - 1] and words[index - 1].shouted and len(words[index - 1].text) > 3
    return behind and not words.all_capitals and _may_be_given(word)


def _is_beside_a_shouted_name(after: Word) -> bool:
    if after.gap == " " and after.shouted and len(after.text) > 3:
        return is_strange(after)  # "BINTA JALLOW"
    if after.gap not in {" ", ", "} or not after.capital:
        return False
    return _may_be_given(after)
