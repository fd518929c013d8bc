"""People's names in what practitioners and the public type: lower case, initials, nicknames.

Every word is judged by three things: whether it is known as a name, whether it is known as a
word, and what stands next to it ("my client X", "X told me"). Each rule is one function, here or in

- ``around_names.py``: what stands around a name,
- ``names_that_are_words.py``: "Grace",
- ``strange_names.py``: names that no list has,
- ``initials.py``.
"""

from __future__ import annotations

import re
from typing import Iterator, Sequence

from assistant.privacy import cue_words as cues
from assistant.privacy.around_names import (
    calls_a_person,
    goes_by,
    has_cue,
    has_written,
    is_called,
    is_quoted_nickname,
)
from assistant.privacy.called_names import is_called_in_lower_case
from assistant.privacy.capital_names import is_capital_in_a_pair, is_name_by_its_capital
from assistant.privacy.initials import are_initials, is_double_initial, is_initial
from assistant.privacy.names_that_are_words import is_name_that_is_a_word
from assistant.privacy.recognisers import POSSIBLE, Finding
from assistant.privacy.strange_names import is_near_cue, is_shouted_name, is_strange_name
from assistant.privacy.text_words import Word, Words, is_strange, without_possessive
from assistant.privacy.vocabulary import (
    family_also_words,
    given_also_words,
    is_listed_name,
    is_term,
    is_word,
    names,
    rare_words,
    welsh_words,
)
from assistant.privacy.words_that_stay import stays

# A name spelled out so that nobody finds it: "d a n n y".
_SPELLED_OUT = re.compile(
    r"(?<![\w'])[a-z](?:([ .-])[a-z](?:\1[a-z]){2,15})(?![\w'])", re.IGNORECASE
)
_SHORT_WORDS_ALONE = frozenset("aiuryck")
_AGE_OR_BIRTH = r"(?:,? ?\(?(?:aged? )?\d{1,2}(?:[./-]\d{1,2}[./-]\d{2,4})?\)?)"
"""What may stand behind each name of a list: "Ayo 12, Tife 3", "Julka (30/6/14), Maks (...)"."""
_IN_A_LIST = re.compile(rf"{_AGE_OR_BIRTH}?, ?| ?[&/+] ?")
_BEFORE_THE_LAST = re.compile(rf"{_AGE_OR_BIRTH}?,? (?:and|nd|n|or) ")
_CHILDREN = frozenset("children kids boys girls twins".split())
_WORDS_EACH_TIME = frozenset("will may mark hope".split())
"""One of these may be a name once and a word the next time: "Will said he will"."""

_BEFORE_SEASONS = cues.ARTICLES | frozenset("during early every in last late next since".split())
"""Before a season that is none of a name's: "since summer"."""


class NameRecogniser:
    """Finds names; ``kept`` matches what holds names and is no person's (organisations, laws)."""

    def __init__(self, kept: re.Pattern[str]) -> None:
        """Take the pattern of what stays whatever names are in it ("Lucy Faithfull")."""
        self.kept = kept

    def find(self, text: str) -> Iterator[Finding]:
        """The names of a text, neighbouring words of one name together."""
        for start, end in _NamesOfText(text, self.kept).find():
            yield Finding(start, end, "NAME", POSSIBLE)


