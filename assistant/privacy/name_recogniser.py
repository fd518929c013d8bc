"""People's names in what practitioners type: lower case, initials, names that are words too.

spaCy's small model finds the names of well-formed sentences. Chat messages are not: so every
word is judged by three more things: whether it is known as a name, whether it is known as a
word, and what stands next to it ("my client X", "X told me"). Each rule is one method.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Iterator, Optional, Sequence

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from assistant.guidance.shorthand import TERMS
from assistant.privacy.recognisers import MASKS

NAME = "NAME"
SCORE = 0.7

_LISTS = Path(__file__).parent / "names"
_WORD = re.compile(r"[^\W\d_]+(?:['’‘`-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:;\n\"“(•]")
_MASK = re.compile("|".join(re.escape(mask) for mask in MASKS.values()))
_POSSESSIVE = re.compile(r"['’‘`]s?$", re.IGNORECASE)

# Who a name may follow: "mum X", "the boy, X", "pupil X".
_PEOPLE = frozenset(
    "adopter aunt auntie aunty baby bf boy boyfriend bro brother carer child client colleague "
    "cousin dad daddy daughter ex father foster friend gf girl girlfriend godfather gran grandad "
    "granddad grandma grandpa grandfather grandmother headteacher husband kid lad lodger male "
    "female man manager mother mum mummy mam nan nanna nephew neighbour niece offender parent "
    "partner patient perp perpetrator pupil sibling sis sister son stepbrother stepdad "
    "stepfather stepmum stepmother stepsister student suspect sw teacher teen teenager toddler "
    "twin uncle victim wife woman worker yp nana papa bampa taid nain tad mam "
    "pc dc ds di sgt ms miss".split()
)
# After these a name follows for certain.
_TITLES = frozenset("mr mrs dr mx prof professor rev imam".split())
# After these, with a capital, a family name that is a word too ("PC Sharp", "Teacher Brown").
_RANKS = frozenset("pc dc ds di sgt ms miss sir master aunt auntie uncle teacher".split())
_FAMILY = frozenset("family families household siblings".split())
_RELATIVES = frozenset(
    "mum mam mummy dad daddy nan gran stepdad stepmum brother sister uncle".split()
)
_CALLED = frozenset("called named nicknamed aka alias surname forename".split())
_NAME_IS = frozenset("name names surname forename nickname initials".split())
_CALLS = frozenset("call calls called".split())
_CALLED_ONES = frozenset("him her them me".split())
_LINKS = frozenset("is was s".split())
_NAME_FILLERS = frozenset("both either really just a an the as".split())
# What people do in a message, right after their name.
_DOES = frozenset(
    "said says say told tells disclosed discloses alleged alleges reported reports asked asks "
    "came comes went goes has had is was lives lived wants wanted hit hits touched touches abused "
    "abuses raped hurt hurts does did got gets keeps kept seems seemed looks looked cried "
    "cries ran runs left who whose aged wont won't hasn't isn't wasn't doesn't didn't refused "
    "refuses takes take makes gave gives lies sleeps plays stays drew showed shows sent sends "
    "moved started stopped thinks feels".split()
)
# After a bare "is" or "has" anything may stand before: "hope is", "star has".
_ACTS = _DOES - frozenset("is was has had does did left got get gets s".split())
# Given names that are verbs too: common enough as verbs to need more than one sign.
_PAST = frozenset("said told came drew ran cried showed sent gave".split())
_VERBS_TOO = frozenset("will may mark hope grant chase rob sue pat charm flick skip".split())
# What stands before a person: "with X", "if X tells".
_BEFORE_PEOPLE = frozenset(
    "about with to if from for told tell saw see seen when that because and spoke think "
    "says".split()
)
_AFTER_PEOPLE = frozenset("and today yesterday tonight now again who whose or but".split())
_PRONOUNS = frozenset("i you we they he she it this that these those there".split())
_MONTHS = frozenset("april may june august summer autumn winter".split())
_NEAR_MONTHS = frozenset(
    "in by since last next from until till during of early late mid this every on before after "
    "end to and between".split()
)
# Words that people write with a capital, or at a sentence's start, and that are no names.
_CAPITALISED = frozenset(
    "god allah bible quran koran ramadan christmas easter eid diwali english welsh polish "
    "romanian gillick fraser hackett brook makaton".split()
)
# A single capital letter that follows one of these labels a thing, not a person.
_LABELLED = frozenset(
    "section category cat appendix annex part level plan year type form schedule grade hepatitis "
    "vitamin class group option step stage tier point article chapter unit band code key table "
    "team figure hep reception set".split()
)
_SHORT_FORMS = frozenset("a i u r n y w x k c d b v".split())
_FATHER_MOTHER = frozenset("FM")
_NOT_INITIALS = frozenset(
    "OK UK EU US IT TV PC PE RE ID DV SW YP HV GP CP CE DA MH LA SG HR QA AI DC DS DI NI AM PM "
    "NO SO TO OR AT ON IN IS MY ME WE HE BY DO GO IF OF UP VS RE".split()
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
        few = len(self.text) <= 5 and capitals > 1 and not re.search(r"['’‘`-]", self.text)
        return len(self.text) > 1 and (self.text.isupper() or few)


class NameRecogniser(EntityRecognizer):
    """Finds names; ``kept`` are phrases that hold names and are no person's (organisations)."""

    def __init__(self, kept: Iterable[str] = ()) -> None:
        """Take the phrases that stay whatever names are in them ("Lucy Faithfull")."""
        super().__init__(supported_entities=[NAME], name="NameRecogniser")
        phrases = sorted({phrase.lower() for phrase in kept if phrase}, key=len, reverse=True)
        alternatives = "|".join(re.escape(phrase) for phrase in phrases) or r"(?!)"
        self._kept = re.compile(rf"\b(?:{alternatives})\b")

    def load(self) -> None:
        """Nothing to load: the lists are read at first use."""

    def analyze(
        self, text: str, entities: Sequence[str], nlp_artifacts: Optional[NlpArtifacts] = None
    ) -> list[RecognizerResult]:
        """The names of a text, neighbouring words of one name together."""
        people = (
            [e for e in nlp_artifacts.entities if e.label_ == "PERSON"] if nlp_artifacts else []
        )
        spans = [(person.start_char, person.end_char) for person in people]
        found = _Message(text, spans, self._kept).names()
        return [RecognizerResult(NAME, start, end, SCORE) for start, end in found]


