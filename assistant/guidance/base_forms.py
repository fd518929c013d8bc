"""Words in their base form: "touched" and "touching" are read as "touch".

Patterns of urgency are written in base forms. Only the forms of words that some pattern names are
known, by the English rules for endings and the content's list of what these do not give: every
other word stays as it was typed, since no pattern asks for it.
"""

from __future__ import annotations

import re
from typing import Iterable, Iterator, Mapping, Sequence

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans("’‘`´", "''''")

SHORTEST_INFLECTED = 3
"""Letters of a word from which on it gets endings: "us" is not in "used"."""

_PRONOUNS = frozenset("she her him his the they them you".split())

_NEGATED = "do does did is are was were has have had would could should must need".split()
_WRITTEN_TOGETHER: Mapping[str, str] = {
    **{f"{verb}nt": f"{verb} not" for verb in _NEGATED},
    "cannot": "can not",
    "can't": "can not",
    "cant": "can not",
    "won't": "will not",
    "wont": "will not",
    "shan't": "shall not",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "im": "i am",
    "ive": "i have",
    "hes": "he is",
    "shes": "she is",
    "thats": "that is",
    "whats": "what is",
    "whos": "who is",
    "theres": "there is",
    "theyre": "they are",
    "theyve": "they have",
    "youre": "you are",
    "youve": "you have",
    "weve": "we have",
}
_SHORT_VERBS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}

# What "'s" stands for: "is" behind these, or before those; "has" before a participle that only
# "has" can have; otherwise it owns something.
_WITH_IS = frozenset("he she it that there who what where here how".split())
_AFTER_IS = frozenset(
    "in here outside at on not just still now back upstairs downstairs next about".split()
)
_AFTER_HAS = frozenset("been taken gone got had done".split())
_ING_NOUNS = frozenset("thing something anything nothing morning evening wedding".split())


def base_forms(words: Iterable[str], irregular: Mapping[str, Sequence[str]] = {}) -> dict[str, str]:
    """The base form of every inflected form of these words.

    Args:
        words: in their base form; a phrase is several.
        irregular: by base form, the forms that the rules for endings do not give.

    A word that is itself among ``words`` stays what it is ("training" beside "train"), unless it
    is listed as irregular.
    """
    known = {word for phrase in words for word in phrase.split()}
    regular = {
        form: word for word in sorted(known) for form in _inflected(word) if form not in known
    }
    listed = {form: word for word, forms in irregular.items() for form in forms}
    return {**regular, **listed}


def in_base_forms(sentence: str, forms: Mapping[str, str]) -> str:
    """A sentence as lower-case words in their base form, with single spaces and no signs.

    Words written together are parted ("can't" and "cant": "can not").
    """
    return " ".join(forms.get(word, word) for word in _words(sentence))


def _words(sentence: str) -> Iterator[str]:
    words = _WORD.findall(sentence.lower().translate(_APOSTROPHES))
    for place, word in enumerate(words):
        if word in _WRITTEN_TOGETHER:
            yield from _WRITTEN_TOGETHER[word].split()
        elif word.endswith("n't"):
            yield from (word[:-3], "not")
        elif "'" in word:
            following = words[place + 1 : place + 3]
            yield from _parted(word, following)
        else:
            yield word


def _parted(word: str, following: Sequence[str]) -> Iterator[str]:
    """A word with an apostrophe in its parts: "he's", "they've", "dad's"."""
    first, _, ending = word.rpartition("'")
    if ending in _SHORT_VERBS:
        yield from (first, _SHORT_VERBS[ending])
    elif ending == "s":
        yield from (first, _apostrophe_s(first, following))
    else:
        yield word


def _apostrophe_s(first: str, following: Sequence[str]) -> str:
    after = following[0] if following else ""
    if not (
        first in _WITH_IS
        or after in _AFTER_IS | _AFTER_HAS
        or (after.endswith("ing") and after not in _ING_NOUNS)
    ):
        return "'s"
    # "He's taken her", but "he's taken to locking his door".
    return "has" if after in _AFTER_HAS and list(following[1:]) != ["to"] else "is"


def _inflected(word: str) -> Iterator[str]:
    """A word with the endings of English: plural, past and participle."""
    if len(word) < SHORTEST_INFLECTED or word in _PRONOUNS or not word.isalpha():
        return
    consonant_y = re.search(r"[^aeiou]y$", word)
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        yield f"{word}es"
    else:
        yield f"{word[:-1]}ies" if consonant_y else f"{word}s"
    if word.endswith("e"):
        yield f"{word}d"
        yield f"{word}ing" if word.endswith("ee") else f"{word[:-1]}ing"
    else:
        yield f"{word[:-1]}ied" if consonant_y else f"{word}ed"
        yield f"{word}ing"
    if re.search(r"[^aeiou][aeiou][bdgklmnprt]$", word):
        yield f"{word}{word[-1]}ed"
        yield f"{word}{word[-1]}ing"
