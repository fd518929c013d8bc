"""Initials: "Baby S", "T told me", "J.K.", "child AB"."""

from __future__ import annotations

import re
from typing import Optional, Sequence

from assistant.privacy import cue_words as cues
from assistant.privacy.around_names import (
    feels,
    has_cue,
    has_done,
    is_aged,
    is_called,
    is_with_kin,
    owns,
)
from assistant.privacy.text_words import Word, Words, is_possessive
from assistant.privacy.vocabulary import (
    frequent_words,
    is_english,
    is_listed_name,
    is_term,
    is_word,
)

_DOTTED = re.compile(r"(?<!\w)(?:[a-z]\.){1,4}[a-z]\b", re.IGNORECASE)
_FIELD_BEFORE = re.compile(r"[:(\n] ?$")
_JOINED = re.compile(r"(?<![\w/])[A-Z]{2,3}/[A-Z]{2,3}(?![\w/])")
_BEFORE_WRITERS = frozenset("note notes supervision visit call by from between with".split())
_ABOUT = frozenset("about on re regarding for with".split())
_BEFORE_SMALL_INITIALS = frozenset("baby child pupil client sibling twin".split())
_CHILDREN = _BEFORE_SMALL_INITIALS | {"boy", "girl", "patient", "resident", "student", "yp"}


