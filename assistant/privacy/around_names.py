"""Cues: what stands around a word that is a name, such as "called X", "X's dad", "X is 7".

Each takes the words of a text and the place of the one that is judged.
"""

from __future__ import annotations

import re

from assistant.privacy import cue_words as cues
from assistant.privacy.text_words import Word, Words, is_possessive, is_strange, without_possessive
from assistant.privacy.vocabulary import is_listed_name, is_word

_AGED = re.compile(
    r"(?:'?s)?(?:,? (?:is |aged ?|age |was )|, | ?\()(?:only |just )?\d{1,2}\b(?! ?[%£:/])"
)
_ROLE = re.compile(
    r" ?(?:\(|(?:is|was) (?:the|my|her|his|their|our|a) )(?:[a-z]{2,10}'?s )?"
    r"(?:birth |step|foster |grand)?(?:mum|mam|dad|nan|mother|"
    r"father|sister|brother|son|daughter|uncle|aunt|cousin|carer|sw|dsl|teacher|mate|friend|child|"
    r"boyfriend|girlfriend|partner|husband|wife|neighbour|twin|baby|ex)\b"
    r"|(?: is| was|,)? the (?:alleged )?"
    r"(?:perp|perpetrator|victim|suspect|offender|abuser|groomer)\b",
    re.IGNORECASE,
)
_YEAR_GROUP = re.compile(
    r",? ?\(?(?:yr|year|y|class|reception|in class|in year) ?\d{1,2}\b", re.IGNORECASE
)
_FROM_NEAR = re.compile(
    r" from (?:next door|school|work|my|our|his|her|their|year|yr|class|church|across|"
    r"down|up|number|"
    r"football|college|nursery)\b",
    re.IGNORECASE,
)
_QUOTED_BEHIND = re.compile(
    r"(?P<bracket>\()?(?:(?<=[\w,:] )|(?<=\())[\"'“‘](?P<first>(?:[A-Z][a-z]{1,11} )?)$"
)
_QUOTE_ENDS = re.compile(r"(?: [A-Z][a-z]{0,11})?[\"'”’](?!\w)")
_BEFORE_NICKNAMES = cues.CALLED_PERSONS | {"matron", "with", "as", "person", "people"}
_OTHER_NAME = re.compile(
    r"[\"'”’]? ?\((?:(?:birth|real|legal|full|maiden|preferred|proper|true) ?name|known as|aka|"
    r"n[eé]e|formerly)\b",
    re.IGNORECASE,
)
_CALLED = cues.CALLED_PERSONS | cues.CALLED_ONES | cues.NAME_IS | {"he's", "hes", "she's", "shes"}
_ENDS = re.compile(r" ?[,.;:!?(]| \d|$| \n")
"""Behind a name that closes what is said: "im X.", "hi its X 7 yrs"."""


def has_cue(words: Words, index: int) -> bool:
    """True if the word before says that a person is meant: "called X", "my client X"."""
    before = words.before(index)
    introduced = before is not None and before.lower in cues.PEOPLE
    return is_called(words, index) or (introduced and not _has_something(words, index))


def _has_something(words: Words, index: int) -> bool:
    """ "the child's ULN", "my father's will": what a person has."""
    had = words[index].shouted or words[index].text.islower()
    return had and is_possessive(words.as_typed(words[index - 1]))


def is_called(words: Words, index: int) -> bool:
    """ "called X", "name is X", "her name's X"."""
    word = words[index]
    if not index or word.lower in cues.NAME_FILLERS:
        return False
    if word.text in cues.NOT_INITIALS or (word.text == "will" and _is_a_verb(words, index)):
        return False
    before = words[index - 1]
    if word.opens and re.fullmatch(r" ?[:=\"'-]{1,2} ?\"?| \"", word.gap) is None:
        return False
    if before.lower in cues.CALLED or before.lower in cues.NAME_IS:
        return True
    earlier = words.before(index - 1)
    if earlier is None:
        return False
    if earlier.lower in cues.CALLS and before.lower in cues.CALLED_ONES:
        return True
    return before.lower in cues.LINKS | {"are"} and earlier.lower in cues.NAME_IS


