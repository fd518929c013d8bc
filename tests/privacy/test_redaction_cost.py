"""No text is slow to redact. Counted in steps, which are the same on every machine.

A step is a call of a function, of Python's or of C's, or a variant of a word that is looked up.
Inside regular expressions nothing can be counted, so the second half of this module holds that
each pattern's work is bounded by how it is written.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import assistant.privacy
from assistant.privacy import vocabulary
from assistant.privacy.name_recogniser import NameRecogniser
from assistant.privacy.other_scripts import OTHER_SCRIPT_PATTERNS
from assistant.privacy.plain_text import PlainText
from assistant.privacy.recognisers import Finding, PatternRecogniser
from assistant.privacy.redaction import (
    LONGEST_TEXT_CHARACTERS,
    OVERLAP_CHARACTERS,
    PIECE_CHARACTERS,
    names_that_stay,
    shared_redactor,
)
from tests.performance.counting import Steps

STEPS_A_CHARACTER = 250
STEPS_A_PIECE = 500_000
"""Most of it for spelling: 600 letters of 53 variants, each looked up with nine endings."""


def steps_of(text: str) -> int:
    redact = shared_redactor().redact
    PlainText(text)  # what is remembered of its characters is so whichever test comes first
    with Steps() as steps:
        redact(text)
    return steps.calls


def allowed(text: str) -> int:
    pieces = 1 + len(text) // (PIECE_CHARACTERS - OVERLAP_CHARACTERS)
    return STEPS_A_CHARACTER * len(text) + STEPS_A_PIECE * pieces


def strange(letters: int, count: int) -> str:
    """Words that are no English, each another."""
    alphabet = "bcdfgaeiou"
    made = []
    for number in range(count):
        digits = f"{number:0{letters}d}"
        made.append(
            "".join(alphabet[(int(digit) + place) % 10] for place, digit in enumerate(digits))
        )
    return " ".join(made)


SLOW = {
    "hyphenated, 1,982 characters": "bowness-" * 246 + "qxzvjk",
    "one word": "bowness" * 280,
    "8,000 pound signs": "£" * 8000,
    "sentences of a letter": "a b. " * 400,
    "emoji": "😀" * 4000,
    "emoji with joiners": "👨\u200d👩\u200d👧\ufe0f" * 1000,
    "brackets": "(" * 4000 + ")" * 4000,
    "loose accents": "a" + "\u0301" * 8000,
    "strange words": strange(9, 800),
    "strange long words": strange(40, 190),
    "strange short words": strange(3, 1900),
    "strange capitals": strange(8, 800).title(),
    "digits": "1" * 8000,
    "digits apart": "1 " * 4000,
    "slashes": "1/" * 4000,
    "at signs": "a@" * 4000,
    "user names": "@aa " * 2000,
    "dots": "a." * 4000,
    "underscores": "a_" * 4000,
    "at and dot": "a at b dot " * 700,
    "spoken digits": "oh double one " * 500,
    "announcements": "case number " * 650,
    "numbers of streets": "1 a street " * 700,
    "saints": "st st " * 1300,
    "flats": "flat 1 " * 1100,
    "addresses": "www." * 2000,
    "names": "Anna " * 1600,
    "a list of names": "Anna, " * 1300,
    "letters apart": "d a n n y " * 800,
    "services": "Childline " * 800,
    "masks": "[name] " * 1100,
    "another script": "اa" * 4000,
    "no-break spaces": "\u00a0a" * 4000,
    "lines": "\n" * 8000 + "a",
    "spaces": " " * 19_000 + "a",
    "the longest": "my client Zofia said " * (LONGEST_TEXT_CHARACTERS // 21),
}


@pytest.mark.parametrize("name", SLOW)
def test_steps_are_bounded_by_length(name: str) -> None:
    steps = steps_of(SLOW[name])
    assert steps <= allowed(SLOW[name]), f"{steps} steps, {len(SLOW[name])} characters"


@pytest.mark.parametrize("name", SLOW)
def test_twice_the_length_is_at_most_twice_the_steps_and_a_piece(name: str) -> None:
    text = SLOW[name][:PIECE_CHARACTERS]
    assert steps_of(text + text) <= 2.2 * steps_of(text) + STEPS_A_PIECE


_FRAGMENTS = st.one_of(
    st.sampled_from(
        "a 1 0 - . / @ _ ' st flat number case of and the at dot oh double Anna anna will hope "
        "said is mr road street close primary school nursery £ ( ) [name] \u00a0 \u2013 "
        "\u00ad ا 😀 qxzvjk "
        "07700 KV19 may 2024 first snap im".split(" ")
    ),
    st.text(alphabet="aeioubcd' -", min_size=1, max_size=12),
    st.text(max_size=4),
)


@given(
    st.lists(_FRAGMENTS, min_size=1, max_size=12),
    st.sampled_from(["", " ", ", ", "-", "\n"]),
    st.integers(1, 150),
)
@example(["bowness"], "-", 150)
@settings(max_examples=60, deadline=None)
def test_no_mixture_is_slow(fragments: list[str], between: str, times: int) -> None:
    text = (between.join(fragments) + between) * times
    assert steps_of(text[:LONGEST_TEXT_CHARACTERS]) <= allowed(text[:LONGEST_TEXT_CHARACTERS])


def test_a_long_word_is_compared_with_no_other() -> None:
    assert not vocabulary.Speller().is_slip("a" * (vocabulary.SPELLED_LETTERS_OF_A_WORD + 1))
    assert sum(1 for _ in vocabulary.variants("a" * 40)) < 54 * 41


def test_words_are_compared_with_others_until_the_letters_of_the_text_are_used_up() -> None:
    speller = vocabulary.Speller()
    assert speller.is_slip("teh")
    for _ in range(vocabulary.SPELLED_LETTERS_OF_A_TEXT // 3):
        speller.is_slip("teh")
    assert not speller.is_slip("teh")


def test_each_character_is_looked_at_once_but_where_pieces_overlap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    redactor = shared_redactor()
    pieces: list[int] = []
    find = NameRecogniser.find

    def counted(self: NameRecogniser, text: str) -> Iterator[Finding]:
        pieces.append(len(text))
        return find(self, text)

    monkeypatch.setattr(NameRecogniser, "find", counted)
    for length in (
        10,
        PIECE_CHARACTERS,
        PIECE_CHARACTERS + 1,
        2 * PIECE_CHARACTERS,
        LONGEST_TEXT_CHARACTERS,
    ):
        pieces.clear()
        redactor.redact("ab " * (length // 3) + "a" * (length % 3))
        assert max(pieces) <= PIECE_CHARACTERS
        assert sum(pieces) <= length + OVERLAP_CHARACTERS * len(pieces)
    pieces.clear()
    assert redactor.redact("a" * (LONGEST_TEXT_CHARACTERS + 1)) == "[withheld]" and not pieces


def patterns() -> Iterator[tuple[str, str]]:
    """Every pattern that redaction may try on a person's text, from each of its modules."""
    for found in pkgutil.iter_modules(assistant.privacy.__path__):
        if found.name not in {"logs", "spacy_model"}:  # no text that a person typed
            module = importlib.import_module(f"{assistant.privacy.__name__}.{found.name}")
            for name, value in vars(module).items():
                for number, part in enumerate(value if isinstance(value, tuple) else (value,)):
                    if isinstance(part, (re.Pattern, PatternRecogniser)):
                        yield f"{found.name}.{name}[{number}]", str(part.pattern)


