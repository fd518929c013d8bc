"""Whose rules a question asks for: the nation that it names as one, and no other."""

from __future__ import annotations

import pytest

from assistant.answers.nation_asked import nation_asked, nation_named


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("who signs off a care plan in Wales", "Wales"),
        ("Who in Wales looks into a complaint about a councillor?", "Wales"),
        ("what about Wales for reporting by law?", "Wales"),
        ("Is it different for England?", "England"),
        ("In Wales, must a governor report it", "Wales"),
        ("A pupil told me today. Do I have to report it under Welsh law?", "Wales"),
        ("What do the English rules say on filming an interview?", "England"),
        ("how long does a council in north Wales have to answer", "Wales"),
        ("Pwy sy'n penderfynu? I mean who decides in Cymru", "Wales"),
    ],
)
def test_a_nation_whose_rules_are_asked_for(text: str, nation: str) -> None:
    assert nation_asked(text) == nation


@pytest.mark.parametrize(
    "text",
    [
        "who do I ring, her dad lives in Wales?",
        "can his nan in Wales have him for the week?",
        "what if they are on holiday in Wales",
        "The family moved here from Wales. Who do I tell?",
        "a boy in Wales messaged my daughter",
        "Is the age the same in England and in Wales?",
        "How do the rules in Wales differ from England",
        "who teaches English to a child who was hurt",
        "what does the English teacher write down",
        "is there a helpline in Welsh",
        "what are the signs?",
        "",
    ],
)
def test_a_nation_that_is_only_spoken_of_or_one_of_two(text: str) -> None:
    assert nation_asked(text) is None


def test_the_one_nation_that_is_named() -> None:
    assert nation_named("and the welsh ones") == "Wales"
    assert nation_named("England then") == "England"
    assert nation_named("Wales or England") is None
    assert nation_named("neither") is None
