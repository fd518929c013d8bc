"""What an answer cites is numbered, and no more strongly said than it is known."""

from __future__ import annotations

from assistant.answers import Answer
from assistant.guidance import Library


def test_places_are_numbered_in_the_order_in_which_they_are_cited(
    answers: dict[str, Answer],
) -> None:
    for answer in answers.values():
        assert [place.number for place in answer.places] == list(range(1, len(answer.places) + 1))
        shown = [*([answer.tell] if answer.tell else []), *answer.points, *answer.more]
        firsts = list(dict.fromkeys(number for point in shown for number in point.numbers))
        assert firsts == sorted(firsts), answer.topic
        assert set(firsts) == {place.number for place in answer.places}, answer.topic


def test_every_point_cites_and_a_place_has_one_number(
    library: Library, answers: dict[str, Answer]
) -> None:
    for answer in answers.values():
        labels = [(place.source, place.place) for place in answer.places]
        assert len(labels) == len(set(labels)), answer.topic
    for topic in library.topics.values():
        answer = answers[topic.id]
        shown = (*answer.points, *answer.more)
        for point, cited in zip((*topic.points, *topic.more), shown, strict=True):
            facts = [library.facts[one] for one in point.facts]
            places = {(one.authority.source, one.authority.place) for one in facts if one.cited}
            assert len(cited.numbers) == len(places), point.text


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
