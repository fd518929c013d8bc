"""Content of the guided conversations: what is refused, and the order of pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.guidance import ContentError, Library, load_library
from tests.conftest import Edit


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "fix"),
    [
        ("guided/signs.yml", "topic: recognise/", "topic: recognize/", "topic.0", "no such topic"),
        ("guided/signs.yml", "  start:", "  begin:", "pages", "the first page is 'start'"),
        (
            "guided/signs.yml",
            "facts: [child-sign-change]",
            "facts: [child-sign-changed]",
            "pages.start.points.2.facts.0",
            "no such fact",
        ),
        (
            "guided/signs.yml",
            "cite: national-review:local/enquiries",
            "cite: national-review:local/enquiry",
            "review.0.cite",
            "no such section",
        ),
        (
            "guided/reflection.yml",
            "choices: [alone,",
            "choices: [lone,",
            "pages.start.choices.0",
            "no such page",
        ),
        (
            "guided/signs.yml",
            "contacts: [childrens-social-care,",
            "contacts: [childrens-social-caer,",
            "pages.start.contacts.0",
            "no such contact",
        ),
        ("roles.yml", "themes: [recognise", "themes: [recognize", "themes.0", "no such theme"),
        (
            "roles.yml",
            "topic: respond/role-police",
            "topic: respond/police",
            "roles.police.topic.0",
            "no such topic",
        ),
        (
            "service-search.yml",
            "matches: [non-abusing-parents]",
            "matches: [parents]",
            "questions.audience.options.parent.matches.0",
            "no such word",
        ),
        ("service-search.yml", "  area:\n", "  region:\n", "questions", "in this order"),
        (
            "guidance/respond/refer.yml",
            "guided: referral-checklist",
            "guided: referal-checklist",
            "guided.0",
            "no such guided conversation",
        ),
    ],
)
def test_wrong_content_is_refused_with_file_field_and_fix(
    content: Path, edit: Edit, file: str, old: str, new: str, field: str, fix: str
) -> None:
    edit(file, old, new)
    with pytest.raises(ContentError) as caught:
        load_library(content)
    assert [p for p in caught.value.problems if p.field == field and fix in p.fix], caught.value
    assert all(problem.path == content / file for problem in caught.value.problems)


def test_a_guide_has_no_name_that_another_has(content: Path) -> None:
    for name in ("my-role", "find-a-service", "Upper"):
        (content / "guided" / f"{name}.yml").write_text("title: x\n")
    with pytest.raises(ContentError) as caught:
        load_library(content)
    named = {p.path.stem for p in caught.value.problems if "name is taken" in p.fix}
    assert named == {"my-role", "find-a-service", "Upper"}


def test_next_and_back_pass_over_pages_that_are_chosen(library: Library) -> None:
    reflection = library.guides["reflection"]
    assert reflection.after("supervision") == "question-1"
    assert reflection.before("question-1") == "start" == reflection.before("group")
    assert reflection.after("end") is None and reflection.before("start") is None
