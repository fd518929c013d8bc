"""Answers of the guided conversations, and a role's steps within an answer."""

from __future__ import annotations

from assistant.answers import answer_for_topic, answer_text, current_content
from assistant.answers.guided import answer_for_page, answer_for_role, takes_role, with_role
from assistant.answers.nations import for_nation
from assistant.guidance import Library
from tests.answers.made_up import made_up


def test_every_page_cites_and_points_to_the_review(library: Library) -> None:
    for guide in library.guides.values():
        for name, page in guide.pages.items():
            answer = answer_for_page(guide, name, library)
            assert answer.kind == "guided" and answer.review
            assert "the review (November 2024)" in answer_text(answer)
            for point, shown in zip(page.points, answer.points):
                cited = [one for one in point.facts if library.facts[one].cited]
                assert bool(shown.numbers) == bool(cited), (guide.id, name, point.text)


def test_every_page_leads_somewhere(library: Library) -> None:
    for guide in library.guides.values():
        for name in guide.pages:
            titles = [one.title for one in answer_for_page(guide, name, library).next]
            assert len(titles) == len(set(titles)), (guide.id, name)
            assert ("Stop" in titles) != ("Finish" in titles)
            assert name == "start" or "Back" in titles


def test_a_roles_steps_come_first_with_their_places(library: Library) -> None:
    answer = answer_for_topic(library.topics["respond/strategy-discussion"], library)
    role = answer_for_role("education", library)
    merged = with_role(answer, role)
    steps, rest = merged.points[: len(role.points)], merged.points[len(role.points) :]
    assert rest == answer.points
    places = {place.number: place.label for place in merged.places}
    for step, own in zip(steps, role.points):
        assert step.text == f"First, for schools and early years: {own.text}"
        cited = [place.label for place in role.places if place.number in own.numbers]
        assert [places[number] for number in step.numbers] == cited
    assert len(places) == len(merged.places), "a number stands for one place"
    assert len(set(places.values())) == len(places), "a place has one number"
    assert with_role(answer, None) == answer


def test_role_steps_stand_only_where_they_help(library: Library) -> None:
    def takes(answer_id: str) -> bool:
        answer = current_content().answer(answer_id)
        assert answer is not None
        return takes_role(answer, library)

    assert takes("respond/refer")
    assert not takes("respond/role-police")
    for one in (*library.urgent, *(t for t in library.topics if t.startswith("support/"))):
        assert not takes(one), one


def test_a_role_that_is_gone_adds_nothing() -> None:
    content = current_content()
    assert content.answer("respond/refer", role="astronaut") == content.answer("respond/refer")


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
