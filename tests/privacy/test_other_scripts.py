"""Words in another script than the Latin one."""

from __future__ import annotations

from assistant.privacy.other_scripts import OTHER_SCRIPT_PATTERNS
from tests.privacy.finding import found


def test_words_of_another_script_are_found_together() -> None:
    assert found(OTHER_SCRIPT_PATTERNS, "her mother أم الولد came") == ["أم الولد"]


def test_a_letter_of_another_script_makes_the_whole_word_one() -> None:
    assert found(OTHER_SCRIPT_PATTERNS, "my \u0410bc said") == ["\u0410bc"]


def test_accents_are_of_the_latin_script() -> None:
    assert not found(OTHER_SCRIPT_PATTERNS, "plant â phlant, café, Ŵy")
