"""Welsh without Rasa: what is Welsh, words of danger, and a model that is kept as plain data."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.guidance import GENERAL
from assistant.understanding.language import is_welsh, language_of
from assistant.understanding.welsh import NOTHING, WelshModel, match_welsh, plain

ENGLISH = frozenset("i am a the child help what is now to dad o hi".split())
WELSH = frozenset("mae yn dwi isio plentyn beth i a o hi hunanladdiad help dad ofn".split())


@pytest.mark.parametrize(
    ("text", "welsh"),
    [
        ("mae dad yn", True),
        ("dwi ofn dad", True),
        ("hunanladdiad", True),
        ("help", False),
        ("what is a plentyn", False),
        ("I am a child, help dad now", False),
        ("", False),
    ],
)
def test_welsh_is_told_by_its_words(text: str, welsh: bool) -> None:
    assert is_welsh(text, ENGLISH, WELSH) is welsh


def test_without_welsh_examples_all_is_as_it_was() -> None:
    assert language_of("what is the child", ENGLISH, {}) == "en"


def test_accents_hyphens_and_signs_do_not_matter() -> None:
    assert plain("Rŵan! Mae'r tŷ: cam-drin") == "rwan mae r ty camdrin"


def test_patterns_stay_within_a_sentence() -> None:
    compiled = {GENERAL: [r"^.*\b(?:ofn)(?: \S+){0,3} (?:heno)\b"]}
    assert match_welsh("Mae arna i ofn mynd heno", compiled) == GENERAL
    assert match_welsh("Mae arna i ofn. Beth sydd heno?", compiled) is None


EXAMPLES = {
    "talk/recording": ["sut mae cofnodi", "ysgrifennu nodiadau", "cofnod da", "nodiadau bras"],
    "support/wales": ["help yng nghymru", "gwasanaeth lleol", "byw heb ofn", "cymorth lleol"],
    "urgent/child-user": ["mae dad yn fy mrifo", "dwi ofn dad", "brifo fi", "cyffwrdd fi"],
    "urgent/missing-child": ["plentyn ar goll", "wedi rhedeg i ffwrdd", "ar goll", "diflannu"],
    "urgent/recent-assault": ["treisio neithiwr", "ymosod ddoe", "threisio ddoe", "ymosodiad"],
    NOTHING: ["beth yw'r tywydd", "cawl cennin", "bore da", "tywydd braf"],
}


def test_a_model_is_the_same_after_it_was_kept(tmp_path: Path) -> None:
    texts = [text for several in EXAMPLES.values() for text in several]
    labels = [label for label, several in EXAMPLES.items() for _ in several]
    model = WelshModel.fit(texts, labels)
    assert not WelshModel.is_in(tmp_path)
    model.save(tmp_path)
    kept = WelshModel.load(tmp_path)
    for text in texts:
        assert kept.read(text).first == model.read(text).first
    assert model.read("mae dad yn brifo fi").first in (GENERAL, "urgent/child-user")
    assert model.read("cofnodi nodiadau").topics[0][0] == "talk/recording"
