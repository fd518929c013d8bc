"""One answer as plain data."""

from __future__ import annotations

import re

from assistant.answers import Answer
from tests.answers.made_up import made_up


def test_an_answer_survives_json(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert Answer.parse_raw(answer.json(exclude_none=True)) == answer


def test_no_answer_begins_with_a_yes_or_no_that_says_nothing(answers: dict[str, Answer]) -> None:
    """It may be asked the other way round: "can I still refer?" was told "No."."""
    leads = [lead for one in answers.values() for lead in (one.lead, one.lead_wales) if lead]
    assert [lead for lead in leads if re.match(r"(?:Yes|No)[.!;:]", lead)] == []


def test_only_who_works_in_a_school_is_sent_to_a_head(answers: dict[str, Answer]) -> None:
    """A childminder, a foster carer or a volunteer has neither a head nor governors."""
    texts = [lead for one in answers.values() for lead in (one.lead, one.lead_wales) if lead]
    for one in answers.values():
        texts += [point.text for point in (*one.points, *one.more)]
    sent = [
        text for text in texts if re.search(r"\b(?:[Tt]ell|[Aa]sk) the (?:head|chair of)\b", text)
    ]
    assert sent and [text for text in sent if "school" not in text.lower()] == []


def test_a_point_that_is_asked_for_stands_first_wherever_it_stood() -> None:
    answer = made_up(["both", "England", "both"], ["Wales", "both"])
    for asked in answer.every_point:
        shown = answer.with_first([asked.mark])
        assert shown.points[0] == asked
        assert sorted(p.text for p in shown.every_point) == [p.text for p in answer.every_point]
        others = [point for point in answer.every_point if point != asked]
        assert [point for point in shown.every_point if point != asked] == others
        assert asked not in shown.more and shown.cited >= answer.cited


def test_several_stand_first_in_the_order_in_which_they_are_named() -> None:
    answer = made_up(["both", "England", "both"], ["Wales", "both"])
    named = [answer.more[1], answer.points[2]]
    assert answer.with_first([point.mark for point in named]).points[:2] == tuple(named)


def test_the_first_steps_of_a_role_stay_above_what_is_asked_for() -> None:
    answer = made_up(["both", "England", "both"], ["Wales"])
    step = answer.points[0].copy(update={"of_role": True})
    answer = answer.copy(update={"points": (step, *answer.points[1:])})
    shown = answer.with_first([answer.more[0].mark, answer.points[2].mark])
    assert shown.points == (step, answer.more[0], answer.points[2], answer.points[1])


def test_a_point_that_is_gone_changes_nothing() -> None:
    answer = made_up(["both", "England"], ["Wales"])
    assert answer.with_first(["12345678"]) is answer and answer.with_first([]) is answer


def test_no_two_points_of_an_answer_have_one_mark(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        marks = [point.mark for point in answer.every_point]
        assert len(set(marks)) == len(marks), answer.topic
