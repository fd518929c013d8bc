"""Everything that is written is compiled."""

from __future__ import annotations

import yaml

from assistant.answers import current_content
from assistant.guidance import Library, guided_id
from assistant.project import Project


def test_every_topic_situation_page_and_role_has_its_answer(library: Library) -> None:
    content = current_content()
    pages = [guided_id(guide.id, name) for guide in library.guides.values() for name in guide.pages]
    roles = [guided_id("my-role", name) for name in library.roles.roles]
    assert {*library.topics, *library.urgent, *pages, *roles} < set(content.answer_ids)
    for one in content.answer_ids:
        assert content.has(one) and content.answer(one) is not None
    assert set(content.titles) == set(library.topics)


def test_hand_written_responses_have_their_contacts_and_buttons(project: Project) -> None:
    content = current_content()
    routes = content.said("utter_official_routes")
    assert routes and routes.kind == "suggest"
    assert {"police-emergency", "childrens-social-care"} <= set(routes.contacts)
    assert "999" in routes.text
    written = yaml.safe_load(project.domain.read_text())["responses"]
    for name in written:
        assert content.said(name), name
    what = content.said("utter_what_you_do")
    assert what and {"/guided.signs.start", "/guided.my-role.start"} <= {
        button.payload for button in what.buttons
    }


def test_where_a_page_stands(library: Library) -> None:
    content = current_content()
    start = content.page("guided/signs/start")
    assert start and start.before is None and start.after and content.page(start.after)
    end = content.page("guided/reflection/end")
    assert end and end.after is None and end.guide == library.guides["reflection"].title
