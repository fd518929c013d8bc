"""Everything that is written is compiled."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import yaml

from assistant.answers import current_content
from assistant.answers.compiling import compile_content
from assistant.guidance import Library, guided_id, load_library
from assistant.project import Project, find_project


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


COMPILED = """
import sys
from tests.answers.test_compiling import compiled
sys.stdout.write(compiled())
"""


def compiled() -> str:
    """All content as its file has it."""
    project = find_project()
    responses = yaml.safe_load(project.domain.read_text(encoding="utf-8"))["responses"]
    return json.dumps(compile_content(load_library(project.data), responses))


def test_the_same_content_is_compiled_to_the_same_file_whatever_order_sets_have(
    project: Project,
) -> None:
    """So that two machines that made it can be compared."""
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    elsewhere = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COMPILED],
        cwd=project.root,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(project.root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout == compiled()
