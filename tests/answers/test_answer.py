"""One answer, numbered and resolved."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answers import Answer, answer_for_topic, answer_for_urgent, answer_text
from assistant.answers.answer import NEXT_SHOWN, URGENT_HEADING, for_nation
from assistant.guidance import Library, load_library


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
        topics = [one for one in answer.next if not one.id.startswith("guided/")]
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


def test_an_answer_survives_json(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        assert Answer.parse_raw(answer.json(exclude_none=True)) == answer


# --- nations ---------------------------------------------------------------------------


def test_without_a_nation_both_nations_rules_are_shown(answers: dict[str, Answer]) -> None:
    assert all(for_nation(answer, None) is answer for answer in answers.values())


@pytest.mark.parametrize(("own", "other"), [("England", "Wales"), ("Wales", "England")])
def test_a_nation_leaves_out_the_other_ones_rules_and_contacts(
    answers: dict[str, Answer], own: str, other: str
) -> None:
    left_out = 0
    for answer in answers.values():
        shown = for_nation(answer, own)  # type: ignore[arg-type]
        assert shown.points and (shown.contacts or not answer.contacts)
        kept = [point for point in answer.points if point.territory != other]
        assert list(shown.points) == (kept or list(answer.points)), answer.topic
        assert all(point.territory != other for point in shown.more)
        if any(route.territory != other for route in answer.contacts):
            assert all(route.territory != other for route in shown.contacts)
        left_out += len(answer.points) - len(shown.points)
        # What is cited keeps its number.
        assert shown.places == answer.places
    assert left_out


def test_an_answer_about_the_other_nation_only_is_shown_whole(answers: dict[str, Answer]) -> None:
    about = [a for a in answers.values() if {p.territory for p in a.points} == {"Wales"}]
    for answer in about:
        assert for_nation(answer, "England").points == answer.points