def repeats(tree: Any) -> Iterator[tuple[str, int, Any]]:
    """Kind, greatest number and content of each repetition of a parsed pattern."""
    for operation, argument in tree:
        name = str(operation)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            yield name, argument[1], argument[2]
        for part in _parts(argument):
            yield from repeats(part)


def _parts(argument: Any) -> Iterator[Any]:
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for one in argument:
            yield from _parts(one)


LONGEST_REPETITION = 120
MOST_NESTED = 600


def check_pattern(pattern: str) -> None:
    """A repetition is bounded, or possessive: what it took it never gives back."""
    for kind, most, content in repeats(parser.parse(pattern, re.IGNORECASE)):
        if kind == "POSSESSIVE_REPEAT":
            continue
        assert most is not parser.MAXREPEAT, f"unbounded repetition in {pattern}"
        assert most <= LONGEST_REPETITION, f"long repetition in {pattern}"
        for inner, times, _ in repeats(content):
            if inner != "POSSESSIVE_REPEAT":
                assert most * times <= MOST_NESTED, f"repetitions in one another in {pattern}"


PATTERNS = {pattern: name for name, pattern in patterns()}


@pytest.mark.parametrize("pattern", PATTERNS, ids=PATTERNS.get)
def test_no_pattern_is_tried_again_without_bound(pattern: str) -> None:
    check_pattern(pattern)


def test_the_check_of_patterns_finds_a_slow_one() -> None:
    with pytest.raises(AssertionError):
        check_pattern(r"(?:a{1,9}){1,90}b")
    with pytest.raises(AssertionError):
        check_pattern(r"a+b")


def test_the_pattern_of_other_scripts_is_checked_too() -> None:
    assert OTHER_SCRIPT_PATTERNS[0].pattern in PATTERNS


MOST_BEGINNINGS = 60
"""Beginnings of names that stay which are tried at each word; there are a thousand names."""


def test_names_that_stay_are_tried_by_their_beginnings() -> None:
    names = {f"{first}{second} Trust" for first in "abcdefghij" for second in "klmnopqrstuvwxyz"}
    without, grouped = (_alternatives(names_that_stay(phrases)) for phrases in ((), names))
    assert grouped - without == 10
    (ours,) = (one for one in shared_redactor().recognisers if isinstance(one, NameRecogniser))
    assert _alternatives(ours.kept) - without <= MOST_BEGINNINGS
    text = "the gl trust, Dm Trusts, AN TRUST and an trust fund"
    found = [match.group() for match in names_that_stay(names).finditer(text)]
    assert found == ["gl trust", "AN TRUST", "an trust"]


def test_the_longest_name_that_stays_is_found() -> None:
    pattern = names_that_stay({"Barnardo's", "Barnardo's North West", "Bright Futures"})
    found = [match.group() for match in pattern.finditer("barnardo's north west, Barnardo's North")]
    assert found == ["barnardo's north west", "Barnardo's"]


def _alternatives(pattern: re.Pattern[str]) -> int:
    """Alternatives between the two edges of words, as the pattern is compiled."""
    _edge, (_kind, (_, alternatives)), _other_edge = parser.parse(pattern.pattern, pattern.flags)
    return len(alternatives)