class _NamesOfText:
    """One text's words, and the verdict on each."""

    def __init__(self, text: str, kept: re.Pattern[str]) -> None:
        self._text = text
        self._words = Words(text)
        self._kept = [match.span() for match in kept.finditer(text)]
        welsh = sum(map(_is_sign_of_welsh, self._words))
        self._in_welsh = welsh >= max(2, len(self._words) / 12)

    def find(self) -> list[tuple[int, int]]:
        """Start and end of each name, in order; names that are spelled out come last."""
        verdicts: list[bool] = []
        for index in range(len(self._words)):
            is_name = not self._is_kept(index) and _is_name(self._words, index, verdicts)
            verdicts.append(is_name)
        verdicts = self._said_again(self._listed_together(verdicts))
        spans: list[tuple[int, int]] = []
        for word, is_name in zip(self._words, self._with_particles(verdicts)):
            if not is_name:
                continue
            end = word.start + len(without_possessive(self._words.as_typed(word)))
            if spans and re.fullmatch(r"[ .-]{1,2}", self._text[spans[-1][1] : word.start]):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((word.start, end))
        return spans + list(_spelled_out(self._text))

    # What is no name whatever stands around

    def _is_kept(self, index: int) -> bool:
        word = self._words[index]
        end_of_word = word.start + len(word.text)  # without "'s"
        if any(start <= word.start and end_of_word <= end for start, end in self._kept):
            return True
        if self._is_glued(word) or (self._in_welsh and _is_welsh(word)):
            return True
        if self._in_welsh and word.lower == "mai" and self._words.lower_at(index - 1) == "mis":
            return True
        return stays(self._words, index)

    def _is_glued(self, word: Word) -> bool:
        """True for letters that a digit or "@" makes part of something else: "KS2", "x@y"."""
        before = self._text[word.start - 1 : word.start]
        after = self._text[word.end : word.end + 1]
        return _is_glue(before) or _is_glue(after)

    # What the verdicts on other words say

    def _said_again(self, verdicts: Sequence[bool]) -> list[bool]:
        """A name once is a name each time, but "Will said" makes no name of "will"."""
        named = {word.lower for word, is_name in zip(self._words, verdicts) if is_name}
        named -= _WORDS_EACH_TIME
        small = {
            word.lower
            for word, is_name in zip(self._words, verdicts)
            if is_name and not word.capital
        }
        return [
            is_name or (self._words[index].lower in named and self._is_it_again(index, small))
            for index, is_name in enumerate(verdicts)
        ]

    def _is_it_again(self, index: int, small: set[str]) -> bool:
        """Whether a word that is a name elsewhere is one here; ``small``: in lower case too."""
        word = self._words[index]
        if len(word.lower) < 2 or (len(word.lower) == 2 and not word.text.isupper()):
            return False
        return not self._is_kept(index) and not self._is_the_word(index, small)

    def _is_the_word(self, index: int, small: set[str]) -> bool:
        """Whether it is the word this time: "since summer" beside "Summer", "a Christian"."""
        word, before = self._words[index], self._words.before(index)
        previous = before.lower if before else ""
        if not is_word(word.lower):
            return False
        if not word.text.islower():
            return previous in {"a", "an"}
        if word.lower in small:
            return False
        if word.lower not in given_also_words():
            return True  # "Mr Butcher told the butcher"
        return previous in (_BEFORE_SEASONS if word.lower in cues.MONTHS else cues.ARTICLES)

    def _listed_together(self, verdicts: Sequence[bool]) -> list[bool]:
        """ "Teddy, Mabel and Wren": what stands in a list with names is one."""
        judged = list(verdicts)
        for index in range(1, len(judged)):
            judged[index] = judged[index] or self._is_listed_beside(index, -1, judged)
        for index in range(len(judged) - 2, -1, -1):
            judged[index] = judged[index] or self._is_listed_beside(index, 1, judged)
        return judged

    def _is_listed_beside(self, index: int, step: int, verdicts: Sequence[bool]) -> bool:
        """Whether the word is in a list with the name before (step -1) or behind it (1)."""
        beside, between = index + step, _IN_A_LIST
        if self._words[beside].lower in {"and", "nd", "n", "or"}:
            beside, between = beside + step, _BEFORE_THE_LAST
            if not 0 <= beside < len(verdicts):
                return False
        if not verdicts[beside]:
            return False
        first, second = sorted((index, beside))
        gap = self._text[self._words[first].end : self._words[second].start]
        if between.fullmatch(gap) is None:
            return False
        paired = gap.rstrip().endswith(("and", "&")) and not self._is_kept(index)
        paired = paired and is_capital_in_a_pair(self._words, index, beside)
        return paired or self._may_be_listed(index) or self._are_initials_in_a_list(index, beside)

    def _are_initials_in_a_list(self, index: int, beside: int) -> bool:
        """ "AJ, DJ and Mo": two letters beside two letters that are a name."""
        pair = (self._words[index], self._words[beside])
        capitals = all(word.text.isupper() and len(word.text) == 2 for word in pair)
        return capitals and pair[0].text not in cues.NOT_INITIALS and not self._is_kept(index)

    def _may_be_listed(self, index: int) -> bool:
        word = self._words[index]
        if self._is_kept(index) or word.lower in cues.PEOPLE:
            return False
        if word.shouted:
            return False
        also = word.lower in given_also_words()
        strange = is_strange(word) and (word.capital or not self._words.is_slip(word))
        if word.capital and not word.opens and word.lower in family_also_words():
            after = self._words.after(index)
            return after is None or not after.capital  # "X and Bell"
        return strange or (also and word.lower not in cues.VERBS_TOO | cues.MONTHS)

    def _with_particles(self, verdicts: Sequence[bool]) -> list[bool]:
        """Particles between two parts of a name: "Gwen ap Gwilym"."""
        judged = list(verdicts)
        for index in range(1, len(judged) - 1):
            particle = self._words[index].lower in cues.PARTICLES and not judged[index]
            if particle and judged[index - 1] and self._words[index].gap in {" ", "-"}:
                after = self._words[index + 1]
                judged[index] = verdicts[index + 1] and after.gap in {" ", "-"}
        return judged


