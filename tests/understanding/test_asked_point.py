"""Which point of an answer speaks to what was asked."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answers import Answer, current_content
from assistant.understanding.asked_point import AnswerPoints, Rarity, words_of
from assistant.understanding.encoder import shared_encoder
from tests.answers.made_up import made_up

RARITY = Rarity(["the child tells", "the child is seen", "the doctor asks"])


def answer(points: list[str], more: list[str]) -> Answer:
    made = made_up(["both"] * len(points), ["both"] * len(more))
    said = [one.copy(update={"text": text}) for one, text in zip(made.every_point, points + more)]
    return made.copy(
        update={"points": tuple(said[: len(points)]), "more": tuple(said[len(points) :])}
    )


def shown(question: str, points: list[str], more: list[str]) -> list[str]:
    asked, encode = answer(points, more), shared_encoder().encode
    vectors = encode([point.text for point in asked.every_point])
    marks = AnswerPoints(asked, vectors, RARITY).asked_for(question, encode([question])[0])
    assert len(set(marks)) == len(marks)
    return [point.text for point in asked.with_first(marks).points]


def test_rare_words_say_more_than_common_ones() -> None:
    assert RARITY(["doctor"]) > RARITY(["child"]) > RARITY(["the"])
    assert RARITY(["unheard-of"]) > RARITY(["doctor"])


def test_words_are_compared_whatever_their_case_and_signs() -> None:
    assert words_of("Can’t the GP say?") == {"can't", "the", "gp", "say"}


POINTS = [
    "A doctor who is trained for it sees the child in a quiet place.",
    "Ask social care for a strategy discussion first.",
    "Write down what was said, in the child's words.",
    "Somebody with parental responsibility agrees, or the child does.",
]
MORE = ["It should not hurt: she can stop it at any time.", "The council pays for the taxi."]


def test_the_first_is_of_the_short_answer_and_fits() -> None:
    assert shown("what do I write down", POINTS, MORE)[0] == POINTS[2]
    assert sorted(shown("what do I write down", POINTS, MORE)) == sorted(POINTS)


@pytest.mark.parametrize(("question", "place"), [("will it hurt her", 0), ("who pays", 1)])
def test_the_second_is_left_out_of_the_short_answer_where_it_fits_clearly_better(
    question: str, place: int
) -> None:
    found = shown(question, POINTS, MORE)
    assert found[0] in POINTS and found[1] == MORE[place]


def test_where_no_point_fits_better_the_writers_order_stays() -> None:
    asked = answer(["one", "two", "three"], ["four"])
    vectors = np.tile(shared_encoder().encode(["one"]), (4, 1))
    marks = AnswerPoints(asked, vectors, RARITY).asked_for("what now", vectors[0])
    assert marks == [point.mark for point in asked.points]


def test_an_answer_of_one_point_shows_it() -> None:
    assert shown("what now", ["Tell the lead today."], []) == ["Tell the lead today."]


def test_every_point_of_the_content_has_a_text_of_its_own_in_the_list() -> None:
    texts = current_content().point_texts
    assert len(texts) > 1500 and len(set(texts)) == len(texts)
