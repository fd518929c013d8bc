"""Names as they stand in a message; the rules of their own modules are tested there."""

from __future__ import annotations

import re

import pytest

from assistant.privacy.name_recogniser import NameRecogniser
from tests.privacy.finding import found

RECOGNISER = NameRecogniser(re.compile(r"\bhope line\b", re.IGNORECASE))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mr Birch and PC Sharp came", ["Birch", "Sharp"]),
        ("the birch family", ["birch"]),
        ("a girl called Biscuit", ["Biscuit"]),
        ("grace brown told me", ["grace brown"]),
        ("From: Hope", ["Hope"]),
        ("is Hope, Grace and Ruby safe", ["Hope", "Grace", "Ruby"]),
        ("Ruby, then ruby's ring", ["Ruby", "ruby"]),
        ("his name is d a n n y", ["d a n n y"]),
        ("Hope's dad", ["Hope"]),
        ("saw officer Clarity Brenham there", ["Clarity Brenham"]),
        ("our tenant Mohd. Rafiqul", ["Mohd. Rafiqul"]),
        ("notes on Daniel K-W", ["Daniel K-W"]),
        ("it says OSEI, Nana Kofi", ["OSEI", "Nana Kofi"]),
        ("it says Baby Girl Brenham", ["Girl Brenham"]),
        ("is Miss Fly in", ["Fly"]),
        ('my uncle goes by "Rocket" now', ["Rocket"]),
        ("she changed her name to Flint", ["Flint"]),
        ("a note by Autumn: help", ["Autumn"]),
        ("the surnames are Brenham and Ball", ["Brenham", "Ball"]),
        ("Faithful is a faithful lad", ["Faithful"]),
        ("Summer has been here since summer", ["Summer"]),
        ("the head, Mr Cook, and the cook", ["Cook"]),
        ("Pat (his brother) said pat's got it", ["Pat", "pat"]),
        ("Staff: BIRCHWOODE. Pupil", ["BIRCHWOODE"]),
        ("their names are AJ, DJ and Zofia", ["AJ", "DJ", "Zofia"]),
        ("the Moon family and a white family", ["Moon"]),
        ("kids Zofia and Paper. Then", ["Zofia", "Paper"]),
        ("sum1 called big lampshade is", ["big lampshade"]),
        ("our son Fraser is out", ["Fraser"]),
        ("is it Fraser Zofia", ["Fraser Zofia"]),
    ],
)
def test_a_name_is_found_whole(text: str, names: list[str]) -> None:
    assert found([RECOGNISER], text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Hope Line said so",
        "max 40 words",
        "the LADO told me",
        "KS2 and x@y",
        "a Makaton sign",
        "y r u a b",
        "mae hi'n dweud rhywbeth od",
        "Unbooked and misgendered",
        "ISP gave it",
        "a scheme known as Encompass",
        "Surname, Firstname",
        "Hope Line's number",
        "Under Fraser can I, and is the Brook tool right",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert not found([RECOGNISER], text)


def test_a_verb_is_no_name_because_it_was_one_before() -> None:
    assert found([RECOGNISER], "Will told me that he will") == ["Will"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Use Driscoll's reflective model here", []),
        ("as Hawkins and Shohet's model says", []),
        ("the social worker is Sarah Driscoll", ["Sarah Driscoll"]),
        ("I rang Mrs Driscoll about his attachment", ["Driscoll"]),
    ],
)
def test_a_writer_beside_a_word_of_theory_is_no_person(text: str, expected: list[str]) -> None:
    assert found([RECOGNISER], text) == expected
