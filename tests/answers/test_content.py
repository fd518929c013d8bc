"""What the compiled content gives, and to whom."""

from __future__ import annotations

from typing import Optional

import yaml

from assistant.answers import Content, current_content
from assistant.answers.compiling import compile_content
from assistant.guidance import Library, Nation
from assistant.project import Project


def test_what_is_not_there_is_none() -> None:
    content = current_content()
    assert content.answer("talk/no-such") is None and not content.has("talk/no-such")
    assert content.title("talk/no-such") == ""
    assert content.said("utter_no_such") is None and content.page("guided/no/such") is None
    assert [one.id for one in content.contacts(["gone", "childline"])] == ["childline"]


def test_the_deployments_own_nation_holds_where_a_person_says_none(library: Library) -> None:
    data = compile_content(library, {})
    both, wales = Content(data), Content({**data, "nation": "Wales"})
    answer = "respond/refer"
    assert wales.answer(answer) == both.answer(answer, nation="Wales")
    assert wales.answer(answer) != both.answer(answer)
    assert wales.answer(answer, nation="England") == both.answer(answer, nation="England")


def test_who_asks_about_privacy_is_told_and_not_collected() -> None:
    """The question holds what people fear: it is none of the unanswered ones that editors read."""
    said = current_content().said("utter_privacy")
    assert said and said.kind == "smalltalk" and not said.buttons
    assert set(said.contacts) == {"police-emergency", "childline"}
    for part in ("cannot promise", "30 days", "court case", "Clear chat", "reports nothing"):
        assert part in said.text
    for name in ("utter_privacy", "utter_if_bot"):
        assert (one := current_content().said(name)) and "reading along" not in one.text


def test_what_is_said_gives_the_contacts_of_the_persons_nation(
    project: Project, library: Library
) -> None:
    responses = yaml.safe_load(project.domain.read_text())["responses"]
    data = compile_content(library, responses)
    both, wales = Content(data), Content({**data, "nation": "Wales"})
    cases: list[tuple[Content, Optional[Nation]]]
    cases = [(both, "Wales"), (both, "England"), (wales, None), (wales, "England")]
    for content, nation in cases:
        own, ours = nation or "Wales", set(content.scripted_texts)
        for name in responses:
            said, everywhere = content.said(name, nation), both.said(name)
            assert said and everywhere
            routes = both.contacts(everywhere.contacts)
            kept = [one for one in routes if one.territory in (own, "both", "UK")]
            assert list(said.contacts) == [one.id for one in kept]
            for one in routes:
                assert (f"  {one.name}: " in said.text) == (one in kept), (name, own)
            # Known as ours, so that nothing of it is masked when a chat is kept.
            assert said.text in ours
        other = content.said_in("pl", nation)
        assert (f"childrens-social-care{'-wales' if own == 'Wales' else ''}") in other.contacts
        assert len(both.said_in("pl").contacts) == len(other.contacts) + 1
    for name in ("utter_official_routes", "utter_human_contacts"):
        said = both.said(name, "Wales")
        assert said and "childrens-social-care-wales" in said.contacts


def test_the_titles_of_all_buttons_are_known() -> None:
    choices = current_content().choices
    assert {"Start", "Next", "Back", "Stop", "Finish", "Recording what a child says"} <= choices
    assert "England" in choices or "Wales" in choices