class _Message:
    """One message's words, and the verdict on each."""

    def __init__(self, text: str, people: Sequence[tuple[int, int]], kept: re.Pattern[str]) -> None:
        # What is masked already is no part of any sentence.
        self._text = text = _MASK.sub(lambda mask: "•" * len(mask.group()), text)
        self._people = people
        # A message in capitals says nothing by them.
        self._all_capitals = text.upper() == text and len(text) > 12
        self._words = list(self._split(text))
        self._kept = [match.span() for match in kept.finditer(text.lower())]

    def names(self) -> list[tuple[int, int]]:
        """Start and end of each name, in order."""
        verdicts: list[bool] = []
        for index, word in enumerate(self._words):
            verdicts.append(not self._stays(word) and self._is_name(index, verdicts))
        verdicts = self._said_again(verdicts)
        spans: list[tuple[int, int]] = []
        for word, is_name in zip(self._words, verdicts):
            if not is_name:
                continue
            end = word.start + len(_POSSESSIVE.sub("", word.text))
            if spans and re.fullmatch(r"[ .-]{1,2}", self._text[spans[-1][1] : word.start]):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((word.start, end))
        return spans

    def _said_again(self, verdicts: Sequence[bool]) -> list[bool]:
        """A name once is a name each time, but "Will said" makes no name of "will"."""
        named = {word.lower for word, is_name in zip(self._words, verdicts) if is_name}
        named -= {"will", "may", "mark", "hope"}
        return [
            is_name or (word.lower in named and len(word.lower) > 2 and not self._stays(word))
            for word, is_name in zip(self._words, verdicts)
        ]

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
        return word.lower in _CAPITALISED or word.lower in TERMS

    def _is_name(self, index: int, verdicts: Sequence[bool]) -> bool:
        word = self._words[index]
        if len(word.lower) == 1:
            return self._is_initial(index)
        return (
            self._is_listed(word)
            or self._is_title_s(index)
            or self._is_family_s(index)
            or self._is_also_a_word(index, verdicts)
            or self._is_strange(index)
            or self._is_introduced(index)
            or self._goes_on(index, verdicts)
            or self._is_person_to_spacy(word)
            or self._is_initials(index)
        )

    def _is_listed(self, word: _Word) -> bool:
        if word.shouted and len(word.text) <= 3:
            return False  # ED, TED: see _is_initials
        return _among(word.lower, names())

    def _is_title_s(self, index: int) -> bool:
        """ "Mr X", "PC X"."""
        word, before = self._words[index], self._before(index)
        if before is None or before.shouted:
            return before is not None and before.text in {"PC", "DC", "DS"} and word.capital
        family = word.lower in family_also_words()
        if before.lower in _TITLES:
            return word.capital or family or not _known(word.lower)
        return before.lower in _RANKS and word.capital and (family or not _known(word.lower))

    def _is_family_s(self, index: int) -> bool:
        """ "the X family"."""
        word, after = self._words[index], self._after(index)
        if after is None or after.lower not in _FAMILY:
            return False
        family = word.lower in family_also_words() and word.lower != "foster"
        return family or (not _known(word.lower) and not _misspelt(word.lower))

    def _is_also_a_word(self, index: int, verdicts: Sequence[bool]) -> bool:
        """Grace, Will, Summer: by the capital inside a sentence, or by what stands around."""
        word, before, after = self._words[index], self._before(index), self._after(index)
        next_word = after.lower if after else ""
        if word.lower not in given_also_words():
            # "Wills dad", "poppys mum"
            stem = word.lower[:-1]
            owned = word.lower.endswith("s") and stem in given_also_words()
            return owned and (next_word in _RELATIVES or (word.capital and not word.opens))
        owns = _POSSESSIVE.search(self._text[word.start : word.end]) and next_word in _RELATIVES
        if owns or self._called(index):
            return True
        if word.lower in _MONTHS and self._near_a_date(index):
            return False
        if before and before.lower in {"and", "with"} and index > 1 and verdicts[index - 2]:
            return True  # "Emma and grace"
        if next_word and (next_word in names() or self._is_family_name(word, next_word)):
            return word.lower not in {"will", "may"} or (word.capital and not word.opens)
        acts = next_word in _DOES
        if self._cue(index) and (word.capital or acts or after is None):
            return True
        if not word.capital or word.opens:
            verb = word.lower in _VERBS_TOO
            finite = next_word.endswith(("s", "ed")) or next_word in _PAST
            strong = next_word in _ACTS and (not verb or word.capital or finite)
            paired = word.capital and next_word == "and" and not verb
            return strong or paired or (word.capital and acts) or self._is_aged(word)
        return True

    def _is_family_name(self, given: _Word, word: str) -> bool:
        return word in family_also_words() and given.lower not in _VERBS_TOO

    def _is_aged(self, word: _Word) -> bool:
        """ "grace is 9", "ruby, 6,", "grace (6)"."""
        return (
            re.match(r"(?:,? (?:is |aged ?)|, | ?\()\d{1,2}\b", self._text[word.end :]) is not None
        )

    def _near_a_date(self, index: int) -> bool:
        before = self._before(index)
        near = self._text[max(0, self._words[index].start - 6) : self._words[index].end + 6]
        return (before is not None and before.lower in _NEAR_MONTHS) or bool(re.search(r"\d", near))

    def _is_strange(self, index: int) -> bool:
        """No English word, and capitalised inside a sentence or placed as a person is."""
        word, after = self._words[index], self._after(index)
        if _known(word.lower) or word.shouted:
            return False
        next_word = after.lower if after else ""
        if not word.capital:
            return self._is_strange_in_lower_case(index)
        if not word.opens:
            return re.search(r"[a-z][A-Z]", word.text) is None or word.text.startswith(
                ("Mc", "Mac")
            )
        strange_next = after is not None and after.capital and not _known(after.lower)
        return next_word in _DOES or strange_next or next_word == "and"

    def _is_strange_in_lower_case(self, index: int) -> bool:
        word, before, after = self._words[index], self._before(index), self._after(index)
        if len(word.lower) < 4 or _misspelt(word.lower):
            return False
        if (after is not None and after.lower in _ACTS) or len(self._words) == 1:
            return True
        placed = after is None or after.lower in _DOES or after.lower in _AFTER_PEOPLE
        return placed and before is not None and before.lower in _BEFORE_PEOPLE

    def _is_introduced(self, index: int) -> bool:
        """ "my client X", "a girl called X", with an X that is no English word."""
        word = self._words[index]
        before, after = self._before(index), self._after(index)
        earlier = self._before(index - 1)
        is_person = before is not None and before.lower in _LINKS and earlier is not None
        named = is_person and earlier is not None and earlier.lower in _PEOPLE  # "dad is X"
        if _known(word.lower) or word.shouted or not (self._cue(index) or named):
            return False
        if word.capital or self._called(index):
            return True
        if after is not None and (after.lower in names() or after.lower in family_also_words()):
            return True
        if _misspelt(word.lower):
            return False
        return after is None or after.lower in _DOES or after.lower in {"and", "will"}

    def _goes_on(self, index: int, verdicts: Sequence[bool]) -> bool:
        """The family name after a given name: "emma brown", "Zainab Chowdhry"."""
        word = self._words[index]
        before = self._before(index)
        if before is None or not verdicts[index - 1] or word.gap not in {" ", "-", ". "}:
            return False
        if word.lower in _PEOPLE or word.lower in _DOES or word.shouted:
            return False
        if word.lower in family_also_words():
            return True
        if word.capital:
            return not before.opens or not _known(word.lower) or before.capital
        return not _known(word.lower) and not _misspelt(word.lower)

    def _is_person_to_spacy(self, word: _Word) -> bool:
        if not any(start <= word.start and word.end <= end for start, end in self._people):
            return False
        return word.capital and not _known(word.lower)

    def _is_initial(self, index: int) -> bool:
        """ "Baby S", "T told me", "J.K."; not "section B", "I", "a"."""
        word, before, after = self._words[index], self._before(index), self._after(index)
        introduced = before is not None and before.lower in _PEOPLE
        acts = after is not None and after.lower in _DOES
        if re.search(r"[&/'‘\"]$", word.gap) or re.match(r"[&/'’\"]\w?", self._text[word.end :]):
            return self._text[word.end : word.end + 2] in {"'s", "’s"} and not word.text.islower()
        if word.text.isupper() and not self._all_capitals:
            if before is not None and before.lower in _LABELLED:
                return False
            if word.text in _FATHER_MOTHER | {"A"}:
                return introduced or (after is not None and after.lower in _ACTS)
            return word.text != "I" and not self._text[word.end : word.end + 1].isdigit()
        if word.lower in {"a", "i", "u"}:
            return False
        if before is None:
            return after is not None and after.lower in _ACTS and len(word.gap) < 2
        if before.lower not in {"baby", "child", "pupil", "client", "sibling", "twin"}:
            return False
        return acts or word.lower not in _SHORT_FORMS

    def _is_initials(self, index: int) -> bool:
        """ "child AB", "JB told me"."""
        word = self._words[index]
        if not word.text.isupper() or len(word.text) > 3 or self._all_capitals:
            return False
        if self._called(index):
            return True
        if word.text in _NOT_INITIALS or (len(word.text) > 2 and word.lower in words()):
            return False
        after = self._after(index)
        return self._cue(index) or (after is not None and after.lower in _ACTS)

    def _cue(self, index: int) -> bool:
        """True if the word before says that a person is meant."""
        before = self._before(index)
        return self._called(index) or (before is not None and before.lower in _PEOPLE)

    def _called(self, index: int) -> bool:
        """ "called X", "name is X", "her name's X"."""
        before = self._before(index, within_sentence=False)
        if before is None or self._words[index].lower in _NAME_FILLERS:
            return False
        if before.lower in _CALLED or before.lower in _NAME_IS:
            return True
        earlier = self._before(index - 1)
        if earlier is not None and earlier.lower in _CALLS and before.lower in _CALLED_ONES:
            return True
        return before.lower in _LINKS and earlier is not None and earlier.lower in _NAME_IS

    def _before(self, index: int, within_sentence: bool = True) -> Optional[_Word]:
        if index < 1 or (within_sentence and self._words[index].opens):
            return None
        return self._words[index - 1]

    def _after(self, index: int) -> Optional[_Word]:
        if index + 1 >= len(self._words) or self._words[index + 1].opens:
            return None
        return self._words[index + 1]


