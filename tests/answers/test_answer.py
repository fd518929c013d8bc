"""One answer, numbered and resolved."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Optional, Sequence

import pytest

from assistant.answers import Answer, answer_for_topic, answer_for_urgent, answer_text
from assistant.answers.answer import (
    NEXT_SHOWN,
    OF_THE_OTHER_NATION,
    RULES_OF_WALES,
    URGENT_HEADING,
    AnswerPoint,
    CitedPlace,
    for_nation,
)
from assistant.answers.compiled import Content, compile_content
from assistant.answers.guided import with_role
from assistant.guidance import Library, Nation, load_library
from assistant.guidance.model import LocalContacts, Territory


@pytest.fixture(scope="module")
def answers(library: Library) -> dict[str, Answer]:
    topics = {one: answer_for_topic(topic, library) for one, topic in library.topics.items()}
    urgent = {one: answer_for_urgent(item, library) for one, item in library.urgent.items()}
    return topics | urgent


def test_places_are_numbered_in_the_order_in_which_they_are_cited(
    answers: dict[str, Answer],
) -> None:
    for answer in answers.values():
        assert [place.number for place in answer.places] == list(range(1, len(answer.places) + 1))
        shown = [*([answer.tell] if answer.tell else []), *answer.points, *answer.more]
        firsts = list(dict.fromkeys(number for point in shown for number in point.numbers))
        assert firsts == sorted(firsts), answer.topic
        assert set(firsts) == {place.number for place in answer.places}, answer.topic


def test_every_point_cites_and_a_place_has_one_number(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        labels = [(place.source, place.place) for place in answer.places]
        assert len(labels) == len(set(labels)), answer.topic


def test_a_fact_that_is_not_cited_is_no_source(
    library: Library, answers: dict[str, Answer]
) -> None:
    uncited = {one for one, fact in library.facts.items() if not fact.cited}
    assert uncited, "else nothing is tested"
    for topic in library.topics.values():
        for point, shown in zip(topic.points, answers[topic.id].points):
            if set(point.facts) <= uncited:
                assert shown.numbers == ()
            elif not set(point.facts) & uncited:
                assert shown.numbers


def test_every_answer_points_to_the_review_with_a_sentence(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert answer.review, answer.topic
        assert all(place.says and place.edition == "November 2024" for place in answer.review)
        assert all(place.section.startswith("national-review") for place in answer.review)


def test_what_is_known_weakly_is_said_weakly(library: Library, answers: dict[str, Answer]) -> None:
    """As strongly as the weakest of it: "recalled" is never shown as read."""
    recalled = {
        (fact.authority.source, fact.authority.place)
        for fact in library.facts.values()
        if fact.firmness == "recalled" and fact.cited
    }
    shown = {place.evidence for answer in answers.values() for place in answer.places}
    assert shown == {
        "Read on the publisher's own page.",
        "Read where other official or professional pages quote or sum it up.",
        "Known to specialists; we have not read the page itself.",
    }
    for topic in library.topics.values():
        facts = [library.facts[one] for point in topic.points for one in point.facts]
        for fact in facts:
            key = (fact.authority.source, fact.authority.place)
            if fact.cited and fact.firmness == "recalled" and key in recalled:
                places = [p for p in answers[topic.id].places if p.source == key[0]]
                assert any("Known to specialists" in place.evidence for place in places)


def test_an_urgent_answer_names_no_reader_in_its_heading(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        if answer.kind == "urgent":
            assert answer.title == URGENT_HEADING
            assert answer.tell and answer.contacts and answer.points


def test_next_topics_are_written_and_few(answers: dict[str, Answer], library: Library) -> None:
    for answer in answers.values():
        own = (one for one in answer.next if one != RULES_OF_WALES)
        topics = [one for one in own if not one.id.startswith("guided/")]
        assert len(topics) <= NEXT_SHOWN
        assert all(library.topics[one.id].title == one.title for one in topics)


def test_a_partnerships_own_number_comes_before_the_finder(content: Path) -> None:
    (content / "local.yml").write_text(
        "area: Our area\ncontacts:\n  childrens-social-care:\n    name: Our front door\n"
        "    phone: '01632 960001'\n    checked: 2026-11-21\n"
    )
    local = load_library(content)
    reply = answer_for_urgent(local.urgent["urgent/unsafe-tonight"], local)
    shown = {route.id: route for route in reply.contacts}
    assert shown["childrens-social-care"].phone == "01632 960001"
    assert "  Our front door: 01632 960001" in answer_text(reply).splitlines()


def test_whom_only_the_partnership_knows_is_shown_once_it_is_filled_in(library: Library) -> None:
    lead = "safeguarding-lead"
    where = library.contacts[lead].also_in
    assert {"respond/refer", "talk/recording", "talk/when-a-child-tells"} < set(where)
    filled = {"name": "Your lead", "teams": "lead@example.org", "checked": "2026-11-30"}
    own = LocalContacts.parse_obj({"area": "Our area", "contacts": {lead: filled}})
    for local in (None, own):
        shown_by = library.copy(update={"local": local})
        content = Content(compile_content(shown_by, {}))
        assert bool(content.contacts([lead])) == bool(local)
        for name in content.answer_ids:
            answer = content.answer(name)
            assert answer
            shown = [one.name for one in answer.contacts if one.id == lead]
            assert shown == (["Your lead"] if local and name in where else []), name
            if shown:
                assert "  Your lead: Microsoft Teams lead@example.org" in answer_text(answer)


def test_an_answer_survives_json(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert Answer.parse_raw(answer.json(exclude_none=True)) == answer


def test_one_areas_way_carries_no_duty_of_national_guidance(
    library: Library, answers: dict[str, Answer]
) -> None:
    seen = 0
    for topic in library.topics.values():
        shown = [*answers[topic.id].points, *answers[topic.id].more]
        for point, one in zip((*topic.points, *topic.more), shown):
            local = point.scope == "local" and point.duty != "must"
            assert one.duty == (None if local else point.duty), point.text
            seen += local and point.duty == "should"
    assert seen


# --- nations ---------------------------------------------------------------------------


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


def made_up(
    points: Sequence[Territory], more: Sequence[Territory], lead_wales: Optional[str] = None
) -> Answer:
    """An answer of points with these territories; each has a place of its own."""
    numbered = [
        AnswerPoint(text=f"{i} {territory}", numbers=(i,), territory=territory)
        for i, territory in enumerate([*points, *more], start=1)
    ]
    places = [
        CitedPlace(
            number=point.numbers[0],
            source=f"source-{point.numbers[0]}",
            document="Document",
            place=None,
            url=None,
            label="Document",
            edition="2026",
            territory=point.territory,
            standing="law",
            superseded_by=None,
            evidence="Read.",
            checked="2026-11-30",
        )
        for point in numbered
    ]
    return Answer(
        kind="answer",
        topic="respond/made-up",
        title="Made up",
        lead="England has ten days.",
        lead_wales=lead_wales,
        points=tuple(numbered[: len(points)]),
        more=tuple(numbered[len(points) :]),
        places=tuple(places),
        review=(),
        contacts=(),
        next=(),
    )


def territories(points: Iterable[AnswerPoint]) -> list[Territory]:
    return [point.territory for point in points]


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


def test_who_has_said_no_nation_is_offered_the_rules_of_wales(
    answers: dict[str, Answer],
) -> None:
    offered = [answer for answer in answers.values() if RULES_OF_WALES in answer.next]
    assert offered
    for answer in answers.values():
        hidden = "Wales" in territories(answer.more) and "Wales" not in territories(answer.points)
        assert (RULES_OF_WALES in answer.next) == hidden, answer.topic
        for nation in ("England", "Wales"):
            assert RULES_OF_WALES not in for_nation(answer, nation).next


def test_a_role_brings_the_steps_of_its_nation_with_numbers_of_their_own() -> None:
    answer = for_nation(made_up(["England", "both", "both", "both", "both"], []), "Wales")
    role = made_up(["England", "Wales"], []).copy(update={"title": "a nurse"})
    role = role.copy(
        update={"places": tuple(p.copy(update={"label": f"{p.number}"}) for p in role.places)}
    )
    shown = with_role(answer, role, "Wales")
    assert shown.points[0].text == "First, for a nurse: 2 Wales" and len(shown.points) == 5
    numbers = [place.number for place in shown.places]
    assert len(numbers) == len(set(numbers)) and shown.points[0].numbers == (numbers[-1],)
