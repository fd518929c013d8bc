"""Initials, and single letters that are none."""

from __future__ import annotations

import pytest

from assistant.privacy.initials import are_initials, is_initial
from assistant.privacy.text_words import Words


def judged(text: str) -> dict[str, bool]:
    """The verdict on each single letter and each word in capitals."""
    words = Words(text)
    verdicts = [False] * len(words)
    return {
        word.text: is_initial(words, index, verdicts)
        if len(word.text) == 1
        else are_initials(words, index)
        for index, word in enumerate(words)
        if len(word.text) == 1 or word.text.isupper()
    }


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("Baby S cried", "S"),
        ("T told me", "T"),
        ("about J.K. again", "J"),
        ("child AB said", "AB"),
        ("SB (7) is here", "SB"),
        ("then KM hit him", "KM"),
        ("pupil s told me", "s"),
        ("Resident LB has come back", "LB"),
        ("KDB self-harmed", "KDB"),
        ("KDB's friend", "KDB"),
        ("supervision note KQ/RJT today", "KQ"),
        ("supervision note KQ/RJT today", "RJT"),
        ("an alert on RJ after he left", "RJ"),
        ("last seen w/ DK", "DK"),
        ("Child A and Child B", "B"),
        ("Father: I. Zofiacka", "I"),
    ],
)
def test_initials(text: str, initials: str) -> None:
    assert judged(text)[initials]


@pytest.mark.parametrize(
    "text",
    [
        "section B",
        "category C",
        "I said",
        "e.g. this",
        "N. Irish",
        "r u there",
        "the GP said",
        "b&b",
    ],
)
def test_letters_that_are_none(text: str) -> None:
    assert not any(judged(text).values())


def test_a_small_letter_behind_a_name_is_one_but_no_short_form() -> None:
    words = Words("hope r in")
    assert is_initial(words, 1, [True])
    assert not is_initial(words, 1, [False])
    assert not is_initial(Words("hope r u"), 1, [True])


@pytest.mark.parametrize(
    "text",
    [
        "the bruise on her R thigh",
        "my X account is locked",
        "banding G now",
        "01632 960002 (w)",
        "PR says she may",
        "UC told her so",
        "NAI was raised",
        "the child's ULN is",
        "a note CP/CIN",
        "told him about RJ again",
        "so do I. Zofia said",
        "Child A, Child B and Child C, so B says",
        "the B team and a C in maths, C section, A and E",
        "category A to C",
        "the client's PIP has been cut",
    ],
)
def test_capitals_of_notes_are_no_initials(text: str) -> None:
    assert not any(judged(text).values())


@pytest.mark.parametrize(
    ("text", "initials"), [("child EP said so", "EP"), ("visit by M. Zofiacka", "M")]
)
def test_behind_a_child_or_before_a_family_name_they_are(text: str, initials: str) -> None:
    assert judged(text)[initials]
