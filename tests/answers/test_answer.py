"""One answer as plain data."""

from __future__ import annotations

import re

import pytest

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
    sent = [
        text
        for one in answers.values()
        for text in texts_shown(one)
        if re.search(r"\b(?:[Tt]ell|[Aa]sk|in a school) the (?:head|chair of)\b", text)
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


@pytest.mark.parametrize("reply", ["urgent/staff-allegation-now", "urgent/online-threat"])
def test_who_is_to_be_told_of_a_helper_is_said_for_wherever_they_help(
    answers: dict[str, Answer], reply: str
) -> None:
    """A message about a coach or a chapel's helper who writes to a child may get either."""
    [told] = [
        text for text in texts_shown(answers[reply]) if "safeguarding lead or manager" in text
    ]
    assert re.search(r"[Cc]all (?:that|the council's designated) officer", told)
    texts = texts_shown(answers[reply])
    assert any(re.search(r"Do not (?:tell the person|warn them)", text) for text in texts)
    assert {"lado", "lado-wales"} <= {one.id for one in answers[reply].contacts}


def test_who_suspects_their_own_safeguarding_lead_is_not_sent_to_them(
    answers: dict[str, Answer],
) -> None:
    """The lead may be the person; only the reply on suicide accuses nobody."""
    urgent = {k: texts_shown(answer) for k, answer in answers.items() if answer.kind == "urgent"}
    sent = {k: texts for k, texts in urgent.items() if "your safeguarding lead" in " ".join(texts)}
    assert set(sent) > {"urgent/child-telling-now", "urgent/suicide-or-self-harm"}
    for one, texts in sent.items():
        told = any(re.search(r"(?:unless it is|or is it) about them", text) for text in texts)
        assert told or one == "urgent/suicide-or-self-harm", one


@pytest.mark.parametrize("reply", ["urgent/child-telling-now", "urgent/unsafe-tonight"])
def test_who_may_tell_no_parent_may_be_one(answers: dict[str, Answer], reply: str) -> None:
    """A mother who reads "tell no parent" is told nothing: for her it is the person suspected."""
    told = [text for text in texts_shown(answers[reply]) if "any parent" in text]
    assert told and [text for text in told if "Are you the child's parent?" not in text] == []
    assert not any("no parent" in text for text in texts_shown(answers[reply]))


def test_a_child_who_names_a_helper_leads_to_the_designated_officer(
    answers: dict[str, Answer],
) -> None:
    """Whoever listens to a child gets this reply, whomever the child names."""
    reply = answers["urgent/child-telling-now"]
    assert any("council's designated officer" in text for text in texts_shown(reply))
    assert {"lado", "lado-wales"} <= {one.id for one in reply.contacts}


@pytest.mark.parametrize("reply", ["urgent/general", "urgent/staff-allegation-now"])
def test_who_is_accused_is_told_of_help_and_not_to_speak_with_the_child(
    answers: dict[str, Answer], reply: str
) -> None:
    [told] = [text for text in texts_shown(answers[reply]) if "accused" in text]
    assert "Do not speak with the child" in told and "Samaritans, 116 123" in told


def test_when_a_child_is_missing_nobody_is_taken_for_suspected(
    answers: dict[str, Answer],
) -> None:
    """Most children who are missing were taken by nobody."""
    texts = texts_shown(answers["urgent/missing-child"])
    assert not any("the person" in text for text in texts)
    naming = [text for text in texts if re.search(r"\bsuspect|that person\b", text)]
    assert naming and [text for text in naming if "?" not in text] == []


def test_an_adult_who_reads_a_childs_reply_is_sent_to_social_care_for_a_child_alone(
    answers: dict[str, Answer],
) -> None:
    """Who was hurt as a child, and is grown up, is not children's social care's matter."""
    lines = [answer.other_reader for answer in answers.values() if answer.other_reader]
    sent = [line for line in lines if re.search(r"an adult[^?]*\? Call children's", line)]
    assert (
        len(sent) >= 5 and [one for one in sent if "adult worried about a child" not in one] == []
    )


def texts_shown(answer: Answer) -> list[str]:
    """Every text of an answer that tells its reader what to do."""
    points = [*answer.points, *answer.more, *([answer.tell] if answer.tell else [])]
    lines = [line.text for line in answer.lines]
    leads = [answer.lead, answer.lead_wales, answer.other_reader]
    return [*filter(None, leads), *lines, *(point.text for point in points)]