def fold(word: str) -> str:
    """A word in lower case and without accents, as the lists have it."""
    plain = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    return plain or word.lower()


def _among(word: str, known_names: frozenset[str]) -> bool:
    """True if the word, or a half of a double name, is a name."""
    if word in known_names:
        return True
    if word.endswith("s") and word[:-1] in known_names and not _known(word):
        return True  # "emmas mum"
    parts = re.split("[-']", word)
    return len(parts) > 1 and any(len(part) > 2 and part in known_names for part in parts)


def _known(word: str) -> bool:
    """True for an English word, also with its usual endings or joined by a hyphen."""
    if word in words() or word in _PRONOUNS or "'" in word:
        return not word.startswith(("o'", "d'"))
    if "-" in word:
        return all(_known(part) for part in word.split("-") if part)
    stems = (
        re.sub(ending, "", word)
        for ending in (r"s$", r"es$", r"ed$", r"ing$", r"ly$", r"d$", r"ness$")
    )
    return any(stem in words() for stem in stems if len(stem) > 2)


@functools.lru_cache(maxsize=10_000)
def _misspelt(word: str) -> bool:
    """True if one slip of the finger away from an English word, or without any vowel."""
    if not re.search(r"[aeiouy]", word):
        return True
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    near = {left + right[1:] for left, right in cuts if right}
    near |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    near |= {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    near |= {left + letter + right for left, right in cuts for letter in letters}
    return any(_known(one) for one in near if len(one) > 2)


@functools.cache
def _listed(name: str) -> frozenset[str]:
    lines = (_LISTS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def names() -> frozenset[str]:
    """Given and family names that are no English words."""
    return _listed("names.txt")


def words() -> frozenset[str]:
    """English words, and the words of this project's content."""
    return _listed("words.txt")


def given_also_words() -> frozenset[str]:
    """Given names that are English words too."""
    return _listed("given-also-words.txt")


def family_also_words() -> frozenset[str]:
    """Family names that are English words too."""
    return _listed("family-also-words.txt")
