"""Words that are no English ones: names, unless a slip of the finger explains them."""

from __future__ import annotations

import pytest

from assistant.privacy.strange_names import is_near_cue, is_shouted_name, is_strange_name
from assistant.privacy.text_words import Words


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("about qxzivjk again", 1),
        ("about Qxziv again", 1),
        ("Qxziv said so", 0),
        ("my mate jez and", 2),
        ("Li Qxzivjk", 0),
    ],
)
def test_a_strange_word_is_a_name(text: str, index: int) -> None:
    assert is_strange_name(Words(text), index)


@pytest.mark.parametrize(
    ("text", "index"),
    [("my borther said", 1), ("teh school", 0), ("about WhatsUpp", 1), ("about timekeeping", 1)],
)
def test_a_slip_or_a_service_is_none(text: str, index: int) -> None:
    assert not is_strange_name(Words(text), index)


def test_a_slip_of_a_cue_is_known() -> None:
    assert is_near_cue("borther") and is_near_cue("thay") and not is_near_cue("qxzivjk")


def test_a_short_name_in_capitals_beside_another_one() -> None:
    assert is_shouted_name(Words("LI, Qxzivjk"), 0, [])
    assert is_shouted_name(Words("then QXZIV ALI said"), 2, [False, True])
    assert not is_shouted_name(Words("the MAN, then"), 1, [False])
    assert not is_shouted_name(Words("then QXZIV ALI said"), 2, [False, False])


def test_a_family_name_in_capitals_beside_another_name() -> None:
    assert is_shouted_name(Words("QXZIV, Hope"), 0, [])
    assert is_shouted_name(Words("Hope QXZIV"), 1, [True])
    assert not is_shouted_name(Words("the QXZIV form"), 1, [False])
    assert not is_shouted_name(Words("the FORMS, Hope"), 1, [False])
