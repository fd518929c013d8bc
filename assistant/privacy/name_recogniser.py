"""People's names in what practitioners and the public type: lower case, initials, nicknames.

Every word is judged by three things: whether it is known as a name, whether it is known as a
word, and what stands next to it ("my client X", "X told me"). Each rule is one method.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator, Optional, Sequence

from assistant.privacy import around_names as around
from assistant.privacy.recognisers import POSSIBLE, Finding
from assistant.privacy.vocabulary import (
    Speller,
    family_also_words,
    fold,
    frequent_words,
    given_also_words,
    given_rarely_words,
    is_english,
    is_listed_name,
    is_term,
    names,
    rare_words,
    variants,
    welsh_words,
)

NAME = "NAME"

_WORD = re.compile(r"[^\W\d_]++(?:['-][^\W\d_]++)*+")
_SENTENCE_END = re.compile(r"[.!?:;\n\"•]")
_POSSESSIVE = re.compile(r"'s?$", re.IGNORECASE)
# A name spelled out so that nobody finds it: "d a n n y".
_SPELLED_OUT = re.compile(
    r"(?<![\w'])[a-z](?:([ .-])[a-z](?:\1[a-z]){2,15})(?![\w'])", re.IGNORECASE
)
_SHORT_WORDS_ALONE = frozenset("aiuryck")
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
_AGE_IN_BRACKETS = re.compile(r" ?\((?:aged? )?\d{1,2}\)")
_AGE_OR_BIRTH = r"(?:,? ?\(?(?:aged? )?\d{1,2}(?:[./-]\d{1,2}[./-]\d{2,4})?\)?)"
"""What may stand behind each name of a list: "Ayo 12, Tife 3", "Julka (30/6/14), Maks (...)"."""
_YEAR_GROUP = re.compile(
    r",? ?\(?(?:yr|year|y|class|reception|in class|in year) ?\d{1,2}\b", re.IGNORECASE
)


# Small words of Welsh that are none of English.
_SIGNS_OF_WELSH = frozenset(
    "mae mae'r dwi dw i'n fy ei i'r yn y yr ar ac fi eu sydd oes pwy beth sut ddim wedi mewn gyda "
    "hi'n o'r a'r rhag nhw yw ydw ydy roedd oedd eisiau isie chi ni'n ti'n dy".split()
)


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str
    lower: str
    opens: bool  # the first word of a sentence
    gap: str  # what stands between it and the word before

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and not self.shouted

    @property
    def shouted(self) -> bool:
        """Capitals throughout, or the mixture of an abbreviation: LADO, MoJ, KPIs."""
        capitals = sum(letter.isupper() for letter in self.text)
        few = len(self.text) <= 5 and capitals > 1 and not re.search(r"['-]", self.text)
        return len(self.text) > 1 and (self.text.isupper() or few)


class NameRecogniser:
    """Finds names; ``kept`` matches what holds names and is no person's (organisations, laws)."""

    def __init__(self, kept: re.Pattern[str]) -> None:
        """Take the pattern of what stays whatever names are in it ("Lucy Faithfull")."""
        self._kept = kept

    def find(self, text: str) -> Iterator[Finding]:
        """The names of a text, neighbouring words of one name together."""
        for start, end in _Message(text, self._kept).names():
            yield Finding(start, end, NAME, POSSIBLE)