def is_initial(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """Whether a single letter is one: "Baby S", "yasmin b"; not "section B", "I", "a".

    Args:
        words: The words of the text.
        index: Which of them is judged.
        verdicts: Of each word before, whether it is a name.
    """
    word, before = words[index], words.before(index)
    dotted = _dotted(words.text, word)
    if dotted is not None:
        return dotted not in cues.DOTTED_WORDS
    if word.text in cues.QUARTERS and words.lower_at(index + 1) in cues.AFTER_QUARTERS:
        return False
    if _is_a_thing(words, index):
        return False
    introduced = before is not None and before.lower in cues.PEOPLE | cues.TITLES
    if introduced and word.gap == " " and word.text.isupper() and word.text not in {"I", "A"}:
        return True
    if _is_joined_by_a_sign(words, word):
        return words.text_behind(word, 2) == "'s" and not word.text.islower()
    named = before is not None and verdicts[index - 1] and word.gap == " "
    if word.text.isupper() and not words.all_capitals:
        return _is_capital_initial(words, index, introduced or named)
    return _is_small_initial(words, index, named)


def _is_a_thing(words: Words, index: int) -> bool:
    """ "L cheek", "X account", "on X.", "A+E", "01632 960001 (h)"."""
    word, next_word = words[index].text, words.lower_at(index + 1)
    if _is_a_grade(words, index) or _is_one_of_letters(words, index):
        return True
    if word in {"L", "R"} and words.after(index) is not None:
        return next_word in cues.SIDES
    if word == "X":
        return next_word in cues.PLATFORM_WORDS or words.text_behind(words[index], 2) == " ="
    if words[index].gap.endswith("+") or words.text_behind(words[index], 2)[:1] == "+":
        return True
    start = words[index].start
    telephone = re.search(r"\d ?\($", words.text[max(0, start - 4) : start]) is not None
    return telephone and words.text_behind(words[index], 1) == ")"


def _is_a_grade(words: Words, index: int) -> bool:
    """ "the B team", "a C in maths", "C section", "category A to C", "A and E"."""
    after = words.after(index)
    if after is not None and after.gap == " " and after.lower in cues.THINGS_OF_LETTERS:
        return True
    before = words.before(index)
    if before is not None and before.lower in {"a", "an", "the"} and before.text.islower():
        return after is None or after.lower not in cues.FAMILY
    letters = words.text[max(0, words[index].start - 6) : words[index].end + 6]
    if re.search(r"\bA (?:and|n|&) E\b", letters):
        return True
    place = index
    while place > 1 and words[place - 1].lower in {"to", "or", "and"}:
        place -= 2
        if len(words[place].text) != 1:
            return False
        while place > 0 and words[place].gap == ", " and len(words[place - 1].text) == 1:
            place -= 1
    return place < index and words.lower_at(place - 1) in cues.LABELLED


def _is_one_of_letters(words: Words, index: int) -> bool:
    """Whether the text calls three people by letters in turn: "Child A, Child B and Child C"."""
    letter = words[index].text
    called = (words.before_letters[other] & cues.LETTERED for other in "ABC")
    return letter in "ABC" and all(called)


def _dotted(text: str, word: Word) -> Optional[str]:
    """The letters of "N.I.", "e.g." or "t.j." if the word is one of them."""
    for match in _DOTTED.finditer(text, max(0, word.start - 8), word.end + 8):
        if match.start() <= word.start < match.end():
            return match.group().lower().replace(".", "")
    return None


def _is_joined_by_a_sign(words: Words, word: Word) -> bool:
    """ "b&b", "w/o", "S's"."""
    if re.search(r"[&/'\"]$", word.gap):
        return True
    return re.match(r"[&/'\"]\w?", words.text_behind(word, 8)) is not None


def _is_capital_initial(words: Words, index: int, beside_a_person: bool) -> bool:
    word, before, after = words[index], words.before(index), words.after(index)
    if before is not None and before.lower in cues.LABELLED:
        return False
    if word.text in cues.FATHER_MOTHER and _is_before_a_family_name(words, index):
        return True
    if word.text in cues.FATHER_MOTHER or word.text == "A":
        return beside_a_person or (after is not None and after.lower in cues.ACTS)
    if word.text == "I":
        return _is_before_a_family_name(words, index) and _FIELD_BEFORE.search(word.gap) is not None
    return re.match(r"\.? ?\d", words.text_behind(word, 3)) is None  # "S.46", "B 12"


def _is_before_a_family_name(words: Words, index: int) -> bool:
    """ "M. Ostrom": the dot of an initial and a name; not "F. Then"."""
    if index + 1 == len(words) or words[index + 1].gap != ". " or not words[index + 1].capital:
        return False
    family = words[index + 1]
    return is_listed_name(family.lower) or family.lower not in frequent_words()


def _is_small_initial(words: Words, index: int, behind_a_name: bool) -> bool:
    word, before, after = words[index], words.before(index), words.after(index)
    if word.lower in {"a", "i", "u"}:
        return False
    if before is None:
        return after is not None and after.lower in cues.ACTS and len(word.gap) < 2
    if behind_a_name:  # "amelia r in 8b"; "mia n me", "jo r u there"
        ends = after is None or after.gap != " " or after.lower not in cues.AFTER_SHORT_FORMS
        return word.lower != "n" and (ends or word.lower not in {"r", "w", "x", "y", "k"})
    if before.lower in cues.TITLES | cues.RANKS | {"lil"}:
        return word.lower not in {"n", "r", "x"}
    if before.lower not in _BEFORE_SMALL_INITIALS:
        return False
    return (after is not None and after.lower in cues.DOES) or word.lower not in cues.SHORT_FORMS


def _is_usual(word: str) -> bool:
    """A frequent word, or a known brand or abbreviation ("ISP")."""
    return word in frequent_words() or (is_word(word) and not is_english(word))


def is_double_initial(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """Whether a word is the initials of a double family name: "Samuel B-H"."""
    word = words[index]
    doubled = re.fullmatch(r"[A-Z]-[A-Z]", word.text) is not None
    return doubled and index > 0 and verdicts[index - 1] and word.gap == " "


def are_initials(words: Words, index: int) -> bool:
    """Whether a word of two or three capitals is initials: "child AB", "JB told me", "SB (7)"."""
    word = words[index]
    if not word.text.isupper() or len(word.text) > 3 or words.all_capitals:
        return False
    if is_called(words, index):
        return True
    if word.text in cues.OF_NOTES:
        child = words.before(index) is not None and words.lower_at(index - 1) in _CHILDREN
        return child and not is_possessive(words.as_typed(words[index - 1]))
    if word.text in cues.NOT_INITIALS or (len(word.text) > 2 and _is_usual(word.lower)):
        return False
    if has_cue(words, index) or is_aged(words, index) or owns(words, index):
        return True
    if _are_joined(words, index) or _is_told_of(words, index):
        return True
    before, after = words.before(index), words.after(index)
    if before is not None and before.lower in cues.HARMS:
        return True  # "KM hit RT"
    if is_with_kin(words, index) or (len(word.text) == 2 and has_done(words, index)):
        return True
    if feels(words, index) or (after is not None and after.lower in cues.ACTS):
        return True
    return after is not None and after.lower in cues.RAN_OR_HID - cues.DOES


def _are_joined(words: Words, index: int) -> bool:
    """ "Supervision note KM/RJT": who wrote and who was there; not "note CP/CIN"."""
    word = words[index]
    for match in _JOINED.finditer(words.text, max(0, word.start - 4), word.end + 4):
        if not match.start() <= word.start < match.end():
            continue
        first = index - (match.start() < word.start)
        pair = words[first : first + 2]
        known = any(is_term(each.lower) or each.text in cues.NOT_INITIALS for each in pair)
        return not known and words.lower_at(first - 1) in _BEFORE_WRITERS
    return False


def _is_told_of(words: Words, index: int) -> bool:
    """ "an alert on RJ after he was", "seen w/ DK.": spoken of as a person is."""
    if len(words[index].text) == 2 and words.lower_at(index - 1) in {"with", "w"}:
        after = words.after(index)
        if after is None or after.lower in {"and", "today", "yesterday", "again"}:
            return words.before(index) is not None
    near = {word.lower for word in words[index + 1 : index + 4]}
    told = words.lower_at(index - 1) in _ABOUT and words.before(index) is not None
    return told and len(words[index].text) == 2 and not near.isdisjoint({"he", "she", "who"})