def _is_a_verb(words: Words, index: int) -> bool:
    """ "if i tell you his name will they": a pronoun or a verb follows."""
    after = words.after(index)
    return after is not None and after.lower in cues.PRONOUNS | {"be", "not", "have", "get"}


def goes_by(words: Words, index: int) -> bool:
    """ "goes by X", "he is known as X", "changed her name to X"."""
    if index < 2:
        return False
    word, before, earlier = words[index], words[index - 1].lower, words[index - 2].lower
    if word.opens and re.fullmatch(r" \"", word.gap) is None:
        return False
    shown = word.capital or is_strange(word)
    if before == "by":
        return earlier in {"goes", "went"} and shown
    if before == "as":
        return earlier == "known" and shown and _is_of_a_person(words, index - 2)
    near = {each.lower for each in words[max(0, index - 7) : index - 1]}
    changed = not near.isdisjoint({"changed", "changes", "changing", "change"})
    return before == "to" and shown and changed and not near.isdisjoint(cues.NAME_IS)


def _is_of_a_person(words: Words, index: int) -> bool:
    """Whether one of the four words before speaks of a person: "his mate is known as"."""
    near = {word.lower for word in words[max(0, index - 4) : index]}
    return not near.isdisjoint(cues.PEOPLE | {"he", "she", "who", "he's", "hes", "she's", "shes"})


def is_quoted_nickname(words: Words, index: int) -> bool:
    """ "YP: "Bugz"", "Ian ("Tiny") Brenham", "with 'Lil Rocket' and 'Flint'": one or two words.

    A word in quotes with a capital, right behind a person or in brackets behind a name.
    """
    word = words[index]
    if not word.capital or word.lower in cues.PEOPLE or word.lower in cues.RELATIVES:
        return False
    opening = _QUOTED_BEHIND.search(words.text[max(0, word.start - 24) : word.start])
    if opening is None:
        return False
    if _QUOTE_ENDS.match(words.text_behind(word, 24)) is None:
        return False
    before = words.lower_at(index - 1 - len(opening["first"].split()))
    if opening["bracket"]:
        return is_listed_name(before)
    if _OTHER_NAME.match(words.text_behind(word, 24)):
        return True
    if before == "and" and is_listed_name(words.lower_at(index - 2)):
        return True  # "Zofia and "Rocket""
    in_a_field = before in cues.FIELDS and ":" in word.gap
    return in_a_field or before in _BEFORE_NICKNAMES


def has_written(words: Words, index: int) -> bool:
    """ "a note by X", "the statement written by X", with a capital."""
    before = words.before(index)
    if before is None or before.lower != "by" or not words[index].capital:
        return False
    near = {words.lower_at(index - 2), words.lower_at(index - 3)}
    return not near.isdisjoint(cues.WRITINGS)


def calls_a_person(words: Words, index: int) -> bool:
    """ "a man called Spud", "they call him Biscuit", "likes to be called Bean": whatever word."""
    if words.lower_at(index - 2) == "be" and words.lower_at(index - 4) in cues.PREFERS:
        return True
    near = {word.lower for word in words[max(0, index - 4) : index]}
    return not near.isdisjoint(_CALLED)


def speaks(words: Words, index: int) -> bool:
    """ "im X", "hi its X", "I am X, ...", "Thanks, X", "X here"."""
    word, after = words[index], words.after(index)
    if not index:
        return after is not None and after.lower == "here"
    before = words[index - 1]
    closes = after is None or _ENDS.match(words.text_behind(word, 8)) is not None
    closes = closes or (
        after is not None and after.lower in {"and", "from", "again", "here", "im", "i'm"}
    )
    if before.lower in cues.GREETINGS:
        signed = re.fullmatch(r"[ ,.!\n]{1,3}", word.gap) is not None
        return signed and (closes or word.capital or is_strange(word))
    if word.opens:
        return False
    earlier = words.lower_at(index - 2)
    me = before.lower == "me" and earlier in {"its", "it's", "s"}
    if not word.capital and _is_no_name_after_im(words, word):
        return me
    im = before.lower in {"im", "i'm", "its", "it's"} or (before.lower == "am" and earlier == "i")
    return (im or me) and closes


