"""Nicknames that are any word, told by what calls a person so: "sum1 called big tone".

Behind "called" and "his name is" stands a name, in lower case too, unless a small word follows.
"""

from __future__ import annotations

import re
from typing import Sequence

from assistant.privacy import cue_words as cues
from assistant.privacy.text_words import Words
from assistant.privacy.vocabulary import given_also_words, is_term

_SOMEBODY = (
    r"(?:(?:some|sum)(?:1|one| ?body)|lads?|girls?|boys?|m[ae]n|wom[ae]n|guys?|blokes?|kids?|"
    r"friends?|m(?:ate|8)s?|child|person|cousin|brother|sister|uncle|aunt(?:ie|y)?|bf|gf|"
    r"(?:girl|boy)friend|neighbour|dealer|fella|yp|pupil|client|1|one)"
)
_CALLED = re.compile(
    rf"\b(?:{_SOMEBODY}(?: is| was|'?s)?|(?:he|she|who)(?: is| was|'?s))"
    r" (?:called|named|nicknamed|known as|aka) \"?$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:my|his|her|their|real) ?(?:nick)?name(?P<linked> is| was|'s)?s? \"?$", re.IGNORECASE
)
_DESCRIBES = frozenset("big lil little old young mad fat tiny uncle daddy baby".split())
_OF_VERBS = ("ing", "ed", "n't", "nt")
_LONGEST_CUE = 40
"""Characters before the word in which it is said that somebody is called so."""


def is_called_in_lower_case(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """Whether a word in lower case is what a person is called.

    Args:
        words: The words of the text.
        index: Which of them is judged.
        verdicts: Of each word before, whether it is a name.
    """
    word = words[index]
    if not word.text.islower() or len(word.lower) < 2 or word.lower in cues.NOT_CALLED:
        return False
    if word.lower in cues.PEOPLE or is_term(word.lower) or word.lower.endswith(_OF_VERBS):
        return False
    before = words.before(index)
    if before is not None and before.lower in _DESCRIBES and verdicts[index - 1]:
        return word.gap == " " and before.text.islower() and word.lower not in cues.DOES
    text = words.text[max(0, word.start - _LONGEST_CUE) : word.start]
    named = _NAMED.search(text)
    if named is not None:
        return named["linked"] is not None or _is_short_or_also(word.lower)
    return _CALLED.search(text) is not None


def _is_short_or_also(word: str) -> bool:
    """ "my names li wei", "his names hope"; not "his names everywhere"."""
    return word in cues.SHORT_FAMILY or word in given_also_words()
