"""Given names that are English words too: Grace, Will, Summer.

They are names by the capital inside a sentence, or by what stands around them.
"""

from __future__ import annotations

import re
from typing import Sequence

from assistant.privacy import cue_words as cues
from assistant.privacy.around_names import (
    feels,
    goes_by,
    has_cue,
    has_written,
    is_aged,
    is_called,
    is_from_near,
    is_subject,
    is_with_kin,
    owns,
    speaks,
)
from assistant.privacy.text_words import Words, is_possessive
from assistant.privacy.vocabulary import (
    family_also_words,
    given_also_words,
    given_rarely_words,
    names,
)

_AGE = re.compile(
    r" ?\((?:aged? )?\d{1,2}\)"
    r"| (?:is|was) (?:only |just )?\d{1,2}\b"
    r"(?! ?(?:weeks|days|of|st|nd|rd|th|to|or|am|pm|-)|[:.%]\d)"
)
"""Behind a month that is a name: "June (7)", "June is 5"; not "June is 5 weeks away"."""
_SAID_OF_HER = re.compile(r", (?:my|our|his|her|their|aged|who)\b")


def is_name_that_is_a_word(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """Whether a word that may be a given name is one here.

    Args:
        words: The words of the text.
        index: Which of them is judged.
        verdicts: Of each word before, whether it is a name.
    """
    word = words[index]
    if word.lower not in given_also_words():
        return _is_plural_or_owner(words, index)
    if owns(words, index) or is_called(words, index) or speaks(words, index):
        return True
    if goes_by(words, index) or has_written(words, index) or _is_before_a_verb(words, index):
        return True
    if _begins_a_pair(words, index) or _ends_a_pair(words, index, verdicts):
        return True
    if _is_alone_in_quotes(words, index):
        return True
    if word.lower in cues.MONTHS and _is_near_a_date(words, index):
        return False
    if _stands_as_a_person(words, index, verdicts):
        return True
    if len(word.lower) > 2 and _is_before_a_name(words, index):
        return word.lower not in {"will", "may"} or (word.capital and not word.opens)
    if has_cue(words, index) and _is_shown_behind_a_cue(words, index):
        return True
    if word.capital and not word.opens and word.lower != "august":
        return True
    return (word.capital and _opens_as_a_name(words, index)) or _acts(words, index)


def _is_alone_in_quotes(words: Words, index: int) -> bool:
    """ "5) "Peaches" missing again": a nickname at the head of a note."""
    word = words[index]
    quoted = re.search(r"(?:^|\n|[).:;-] )\"$", words.text[max(0, word.start - 3) : word.start])
    behind = re.match(r"\" [a-z]", words.text_behind(word, 3))
    also = word.lower not in cues.VERBS_TOO | cues.MONTHS
    return word.capital and also and quoted is not None and behind is not None


def _is_before_a_verb(words: Words, index: int) -> bool:
    """ "my ex will picks", "Will will be 18": behind "will" itself no such verb can stand."""
    word, before, after = words[index], words.before(index), words.after(index)
    if after is None or after.gap != " ":
        return False
    if word.capital and word.lower in cues.VERBS_TOO - {"may"} and after.lower in cues.MODALS:
        return after.text.islower()  # "Will may move": no verb stands before "may"
    if word.lower not in {"will", "may"}:
        return False
    if word.capital and word.text != after.text and after.lower == word.lower:
        return True
    if word.text == "will" and after.lower in cues.MODALS - {"may"}:
        return words.before(index) is None or words.lower_at(index - 1) in cues.BEFORE_SUBJECT
    introduced = before is not None and before.lower in cues.PEOPLE and word.gap == " "
    finite = after.lower.endswith("s") and not after.lower.endswith("ss")
    return introduced and finite and len(after.lower) > 3 and after.lower not in cues.NOT_FINITE


def _is_plural_or_owner(words: Words, index: int) -> bool:
    """ "the Smiths"; "Wills dad", "poppys mum"."""
    word, before, after = words[index], words.before(index), words.after(index)
    if not word.lower.endswith("s"):
        return False
    stem = word.lower[:-1]
    if word.capital and before is not None and before.lower == "the":
        return stem in family_also_words()
    theirs = after is not None and after.gap == " " and after.lower in cues.RELATIVES
    return stem in given_also_words() and (theirs or (word.capital and not word.opens))


def _stands_as_a_person(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """By what stands around, whatever its capital."""
    word, before, after = words[index], words.before(index), words.after(index)
    if _is_hardly_a_word(words, index) or _is_object_or_state(words, index):
        return True
    next_word = after.lower if after else ""
    previous = before.lower if before else ""
    asked = next_word in cues.BASE_VERBS and word.lower not in cues.VERBS_TOO | cues.MONTHS
    if asked and previous in cues.PEOPLE:
        return True  # "does my boyfriend mason get"
    article = previous in cues.ARTICLES
    if not article and word.lower not in cues.DISTANCES and is_from_near(words, index):
        return True
    if previous in {"and", "with"} and index > 1 and verdicts[index - 2]:
        return True  # "Emma and grace"
    if previous == "about" and next_word in cues.TAKEN_UP:
        return True
    return not article and (feels(words, index) or is_with_kin(words, index))


def _is_hardly_a_word(words: Words, index: int) -> bool:
    """Ruby, pearl, holly: no "ring" or "bush" behind, no article before."""
    word, before, after = words[index], words.before(index), words.after(index)
    if word.lower not in given_rarely_words():
        return False
    if after is not None and after.lower in cues.GOES_WITH:
        return False
    return before is None or before.lower not in cues.ARTICLES or word.capital


def _is_object_or_state(words: Words, index: int) -> bool:
    """ "i asked hope and", "is mercy safe"."""
    word, before, after = words[index], words.before(index), words.after(index)
    if before is None or word.lower in cues.MONTHS | {"will", "may", "blue"}:
        return False
    next_word = after.lower if after else ""
    if before.lower in cues.PERSON_VERBS:
        return after is None or next_word in cues.AFTER_OBJECT
    if before.lower in {"is", "was", "are"} and before.opens:
        return next_word in cues.STATES
    if before.lower in {"does", "did"} and before.opens and after is not None:
        return next_word in cues.BASE_VERBS and word.lower not in {"love", "justice"}
    thought = before.lower in {"think", "thinks", "thought", "if", "when", "because", "that"}
    is_so = next_word in {"is", "was"} and words.lower_at(index + 2) in cues.STATES
    return thought and is_so


def _begins_a_pair(words: Words, index: int) -> bool:
    """ "hope and charity are twins", "me and hope were there"."""
    if (
        index > 1
        and words[index - 2].lower == "me"
        and words[index - 1].lower in {"and", "n", "nd"}
    ):
        after = words.after(index)
        return after is not None and after.lower in cues.BOTH_DO | {"always", "both", "just"}
    pair = [word.lower for word in words[index : index + 4]]
    if len(pair) < 4 or pair[1] not in {"and", "n", "&"} or words.before(index) is not None:
        return False
    return (pair[2] in given_also_words() or pair[2] in names()) and pair[3] in cues.BOTH_DO


def _ends_a_pair(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """ "will and april both"."""
    if index < 2 or not verdicts[index - 2] or words[index - 1].lower != "and":
        return False
    after = words.after(index)
    return after is not None and after.lower == "both"


def _is_near_a_date(words: Words, index: int) -> bool:
    """ "in May", "12 May", "May 2024"; not "May (7)"."""
    word, before = words[index], words.before(index)
    if _AGE.match(words.text, word.end):
        return False
    if before is not None and before.lower in cues.NEAR_MONTHS:
        return True
    return re.search(r"\d", words.text[max(0, word.start - 6) : word.end + 6]) is not None


def _is_before_a_name(words: Words, index: int) -> bool:
    """ "grace hussain", "hope brown"."""
    after = words.after(index)
    if after is None:
        return False
    family = after.lower in family_also_words() and words[index].lower not in cues.VERBS_TOO
    return family or after.lower in names()


def _is_shown_behind_a_cue(words: Words, index: int) -> bool:
    """ "my client Hope", "her friend hope said", "a girl called hope"."""
    word, after = words[index], words.after(index)
    if word.lower in {"will", "may"} and not word.capital and "," in word.gap:
        return False  # "her partner, I suspect, will say"
    if word.text in {"will", "may"} and after is not None and after.lower in cues.BASE_VERBS:
        return False
    if word.capital or after is None or after.lower in cues.DOES or is_aged(words, index):
        return True
    # "my nanny pat burned": no verb stands behind a verb in its past.
    past = after.lower in cues.HARMS or re.search(r"[^e]ed$", after.lower) is not None
    return past and len(after.lower) > 4 and after.gap == " " and words[index].gap == " "


def _opens_as_a_name(words: Words, index: int) -> bool:
    """ "Summer presented", "Hope, my daughter", "Hope's paintings"."""
    word, after = words[index], words.after(index)
    if _SAID_OF_HER.match(words.text_behind(word, 12)):
        return True
    if is_possessive(words.as_typed(word)):
        return word.lower not in cues.MONTHS
    if after is None or len(after.lower) < 5 or not after.lower.endswith("ed"):
        return False
    return after.lower not in cues.SEASONS_DO | {"based", "related"}


def _acts(words: Words, index: int) -> bool:
    """ "hope told me", "Hope is", "Hope and", "hope, 7,": in lower case, or where all have one."""
    word, before, after = words[index], words.before(index), words.after(index)
    next_word = after.lower if after else ""
    verb = word.lower in cues.VERBS_TOO
    if word.capital and next_word in cues.RAN_OR_HID - cues.DOES:
        return not verb and word.lower not in cues.MONTHS
    if word.capital and (next_word in cues.DOES or (next_word == "and" and not verb)):
        return True
    subject = is_subject(words, index) or (
        before is not None and before.lower in cues.BEFORE_PEOPLE
    )
    if subject and next_word in cues.ACTS:
        finite = next_word.endswith(("s", "ed")) or next_word in cues.PAST
        if not verb or word.capital or finite:
            return True
    return is_aged(words, index)
