"""An answer in one nation."""

from __future__ import annotations

import pytest

from assistant.answers import Answer, answer_text
from assistant.answers.nations import OF_THE_OTHER_NATION, for_nation
from assistant.guidance import Nation
from tests.answers.made_up import made_up, territories


def test_without_a_nation_both_nations_rules_are_shown(answers: dict[str, Answer]) -> None:
    assert all(for_nation(answer, None) is answer for answer in answers.values())


@pytest.mark.parametrize(("own", "other"), [("England", "Wales"), ("Wales", "England")])
def test_a_nation_leaves_out_the_other_ones_rules_contacts_and_places(
    answers: dict[str, Answer], own: Nation, other: Nation
) -> None:
    left_out = 0
    for answer in answers.values():
        shown = for_nation(answer, own)
        everything = [*answer.points, *answer.more]
        assert shown.points and (shown.contacts or not answer.contacts)
        if any(route.territory != other for route in answer.contacts):
            assert all(route.territory != other for route in shown.contacts)
        kept = [*shown.points, *shown.more]
        if OF_THE_OTHER_NATION[own] in shown.lead:
            assert shown.points == answer.points and not {p.territory for p in everything} & {own}
        else:
            assert sorted(p.text for p in kept) == sorted(
                p.text for p in everything if p.territory != other
            ), answer.topic
        # What is cited keeps its number, and nothing else stays listed.
        steps = [*kept, *([shown.tell] if shown.tell else [])]
        cited = {number for point in steps for number in point.numbers}
        assert shown.places == tuple(p for p in answer.places if p.number in cited)
        left_out += len(answer.places) - len(shown.places)
    assert left_out


def test_a_nations_rules_come_up_from_more_where_few_are_left() -> None:
    answer = made_up(["England", "both", "England"], ["both", "both", "Wales", "England", "both"])
    shown = for_nation(answer, "Wales")
    # Its own first, and no more than it takes.
    assert territories(shown.points) == ["both", "Wales", "both", "both"]
    assert [point.text[0] for point in shown.more] == ["8"]
    assert [place.number for place in shown.places] == [2, 4, 5, 6, 8]
    assert shown.lead == answer.lead


def test_one_rule_of_ones_own_is_shown_rather_than_the_other_nations() -> None:
    shown = for_nation(made_up(["England"] * 7, ["England", "Wales"]), "Wales")
    assert territories(shown.points) == ["Wales"] and not shown.more
    assert [place.territory for place in shown.places] == ["Wales"]


@pytest.mark.parametrize(("own", "other"), [("England", "Wales"), ("Wales", "England")])
def test_with_nothing_of_ones_own_the_other_nations_rules_are_called_that(
    own: Nation, other: Nation
) -> None:
    answer = made_up([other, other], [other, "both"])
    shown = for_nation(answer, own)
    assert shown.points == answer.points and shown.places == answer.places
    assert shown.lead == f"{answer.lead} {OF_THE_OTHER_NATION[own]}"
    assert f"for {other}" in OF_THE_OTHER_NATION[own]


def test_a_lead_for_wales_stands_there_and_nowhere_else() -> None:
    answer = made_up(["both"] * 4, [], lead_wales="Wales has six weeks.")
    assert for_nation(answer, "Wales").lead == "Wales has six weeks."
    assert for_nation(answer, "England").lead == answer.lead
    assert answer_text(answer).startswith("England has ten days.")