def _is_no_name_after_im(words: Words, word: Word) -> bool:
    """ "im hope", "im scraed": an adjective, or a slip of one."""
    if word.lower in cues.NO_NAME_AFTER_IM:
        return True
    return len(word.lower) > 3 and is_strange(word) and words.is_slip(word)


def owns(words: Words, index: int) -> bool:
    """ "X's dad", "James' dad"."""
    word, after = words[index], words.after(index)
    owner = is_possessive(words.as_typed(word))
    owner = owner or (word.lower.endswith("s") and words.text_behind(word, 2) == "' ")
    return owner and after is not None and after.lower in cues.RELATIVES


def is_aged(words: Words, index: int) -> bool:
    """ "grace is 9", "ruby, 6,", "grace (6)", "ruby yr 5", "grace (mum)"."""
    word = words[index]
    after = word.start + len(without_possessive(words.as_typed(word)))
    rest = words.text[after : after + 36]
    return any(pattern.match(rest) for pattern in (_AGED, _YEAR_GROUP, _ROLE, _OTHER_NAME))


def is_from_near(words: Words, index: int) -> bool:
    """ "hunter from next door"."""
    return _FROM_NEAR.match(words.text_behind(words[index], 24)) is not None


def is_subject(words: Words, index: int) -> bool:
    """True where a sentence's subject may stand: "X said", "because X said"."""
    before = words.before(index)
    return before is None or before.lower in cues.BEFORE_SUBJECT


def has_done(words: Words, index: int) -> bool:
    """ "KP has disclosed", "LB is being bullied"."""
    near = [word.lower for word in words[index + 1 : index + 3]]
    does = cues.DOES | cues.PARTICIPLES | {"been", "being"}
    return (
        len(near) > 1
        and near[0] in {"is", "was", "has", "had"}
        and (near[1] in does or near[1].endswith(("ed", "ing")))
    )


def is_with_kin(words: Words, index: int) -> bool:
    """ "TT and her brother", "joy and his baby"."""
    near = [word.lower for word in words[index + 1 : index + 4]]
    kin = len(near) == 3 and near[2] in cues.RELATIVES | cues.PEOPLE
    return kin and is_subject(words, index) and near[0] == "and" and near[1] in {"her", "his"}


def feels(words: Words, index: int) -> bool:
    """ "JB is scared", "hope is upset"."""
    near = [word.lower for word in words[index + 1 : index + 4]]
    if len(near) > 2 and near[1] in {"very", "really", "so", "too", "now", "been"}:
        del near[1]
    return len(near) > 1 and near[0] in {"is", "was", "has"} and near[1] in cues.FEELS


def is_placed_as_a_person(words: Words, index: int) -> bool:
    """ "tj said", "my mate jez", "kj is 5", "twm's dad": for short names and possible slips."""
    if is_called(words, index) or owns(words, index) or speaks(words, index):
        return True
    subject = is_subject(words, index) or "," in words[index].gap
    if subject and is_from_near(words, index):
        return True
    before, after = words.before(index), words.after(index)
    introduced = before is not None and before.lower in cues.PEOPLE
    acts = after is not None and after.lower in cues.ACTS
    if (subject or introduced) and (acts or is_aged(words, index)):
        return True
    if before is not None and before.lower in cues.PERSON_VERBS:
        return len(words[index].lower) < 4 or after is None or after.lower in cues.AFTER_OBJECT
    if subject and _is_in_my_company(words, index):
        return True
    if introduced:
        return after is None or after.lower in cues.AFTER_PEOPLE or after.gap.startswith(",")
    return subject and _owns_without_apostrophe(words, index)


def _is_in_my_company(words: Words, index: int) -> bool:
    """ "tj n me", "jez and my mum"."""
    after = words.after(index)
    if after is None or after.lower not in {"n", "nd", "and", "&"}:
        return False
    behind = words.text_behind(words[index], 8)
    return re.match(r" (?:n|nd|and|&) (?:me|i|my)\b", behind) is not None


def _owns_without_apostrophe(words: Words, index: int) -> bool:
    """ "tjs dad"."""
    word, after = words[index], words.after(index)
    stem = word.lower[:-1]
    owned = word.lower.endswith("s") and 1 < len(stem) < 6 and not is_word(stem)
    return owned and after is not None and after.lower in cues.RELATIVES