def _spelled_out(text: str) -> Iterator[tuple[int, int]]:
    """ "d a n n y": letters apart, not all of them short forms ("y r u a")."""
    for match in _SPELLED_OUT.finditer(text):
        letters = re.findall(r"[a-z]", match.group().lower())
        if sum(letter not in _SHORT_WORDS_ALONE for letter in letters) > 1:
            yield match.span()


def _is_sign_of_welsh(word: Word) -> bool:
    """ "mae", and "mae'r" and "yw'r" by what stands before the apostrophe."""
    return word.lower in cues.SIGNS_OF_WELSH or (
        "'" in word.lower and word.lower.partition("'")[0] in cues.SIGNS_OF_WELSH
    )


def _is_welsh(word: Word) -> bool:
    """A word of Welsh: a known one, or in lower case any that is no known name."""
    if word.lower in welsh_words():
        return not word.capital or word.opens or not is_listed_name(word.lower)
    return word.text.islower() and not is_listed_name(word.lower)


def _is_glue(sign: str) -> bool:
    return sign.isdigit() or sign in {"@", "_"}


def _is_name(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """Whether one of the rules says so; ``verdicts`` are those on the words before."""
    if len(words[index].lower) == 1:
        return is_initial(words, index, verdicts)
    return (
        _is_listed(words[index])
        or _follows_title(words, index)
        or _is_before_its_family_name(words, index)
        or _is_what_it_is_called(words, index)
        or _is_before_family(words, index)
        or is_name_that_is_a_word(words, index, verdicts)
        or is_strange_name(words, index)
        or is_name_by_its_capital(words, index)
        or is_called_in_lower_case(words, index, verdicts)
        or _is_introduced(words, index)
        or _continues_name(words, index, verdicts)
        or are_initials(words, index)
        or is_double_initial(words, index, verdicts)
        or _is_behind_a_family_name(words, index, verdicts)
        or is_shouted_name(words, index, verdicts)
        or _is_in_a_field(words, index)
    )


def _is_listed(word: Word) -> bool:
    if word.shouted and len(word.text) <= 3:
        return False  # ED, TED: see are_initials
    if word.text.islower() and word.lower in cues.PEOPLE:
        return False  # "nanna"
    return is_listed_name(word.lower)


def _follows_title(words: Words, index: int) -> bool:
    """ "Mr X", "PC X", "Uncle X", "Sgt. X"."""
    word, before = words[index], words.before(index)
    if before is None and index and word.gap == ". ":
        before = words[index - 1]
        if before.lower not in cues.TITLES | cues.RANKS or len(before.lower) > 4:
            return False
    if before is None:
        return False
    if before.shouted:
        return before.text in {"PC", "DC", "DS"} and word.capital
    if word.gap not in {" ", ". "}:
        return False
    family = word.lower in family_also_words()
    if before.lower in cues.TITLES:
        return word.capital or family or _is_certain_after(before, word) or is_strange(word)
    if before.lower in {"miss", "ms", "pc", "dc", "sgt"} and family:
        return True
    if before.text in {"Miss", "Ms"} and word.capital:
        return word.lower not in cues.PEOPLE | cues.RELATIVES | cues.PRONOUNS  # "Miss Bee"
    return before.lower in cues.RANKS and word.capital and (family or is_strange(word))


def _is_certain_after(title: Word, word: Word) -> bool:
    """ "mr smith": whatever word it is, but for those that go on with a sentence."""
    if title.lower not in {"mr", "mrs"}:
        return False
    return word.lower not in cues.NOT_AFTER_MR and word.lower not in cues.DOES


def _is_before_its_family_name(words: Words, index: int) -> bool:
    """ "officer Verity X", "Md. X", "Baby Boy X": a word before what is a name for certain."""
    word, before = words[index], words.before(index)
    if index + 1 == len(words) or not word.capital:
        return False
    after = words[index + 1]
    if not after.capital or not (is_listed_name(after.lower) or is_strange(after)):
        return False
    if word.lower in cues.SHORT_GIVEN:
        return re.fullmatch(r"\. ?| ", after.gap) is not None
    if before is None or after.gap != " " or word.gap != " ":
        return False
    if before.text == "Baby" and word.lower in {"boy", "girl", "twin"}:
        return True
    if is_term(word.lower) or word.lower in cues.RANKS | cues.PEOPLE | cues.ROLES:
        return False
    return before.lower in cues.ROLES | cues.RANKS and before.text.islower()


def _is_what_it_is_called(words: Words, index: int) -> bool:
    """ "Blessing is a blessing", "Christian is a Christian": the first is a name."""
    word = words[index]
    if not word.capital or words.lower_at(index + 1) != "is":
        return False
    article = words.lower_at(index + 2) in {"a", "an"}
    return article and words.lower_at(index + 3) == word.lower


def _is_behind_a_family_name(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """ "ASANTE, Nana Yaw": what stands behind a family name in capitals and a comma."""
    word, after = words[index], words.after(index)
    if not index or word.gap != ", " or not word.capital or not verdicts[index - 1]:
        return False
    if not words[index - 1].shouted or len(words[index - 1].text) < 4:
        return False
    if word.lower in given_also_words() or word.lower in rare_words() or is_strange(word):
        return True
    return after is not None and after.gap == " " and after.capital


def _is_before_family(words: Words, index: int) -> bool:
    """ "the X family", "the X children"."""
    word, after = words[index], words.after(index)
    if after is None:
        return False
    if after.lower in cues.FAMILY:
        family = word.lower in family_also_words() or (
            word.capital and word.lower in given_also_words()
        )
        family = family and not _describes_a_family(words, index)
        return family or (is_strange(word) and not words.is_slip(word))
    children = after.lower in _CHILDREN
    return children and word.capital and not word.opens and word.lower in rare_words()


def _describes_a_family(words: Words, index: int) -> bool:
    """ "foster family", "Black families", "a white family"."""
    word, after = words[index].lower, words.lower_at(index + 1)
    if word not in {"black", "brown", "white"}:
        return word == "foster"
    return after == "families" or words.lower_at(index - 1) in cues.ARTICLES - {"the"}


def _is_introduced(words: Words, index: int) -> bool:
    """ "my client X", "a girl called X", with an X that is no English word."""
    word = words[index]
    if word.capital and is_called(words, index) and calls_a_person(words, index):
        return True
    if is_quoted_nickname(words, index):
        return True
    if word.capital and word.lower not in cues.NAME_FILLERS and goes_by(words, index):
        return True
    if has_written(words, index) and word.lower in family_also_words():
        return True
    if _is_rare_after_kin(words, index):
        return True
    if word.shouted or not is_strange(word):
        return False
    if not (has_cue(words, index) or _is_said_to_be(words, index)):
        return False
    if word.capital or is_called(words, index):
        return True
    after = words.after(index)
    if after is not None and (after.lower in names() or after.lower in family_also_words()):
        return True
    if words.is_slip(word):
        return False
    return after is None or after.lower in cues.DOES or after.lower in {"and", "will"}


def _is_said_to_be(words: Words, index: int) -> bool:
    """ "dad is X"."""
    before, earlier = words.before(index), words.before(index - 1)
    linked = before is not None and before.lower in cues.LINKS
    return linked and earlier is not None and earlier.lower in cues.PEOPLE


def _is_rare_after_kin(words: Words, index: int) -> bool:
    """ "grandad ern did it", "her husband yaw beats her": a word that hardly anybody writes."""
    word, before, after = words[index], words.before(index), words.after(index)
    if before is None or before.lower not in cues.PEOPLE or after is None or word.gap != " ":
        return False
    return after.lower in cues.DOES and word.lower in rare_words()


def _continues_name(words: Words, index: int, verdicts: Sequence[bool]) -> bool:
    """The family name after a given name: "emma brown", "Zainab Chowdhry"."""
    word, before = words[index], words.before(index)
    if before is None or not verdicts[index - 1] or word.gap not in {" ", "-", ". "}:
        return False
    if word.lower in cues.PEOPLE or word.lower in cues.DOES or word.shouted:
        return False
    if word.lower in family_also_words():
        return True
    if word.capital:
        return not before.opens or is_strange(word) or before.capital
    if not is_strange(word):
        return False
    after = words.after(index)
    placed = after is None or after.lower in cues.DOES
    return not words.is_slip(word) or (placed and not is_near_cue(word.lower))


def _is_in_a_field(words: Words, index: int) -> bool:
    """ "Child: X", "From: X", "Staff: BIRCH": what a form or an e-mail says of a person."""
    word = words[index]
    if not index or re.fullmatch(r" ?[:=]-? ?", word.gap) is None:
        return False
    in_capitals = word.shouted and len(word.text) > 3 and not words.all_capitals
    if not (word.capital or in_capitals) or words[index - 1].lower not in cues.FIELDS:
        return False
    also = word.lower in given_also_words() or word.lower in family_also_words()
    return also or is_strange(word) or word.lower in rare_words()