class _Message:
    """One message's words, and the verdict on each."""

    def __init__(self, text: str, kept: re.Pattern[str]) -> None:
        self._text = text
        # A message in capitals says nothing by them.
        self._all_capitals = text.upper() == text and len(text) > 12
        self._words = list(self._split(text))
        self._kept = [match.span() for match in kept.finditer(text)]
        self._speller = Speller()
        self._slips: dict[str, bool] = {}
        welsh = sum(word.lower in _SIGNS_OF_WELSH for word in self._words)
        self._in_welsh = welsh >= max(2, len(self._words) / 12)

    def names(self) -> list[tuple[int, int]]:
        """Start and end of each name, in order."""
        verdicts: list[bool] = []
        for index, word in enumerate(self._words):
            verdicts.append(not self._stays(word) and self._is_name(index, verdicts))
        verdicts = self._said_again(self._enumerated(verdicts))
        spans: list[tuple[int, int]] = []
        for word, is_name in zip(self._words, self._bridged(verdicts)):
            if not is_name:
                continue
            end = word.start + len(_POSSESSIVE.sub("", self._text[word.start : word.end]))
            if spans and re.fullmatch(r"[ .-]{1,2}", self._text[spans[-1][1] : word.start]):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((word.start, end))
        return spans + list(self._spelled_out())

    def _spelled_out(self) -> Iterator[tuple[int, int]]:
        """ "d a n n y": letters apart, not all of them short forms ("y r u a")."""
        for match in _SPELLED_OUT.finditer(self._text):
            letters = re.findall(r"[a-z]", match.group().lower())
            if sum(letter not in _SHORT_WORDS_ALONE for letter in letters) > 1:
                yield match.span()

    def _said_again(self, verdicts: Sequence[bool]) -> list[bool]:
        """A name once is a name each time, but "Will said" makes no name of "will"."""
        named = {word.lower for word, is_name in zip(self._words, verdicts) if is_name}
        named -= {"will", "may", "mark", "hope"}
        return [
            is_name
            or (
                word.lower in named
                and (len(word.lower) > 2 or (len(word.lower) == 2 and word.text.isupper()))
                and not self._stays(word)
            )
            for word, is_name in zip(self._words, verdicts)
        ]

    def _enumerated(self, verdicts: Sequence[bool]) -> list[bool]:
        """ "Teddy, Mabel and Wren": what stands in a list with names is one."""
        judged = list(verdicts)
        for order in (range(1, len(judged)), range(len(judged) - 2, -1, -1)):
            step = 1 if order.step > 0 else -1
            for index in order:
                if not judged[index]:
                    judged[index] = self._is_listed_beside(index, index - step, judged, step)
        return judged

    def _is_listed_beside(
        self, index: int, beside: int, verdicts: Sequence[bool], step: int
    ) -> bool:
        word = self._words[index]
        if self._stays(word) or word.shouted or word.lower in around.PEOPLE:
            return False
        also = (
            word.lower in given_also_words() and word.lower not in around.VERBS_TOO | around.MONTHS
        )
        strange = self._is_odd(word) and (word.capital or not self._is_slip(word))
        if not (also or strange or (word.capital and self._is_odd(word))):
            return False
        if self._words[beside].lower in {"and", "nd", "n", "or"}:
            beside -= step
            if not 0 <= beside < len(verdicts):
                return False
            between = self._text[
                min(word.end, self._words[beside].end) : max(word.start, self._words[beside].start)
            ]
            joined = re.fullmatch(rf"{_AGE_OR_BIRTH}?,? (?:and|nd|n|or) ", between)
            return verdicts[beside] and joined is not None
        first, second = sorted((index, beside))
        between = self._text[self._words[first].end : self._words[second].start]
        listed = re.fullmatch(rf"{_AGE_OR_BIRTH}?, ?| ?[&/+] ?", between)
        return verdicts[beside] and listed is not None

    def _bridged(self, verdicts: Sequence[bool]) -> list[bool]:
        """Particles between two parts of a name: "Gwen ap Gwilym"."""
        judged = list(verdicts)
        for index in range(1, len(judged) - 1):
            particle = self._words[index].lower in around.PARTICLES and not judged[index]
            if particle and judged[index - 1] and self._words[index].gap in {" ", "-"}:
                after = self._words[index + 1]
                judged[index] = verdicts[index + 1] and after.gap in {" ", "-"}
        return judged

    def _split(self, text: str) -> Iterator[_Word]:
        end = 0
        for match in _WORD.finditer(text):
            gap = text[end : match.start()]
            opens = end == 0 or _SENTENCE_END.search(gap) is not None
            shown = match.group().lower() if self._all_capitals else match.group()
            bare = _POSSESSIVE.sub("", shown) or shown
            yield _Word(match.start(), match.end(), bare, fold(bare), opens, gap)
            end = match.end()

    def _stays(self, word: _Word) -> bool:
        if any(start <= word.start and word.end <= end for start, end in self._kept):
            return True
        if self._is_glued(word) or (self._in_welsh and self._is_welsh(word)):
            return True
        if word.text == "max" and self._is_beside_a_number(word):
            return True
        return word.lower in around.CAPITALISED or is_term(word.lower)

    def _is_beside_a_number(self, word: _Word) -> bool:
        """ "max 40 words", "72 hrs max"."""
        before, after = self._text[: word.start], self._text[word.end :]
        behind = re.search(r"\d ?[a-z]{0,7} $", before[-12:], re.IGNORECASE)
        return behind is not None or re.match(r" ?\d", after) is not None

    def _is_welsh(self, word: _Word) -> bool:
        """A word of Welsh: a known one, or in lower case any that is no known name."""
        if word.lower in welsh_words():
            return not word.capital or word.opens or not is_listed_name(word.lower)
        return word.text.islower() and not is_listed_name(word.lower)

    def _is_glued(self, word: _Word) -> bool:
        """True for letters that a digit or "@" makes part of something else: "KS2", "x@y"."""
        before = self._text[word.start - 1 : word.start]
        after = self._text[word.end : word.end + 1]
        return any(sign.isdigit() or sign in {"@", "_"} for sign in (before, after) if sign)

    def _is_name(self, index: int, verdicts: Sequence[bool]) -> bool:
        word = self._words[index]
        if len(word.lower) == 1:
            return self._is_initial(index, verdicts)
        return (
            self._is_listed(word)
            or self._is_title_s(index)
            or self._is_family_s(index)
            or self._is_also_a_word(index, verdicts)
            or self._is_strange(index)
            or self._is_introduced(index)
            or self._goes_on(index, verdicts)
            or self._is_initials(index)
            or self._is_shouted_name(index, verdicts)
            or self._is_in_a_field(index)
        )

    def _is_odd(self, word: _Word) -> bool:
        """No English word and no term of the field, whether a slip or not."""
        return not is_english(word.lower) and not is_term(word.lower)

    def _is_slip(self, word: _Word) -> bool:
        if word.lower not in self._slips:
            self._slips[word.lower] = self._speller.is_slip(word.lower)
        return self._slips[word.lower]

    def _is_listed(self, word: _Word) -> bool:
        if word.shouted and len(word.text) <= 3:
            return False  # ED, TED: see _is_initials
        return is_listed_name(word.lower)

    def _is_title_s(self, index: int) -> bool:
        """ "Mr X", "PC X", "Uncle X"."""
        word, before = self._words[index], self._before(index)
        if before is None and index and self._words[index].gap == ". ":
            before = self._words[index - 1]  # "Sgt. X"
            if before.lower not in around.TITLES | around.RANKS or len(before.lower) > 4:
                return False
        if before is None or before.shouted:
            return before is not None and before.text in {"PC", "DC", "DS"} and word.capital
        family = word.lower in family_also_words()
        if word.gap not in {" ", ". "}:
            return False
        if before.lower in around.TITLES:
            certain = (
                before.lower in {"mr", "mrs"}
                and word.lower not in around.NOT_AFTER_MR | around.DOES
            )
            return word.capital or family or certain or self._is_odd(word)
        if before.lower in {"miss", "ms", "pc", "dc", "sgt"} and family:
            return True
        return before.lower in around.RANKS and word.capital and (family or self._is_odd(word))

    def _is_family_s(self, index: int) -> bool:
        """ "the X family"."""
        word, after = self._words[index], self._after(index)
        if after is None or after.lower not in around.FAMILY:
            children = after is not None and after.lower in {
                "children",
                "kids",
                "boys",
                "girls",
                "twins",
            }
            return children and word.capital and not word.opens and word.lower in rare_words()
        family = word.lower in family_also_words() and word.lower != "foster"
        return family or (self._is_odd(word) and not self._is_slip(word))

    def _is_also_a_word(self, index: int, verdicts: Sequence[bool]) -> bool:
        """Grace, Will, Summer: by the capital inside a sentence, or by what stands around."""
        word, before, after = self._words[index], self._before(index), self._after(index)
        next_word = after.lower if after else ""
        if word.lower not in given_also_words():
            if word.capital and before and before.lower == "the" and word.lower.endswith("s"):
                return word.lower[:-1] in family_also_words() and not word.opens  # "the Smiths"
            # "Wills dad", "poppys mum"
            stem = word.lower[:-1]
            owned = word.lower.endswith("s") and stem in given_also_words()
            theirs = after is not None and after.gap == " " and next_word in around.RELATIVES
            return owned and (theirs or (word.capital and not word.opens))
        if self._owns(index) or self._called(index) or self._speaks(index):
            return True
        if self._begins_a_pair(index) or self._ends_a_pair(index, verdicts):
            return True
        if word.lower in around.MONTHS and self._near_a_date(index):
            return False
        if self._is_rarely_a_word(index) or self._is_object_or_state(index):
            return True
        base = next_word in around.BASE_VERBS and word.lower not in around.VERBS_TOO | around.MONTHS
        if base and before and before.lower in around.PEOPLE:
            return True  # "does my boyfriend mason get"
        article = before is not None and before.lower in around.ARTICLES
        distance = word.lower in around.DISTANCES
        if (
            not article
            and not distance
            and around.FROM_NEAR.match(self._text[word.end : word.end + 24])
        ):
            return True  # "hunter from next door"
        if before and before.lower in {"and", "with"} and index > 1 and verdicts[index - 2]:
            return True  # "Emma and grace"
        if before and before.lower == "about" and next_word in around.TAKEN_UP:
            return True
        if not article and (self._feels(index) or self._with_kin(index)):
            return True
        followed = next_word in names() or self._is_family_name(word, next_word)
        if next_word and followed and len(word.lower) > 2:
            return word.lower not in {"will", "may"} or (word.capital and not word.opens)
        acts = next_word in around.DOES
        if self._cue(index) and (word.capital or acts or after is None or self._is_aged(word)):
            return True
        if not word.capital or word.opens:
            if word.capital and self._opens_as_a_name(index):
                return True
            verb = word.lower in around.VERBS_TOO
            finite = next_word.endswith(("s", "ed")) or next_word in around.PAST
            subject = before is None or before.lower in around.BEFORE_SUBJECT | around.BEFORE_PEOPLE
            strong = next_word in around.ACTS and subject and (not verb or word.capital or finite)
            paired = word.capital and next_word == "and" and not verb
            return strong or paired or (word.capital and acts) or self._is_aged(word)
        return True

    def _is_rarely_a_word(self, index: int) -> bool:
        """Ruby, pearl, holly: no "ring" or "bush" behind, no article before."""
        word, before, after = self._words[index], self._before(index), self._after(index)
        if word.lower not in given_rarely_words():
            return False
        if after is not None and after.lower in around.GOES_WITH:
            return False
        return before is None or before.lower not in around.ARTICLES or word.capital

    def _is_object_or_state(self, index: int) -> bool:
        """ "i asked hope and", "is mercy safe"."""
        word, before, after = self._words[index], self._before(index), self._after(index)
        if before is None or word.lower in around.MONTHS | {"will", "may", "blue"}:
            return False
        if before.lower in around.PERSON_VERBS:
            return after is None or after.lower in around.AFTER_OBJECT
        asked = before.lower in {"is", "was", "are"} and before.opens
        thought = before.lower in {"think", "thinks", "thought", "if", "when", "because", "that"}
        if asked:
            return after is not None and after.lower in around.STATES
        if before.lower in {"does", "did"} and before.opens and after is not None:
            return after.lower in around.BASE_VERBS and word.lower not in {"love", "justice"}
        following = self._words[index + 2].lower if index + 2 < len(self._words) else ""
        is_so = after is not None and after.lower in {"is", "was"} and following in around.STATES
        return thought and is_so

    def _opens_as_a_name(self, index: int) -> bool:
        """ "Summer presented", "Hope, my daughter", "Hope's paintings"."""
        word, after = self._words[index], self._after(index)
        rest = self._text[word.end : word.end + 12]
        if re.match(r", (?:my|our|his|her|their|aged|who)\b", rest):
            return True
        owner = _POSSESSIVE.search(self._text[word.start : word.end]) is not None
        if owner:
            return word.lower not in around.MONTHS
        acted = after is not None and len(after.lower) > 4 and after.lower.endswith("ed")
        return (
            acted
            and after is not None
            and after.lower not in around.SEASONS_DO | {"based", "related"}
        )

    def _begins_a_pair(self, index: int) -> bool:
        """ "hope and charity are twins"."""
        words = [word.lower for word in self._words[index : index + 4]]
        if len(words) < 4 or words[1] not in {"and", "n", "&"} or self._before(index) is not None:
            return False
        both = given_also_words() | names()
        return words[2] in both and words[3] in around.BOTH_DO

    def _ends_a_pair(self, index: int, verdicts: Sequence[bool]) -> bool:
        """ "will and april both"."""
        if index < 2 or not verdicts[index - 2] or self._words[index - 1].lower != "and":
            return False
        after = self._after(index)
        return after is not None and after.lower == "both"

    def _is_family_name(self, given: _Word, word: str) -> bool:
        return word in family_also_words() and given.lower not in around.VERBS_TOO

    def _owns(self, index: int) -> bool:
        """ "X's dad"."""
        word, after = self._words[index], self._after(index)
        owner = _POSSESSIVE.search(self._text[word.start : word.end]) is not None
        return owner and after is not None and after.lower in around.RELATIVES

    def _is_aged(self, word: _Word) -> bool:
        """ "grace is 9", "ruby, 6,", "grace (6)", "ruby yr 5"."""
        after = word.start + len(_POSSESSIVE.sub("", self._text[word.start : word.end]))
        rest = self._text[after : after + 36]
        return any(pattern.match(rest) for pattern in (_AGED, _YEAR_GROUP, _ROLE))

    def _near_a_date(self, index: int) -> bool:
        before = self._before(index)
        if _AGE_IN_BRACKETS.match(self._text, self._words[index].end):
            return False
        near = self._text[max(0, self._words[index].start - 6) : self._words[index].end + 6]
        return (before is not None and before.lower in around.NEAR_MONTHS) or bool(
            re.search(r"\d", near)
        )

    def _is_strange(self, index: int) -> bool:
        """No English word, and no slip of the finger or placed as a person is."""
        word, after = self._words[index], self._after(index)
        if self._is_before_a_strange_name(word, after):
            return True
        if word.shouted or not self._is_odd(word):
            return False
        if not word.capital:
            return self._is_strange_in_lower_case(index)
        if not word.opens:
            camel = re.search(r"[a-z][A-Z]", word.text) is not None
            return not camel or word.text.startswith(("Mc", "Mac"))
        if len(word.lower) > 3 and not self._is_slip(word):
            return True
        next_word = after.lower if after else ""
        strange_next = after is not None and after.capital and self._is_odd(after)
        paired = next_word == "and" or self._is_aged(word) or self._owns(index)
        return next_word in around.DOES or strange_next or paired or self._speaks(index)

    def _is_before_a_strange_name(self, word: _Word, after: Optional[_Word]) -> bool:
        """ "Li Xiuying", "Jun-ho Baek": short or double, and English by accident."""
        if after is None or not word.capital or not after.capital or after.gap != " ":
            return False
        if not (self._is_odd(after) or after.lower in names()):
            return False
        double = "-" in word.text and word.lower not in frequent_words() | around.PEOPLE
        return word.lower in around.SHORT_FAMILY or (
            double and word.lower.split("-")[0] not in around.PEOPLE | {"step"}
        )

    def _is_strange_in_lower_case(self, index: int) -> bool:
        word = self._words[index]
        if len(word.lower) > 3 and not self._is_slip(word):
            return True
        return self._is_placed_as_a_person(index) and not _is_near_people(word.lower)

    def _is_placed_as_a_person(self, index: int) -> bool:
        """ "tj said", "my mate jez", "kj is 5", "twm's dad": for short names and possible slips."""
        word, before, after = self._words[index], self._before(index), self._after(index)
        if self._called(index) or self._owns(index) or self._speaks(index):
            return True
        subject = before is None or before.lower in around.BEFORE_SUBJECT or "," in word.gap
        if around.FROM_NEAR.match(self._text[word.end : word.end + 24]) and subject:
            return True
        introduced = before is not None and before.lower in around.PEOPLE
        if (subject or introduced) and self._is_aged(word):
            return True
        if after is not None and after.lower in around.ACTS and (subject or introduced):
            return True
        if before is not None and before.lower in around.PERSON_VERBS:
            short = len(word.lower) < 4
            return short or after is None or after.lower in around.AFTER_OBJECT
        company = after is not None and after.lower in {"n", "nd", "and", "&"}
        if (
            company
            and subject
            and re.match(r" (?:n|nd|and|&) (?:me|i|my)\b", self._text[word.end : word.end + 8])
        ):
            return True
        if introduced:
            return after is None or after.lower in around.AFTER_PEOPLE or after.gap.startswith(",")
        stem = word.lower[:-1]
        owned = word.lower.endswith("s") and 1 < len(stem) < 6 and not is_english(stem)
        return owned and after is not None and after.lower in around.RELATIVES and subject

    def _is_introduced(self, index: int) -> bool:
        """ "my client X", "a girl called X", with an X that is no English word."""
        word = self._words[index]
        before, after = self._before(index), self._after(index)
        earlier = self._before(index - 1)
        is_person = before is not None and before.lower in around.LINKS and earlier is not None
        named = is_person and earlier is not None and earlier.lower in around.PEOPLE  # "dad is X"
        if self._called(index) and word.capital and self._calls_a_person(index):
            return True
        if self._is_rare_after_kin(index):
            return True
        if word.shouted or not self._is_odd(word) or not (self._cue(index) or named):
            return False
        if word.capital or self._called(index):
            return True
        if after is not None and (after.lower in names() or after.lower in family_also_words()):
            return True
        if self._is_slip(word):
            return False
        return after is None or after.lower in around.DOES or after.lower in {"and", "will"}

    def _is_rare_after_kin(self, index: int) -> bool:
        """ "grandad ern did it", "her husband yaw beats her": a word that hardly anybody writes."""
        word, before, after = self._words[index], self._before(index), self._after(index)
        if before is None or before.lower not in around.PEOPLE or after is None or word.gap != " ":
            return False
        return after.lower in around.DOES and word.lower in rare_words()

    def _calls_a_person(self, index: int) -> bool:
        """ "a man called Spud", "they call him Biscuit": a name whatever word it is."""
        near = {word.lower for word in self._words[max(0, index - 4) : index]}
        return bool(
            near
            & (
                around.PEOPLE
                | around.CALLED_ONES
                | around.NAME_IS
                | {"he's", "hes", "she's", "shes"}
            )
        )

    def _speaks(self, index: int) -> bool:
        """ "im X", "hi its X", "I am X, ...", "Thanks, X", "X here"."""
        word, after = self._words[index], self._after(index)
        if not index:
            return after is not None and after.lower == "here"
        before = self._words[index - 1]
        ends = (
            after is None
            or re.match(r" ?[,.;:!?(]| \d|$| \n", self._text[word.end : word.end + 8]) is not None
        )
        goes_on = after is not None and after.lower in {"and", "from", "again", "here", "im", "i'm"}
        if before.lower in around.GREETINGS:
            signed = re.fullmatch(r"[ ,.!\n]{1,3}", word.gap) is not None
            return signed and (ends or goes_on or word.capital or self._is_odd(word))
        if word.opens:
            return False
        earlier = self._words[index - 2].lower if index > 1 else ""
        im = before.lower in {"im", "i'm", "its", "it's"} or (
            before.lower == "am" and earlier == "i"
        )
        me = before.lower == "me" and earlier in {"its", "it's", "s"}
        if word.lower in around.NO_NAME_AFTER_IM and not word.capital:
            return me
        if len(word.lower) > 3 and self._is_odd(word) and not word.capital and self._is_slip(word):
            return me
        return (im or me) and (ends or goes_on)

    def _goes_on(self, index: int, verdicts: Sequence[bool]) -> bool:
        """The family name after a given name: "emma brown", "Zainab Chowdhry"."""
        word = self._words[index]
        before = self._before(index)
        if before is None or not verdicts[index - 1] or word.gap not in {" ", "-", ". "}:
            return False
        if word.lower in around.PEOPLE or word.lower in around.DOES or word.shouted:
            return False
        if word.lower in family_also_words():
            return True
        if word.capital:
            return not before.opens or self._is_odd(word) or before.capital
        if not self._is_odd(word):
            return False
        after = self._after(index)
        placed = after is None or after.lower in around.DOES
        return not self._is_slip(word) or (placed and not _is_near_people(word.lower))

    def _is_initial(self, index: int, verdicts: Sequence[bool]) -> bool:
        """ "Baby S", "T told me", "J.K.", "yasmin b"; not "section B", "I", "a"."""
        word, before, after = self._words[index], self._before(index), self._after(index)
        dotted = self._dotted(word)
        if dotted is not None:
            return dotted not in around.DOTTED_WORDS
        following = self._words[index + 1].lower if index + 1 < len(self._words) else ""
        if word.text in around.QUARTERS and following in around.AFTER_QUARTERS:
            return False
        introduced = before is not None and before.lower in around.PEOPLE | around.TITLES
        acts = after is not None and after.lower in around.DOES
        if introduced and word.gap == " " and word.text.isupper() and word.text not in "IA":
            return True
        if re.search(r"[&/'\"]$", word.gap) or re.match(
            r"[&/'\"]\w?", self._text[word.end : word.end + 8]
        ):
            return self._text[word.end : word.end + 2] == "'s" and not word.text.islower()
        named = before is not None and verdicts[index - 1] and word.gap == " "
        if word.text.isupper() and not self._all_capitals:
            if before is not None and before.lower in around.LABELLED:
                return False
            if word.text in around.FATHER_MOTHER | {"A"}:
                return introduced or named or (after is not None and after.lower in around.ACTS)
            return word.text != "I" and not self._text[word.end : word.end + 1].isdigit()
        if word.lower in {"a", "i", "u"}:
            return False
        if before is None:
            return after is not None and after.lower in around.ACTS and len(word.gap) < 2
        if named:  # "amelia r in 8b"; "mia n me", "jo r u there"
            ends = after is None or after.gap != " " or after.lower not in around.AFTER_SHORT_FORMS
            return word.lower != "n" and (ends or word.lower not in {"r", "w", "x", "y", "k"})
        if before.lower in around.TITLES | around.RANKS | {"lil"}:
            return word.lower not in {"n", "r", "x"}
        if before.lower not in {"baby", "child", "pupil", "client", "sibling", "twin"}:
            return False
        return acts or word.lower not in around.SHORT_FORMS

    def _dotted(self, word: _Word) -> Optional[str]:
        """The letters of "N.I.", "e.g." or "t.j." if the word is one of them."""
        for match in around.DOTTED.finditer(self._text, max(0, word.start - 8), word.end + 8):
            if match.start() <= word.start < match.end():
                return match.group().lower().replace(".", "")
        return None

    def _is_initials(self, index: int) -> bool:
        """ "child AB", "JB told me", "SB (7)"."""
        word = self._words[index]
        if not word.text.isupper() or len(word.text) > 3 or self._all_capitals:
            return False
        if self._called(index):
            return True
        if word.text in around.NOT_INITIALS or (
            len(word.text) > 2 and word.lower in frequent_words()
        ):
            return False
        if self._cue(index) or self._is_aged(word):
            return True
        before, after = self._before(index), self._after(index)
        if before is not None and before.lower in around.HARMS:
            return True  # "KM hit RT"
        if self._with_kin(index) or (len(word.text) == 2 and self._has_done(index)):
            return True
        return self._feels(index) or (after is not None and after.lower in around.ACTS)

    def _has_done(self, index: int) -> bool:
        """ "KP has disclosed", "LB is being bullied"."""
        near = [word.lower for word in self._words[index + 1 : index + 3]]
        does = around.DOES | {"been", "being"}
        return (
            len(near) > 1
            and near[0] in {"is", "was", "has", "had"}
            and (near[1] in does or near[1].endswith(("ed", "ing")))
        )

    def _with_kin(self, index: int) -> bool:
        """ "TT and her brother", "joy and his baby"."""
        near = [word.lower for word in self._words[index + 1 : index + 4]]
        kin = len(near) == 3 and near[2] in around.RELATIVES | around.PEOPLE
        before = self._before(index)
        subject = before is None or before.lower in around.BEFORE_SUBJECT
        return kin and subject and near[0] == "and" and near[1] in {"her", "his"}

    def _feels(self, index: int) -> bool:
        """ "JB is scared", "hope is upset"."""
        near = [word.lower for word in self._words[index + 1 : index + 4]]
        if len(near) > 2 and near[1] in {"very", "really", "so", "too", "now", "been"}:
            del near[1]
        return len(near) > 1 and near[0] in {"is", "was", "has"} and near[1] in around.FEELS

    def _is_shouted_name(self, index: int, verdicts: Sequence[bool]) -> bool:
        """ "MARGATE, Leanne", "TEWSON Connor": a family name in capitals beside another name."""
        word = self._words[index]
        if not word.shouted or len(word.text) < 4 or not word.text.replace("-", "").isupper():
            return False
        if self._all_capitals or not self._is_odd(word):
            return False
        after = self._words[index + 1] if index + 1 < len(self._words) else None
        near = after is not None and after.gap in {" ", ", "} and after.capital
        given = (
            near
            and after is not None
            and (after.lower in names() or after.lower in given_also_words() or self._is_odd(after))
        )
        before = index > 0 and verdicts[index - 1] and word.gap in {" ", ", "}
        if after is not None and after.gap == " " and after.shouted and len(after.text) > 3:
            given = given or self._is_odd(after)  # "BINTA JALLOW"
        return given or before or (len(word.text) > 6 and not self._is_slip(word))

    def _is_in_a_field(self, index: int) -> bool:
        """ "Child: X", "From: X": what a form or an e-mail says of a person."""
        word = self._words[index]
        if not index or re.fullmatch(r" ?[:=]-? ?", word.gap) is None or not word.capital:
            return False
        if self._words[index - 1].lower not in around.FIELDS:
            return False
        return self._is_odd(word) or word.lower in given_also_words() | family_also_words()

    def _cue(self, index: int) -> bool:
        """True if the word before says that a person is meant."""
        before = self._before(index)
        return self._called(index) or (before is not None and before.lower in around.PEOPLE)

    def _called(self, index: int) -> bool:
        """ "called X", "name is X", "her name's X"."""
        word = self._words[index]
        before = self._words[index - 1] if index else None
        if before is None or word.lower in around.NAME_FILLERS:
            return False
        if word.opens and re.fullmatch(r" ?[:=\"'-]{1,2} ?\"?| \"", word.gap) is None:
            return False
        if before.lower in around.CALLED or before.lower in around.NAME_IS:
            return True
        earlier = self._before(index - 1)
        if (
            earlier is not None
            and earlier.lower in around.CALLS
            and before.lower in around.CALLED_ONES
        ):
            return True
        return (
            before.lower in around.LINKS and earlier is not None and earlier.lower in around.NAME_IS
        )

    def _before(self, index: int) -> Optional[_Word]:
        if index < 1 or self._words[index].opens:
            return None
        return self._words[index - 1]

    def _after(self, index: int) -> Optional[_Word]:
        if index + 1 >= len(self._words) or self._words[index + 1].opens:
            return None
        return self._words[index + 1]


def _is_near_people(word: str) -> bool:
    """ "borther", "thay", "sed": a slip of what stands around names, so no name itself."""
    if len(word) > 12:
        return False
    return any(variant in around.AROUND_PEOPLE for variant in variants(word))
