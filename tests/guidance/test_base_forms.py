"""Words in their base form, by rules for endings and a list of what these do not give."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.guidance import load_library
from assistant.guidance.base_forms import base_forms, in_base_forms
from assistant.guidance.problems import ContentError

WORDS = [
    "touch",
    "be",
    "have",
    "not",
    "cry",
    "stop",
    "hide",
    "see",
    "come home",
    "train",
    "training",
]
IRREGULAR = {
    "be": ["am", "is", "are", "was", "been"],
    "have": ["has", "had"],
    "see": ["saw", "seen"],
    "come": ["came"],
}
FORMS = base_forms(WORDS, IRREGULAR)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("He touched her last night!", "he touch her last night"),
        ("she touches, is touching", "she touch be touch"),
        ("cries and cried", "cry and cry"),
        ("stopped hiding", "stop hide"),
        ("They came home", "they come home"),
        ("has not been seen", "have not be see"),
        ("can't, cant and cannot", "can not can not and can not"),
        ("I haven\u2019t", "i have not"),
        ("isnt it", "be not it"),
        ("he's here and dad's outside", "he be here and dad be outside"),
        ("he's been here", "he have be here"),
        ("she's taken him", "she have taken him"),
        ("he's taken to sleeping badly", "he be taken to sleeping badly"),
        ("dad's brother", "dad 's brother"),
        ("a 15-year-old", "a 15 year old"),
        ("", ""),
    ],
)
def test_a_sentence_in_base_forms(typed: str, read: str) -> None:
    assert in_base_forms(typed, FORMS) == read


def test_only_words_that_are_named_are_changed() -> None:
    assert in_base_forms("walked us to the shed, used it", FORMS) == "walked us to the shed used it"


def test_a_word_that_is_named_itself_stays() -> None:
    assert in_base_forms("training and trained", FORMS) == "training and train"


def test_small_words_and_pronouns_have_no_endings() -> None:
    assert base_forms(["us", "she", "it"]) == {}


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("THREAT: [threaten,", "THREAT: [said so, threaten,", "write say so"),
        ("THREAT: [threaten,", "THREAT: [can't stop, threaten,", "write can not stop"),
        ("  bleed: [bled]", "  bleed: [bled]\n  swim: [swam]", "swim"),
    ],
)
def test_a_pattern_in_another_form_is_a_problem(
    content: Path, before: str, after: str, problem: str
) -> None:
    path = content / "urgency" / "patterns.yml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(ContentError, match=problem):
        load_library(content)
