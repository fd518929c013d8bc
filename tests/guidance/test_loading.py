"""Content that breaks a rule is refused, with file, line, field and fix, all at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.guidance import (
    GENERAL,
    ContentError,
    Library,
    Registers,
    load_library,
    load_registers,
)
from tests.conftest import Edit

TOPIC = "guidance/talk/recording.yml"
REPLY = "urgency/replies/child-user.yml"


def problems(content: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_library(content)
    return [str(problem) for problem in caught.value.problems]


def line_of(content: Path, name: str, text: str) -> int:
    lines = (content / name).read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, start=1) if text in line)


def swap(content: Path, name: str, pattern: str, new: str) -> None:
    """Replace the first match of a pattern in a file; there must be one."""
    path = content / name
    text, count = re.subn(pattern, new, path.read_text(), count=1, flags=re.M | re.S)
    assert count == 1, f"{pattern!r} is not in {name}"
    path.write_text(text)


def test_every_topic_of_the_catalogue_is_answered(library: Library) -> None:
    assert {entry.id for entry in library.catalogue} == set(library.topics)


def test_every_answer_points_to_the_review_and_every_point_to_its_facts(library: Library) -> None:
    for topic in library.topics.values():
        assert topic.review and all(link.says for link in topic.review), topic.id
        assert all(point.facts for point in (*topic.points, *topic.more)), topic.id
    for situation in library.urgent.values():
        assert situation.review and situation.tell.facts, situation.id
        assert all(step.facts for step in situation.steps), situation.id


def test_the_general_urgent_reply_cannot_be_left_out(content: Path) -> None:
    assert GENERAL in load_library(content).urgent
    (content / "urgency" / "replies" / "general.yml").unlink()
    assert any("the general reply is missing" in one for one in problems(content))


@pytest.mark.parametrize("name", [TOPIC, REPLY])
def test_an_answer_without_a_section_of_the_review_is_refused(content: Path, name: str) -> None:
    swap(content, name, r"^review:\n(?: [^\n]*\n)+", "review: []\n")
    line = line_of(content, name, "review: []")
    (problem,) = problems(content)
    assert problem.endswith("review: give at least one")
    assert f"{Path(name).name}:{line}:" in problem


def test_a_section_without_its_sentence_is_refused(content: Path) -> None:
    swap(content, TOPIC, r"^    says: .*?\n(?=    \w)", "")
    (problem,) = problems(content)
    assert "review.0.says: add this field" in problem


def test_another_document_cannot_stand_for_the_review(content: Path) -> None:
    swap(content, TOPIC, r"cite: national-review[\w:/-]*", "cite: kcsie-2026")
    assert "not a section of the national review" in problems(content)[0]


def test_a_point_without_a_fact_is_refused(content: Path) -> None:
    swap(content, TOPIC, r"^    facts: .*?\n", "")
    (problem,) = problems(content)
    assert "points.0.facts: add this field" in problem
    assert f"recording.yml:{line_of(content, TOPIC, '  - text:')}:" in problem
    swap(content, TOPIC, r"^    duty: should\n", "    facts: []\n    duty: should\n")
    assert "points.0.facts: give at least one" in problems(content)[0]


def test_a_fact_that_is_not_known_is_refused(content: Path) -> None:
    swap(content, TOPIC, r"facts: \[", "facts: [no-such-fact, ")
    (problem,) = problems(content)
    assert "no-such-fact: there is no such fact in facts/" in problem


def test_all_problems_are_reported_at_once(content: Path, edit: Edit) -> None:
    edit(TOPIC, "title:", "titel:")
    edit("guidance/talk/confidentiality.yml", "next: [", "next: [talk/no-such-topic, ")
    edit("contacts.yml", "    territory: UK", "    teritory: UK")
    found = "\n".join(problems(content))
    for part in (
        "titel: no such field",
        "title: add this field",
        "talk/no-such-topic: there is no such topic",
        "police-emergency.teritory: no such field",
        "police-emergency.territory: add this field",
    ):
        assert part in found


@pytest.mark.parametrize(
    ("removed", "register"),
    [
        ("  childrens-social-care:\n", "contacts.yml"),
        ("  kcsie-2026:", "sources.yml"),
    ],
)
def test_a_removed_contact_or_source_is_missed_with_file_and_line(
    content: Path, edit: Edit, removed: str, register: str
) -> None:
    name = removed.strip().rstrip(":")
    edit(register, removed, removed.replace(name, f"{name}-renamed"))
    found = problems(content)
    assert any(re.search(rf"\.yml:\d+: .*{name}.*there is no such", one) for one in found)


def test_a_removed_section_is_missed(content: Path, edit: Edit) -> None:
    edit("sources.yml", "      key-finding:\n", "      key-finding-gone:\n")
    assert any("key-finding: there is no such section" in p for p in problems(content))


@pytest.mark.parametrize("standing", ["research", "local"])
def test_must_needs_law_or_statutory_guidance(
    content: Path, library: Library, standing: str
) -> None:
    news = next(
        fact.id
        for fact in library.facts.values()
        if library.sources[fact.authority.source].standing == standing
    )
    swap(
        content, TOPIC, r"    facts: \[.*?\]\n    duty: \w+", f"    facts: [{news}]\n    duty: must"
    )
    assert any(
        "'must' needs a fact whose authority is law" in problem for problem in problems(content)
    )


def test_a_key_written_twice_is_refused(content: Path) -> None:
    path = content / TOPIC
    path.write_text(path.read_text() + "title: Again\n")
    assert any("'title' is written twice" in problem for problem in problems(content))


def test_bad_yaml_names_the_line(content: Path, edit: Edit) -> None:
    edit(TOPIC, "title: ", "title: [")
    assert re.search(r"recording\.yml:\d+: not valid YAML", problems(content)[0])


@pytest.mark.parametrize("register", ["sources.yml", "contacts.yml", "urgency/harm.yml"])
def test_a_missing_register_is_said(content: Path, register: str) -> None:
    (content / register).unlink()
    assert any(f"{register}:1: the file is missing" in problem for problem in problems(content))


def test_a_reply_that_harms_and_does_not_exist_is_missed(content: Path, edit: Edit) -> None:
    edit("urgency/harm.yml", "- urgent/risk-from-self", "- urgent/risk-from-sefl")
    assert any("urgent/risk-from-sefl: there is no such reply" in one for one in problems(content))


def test_local_contacts_may_replace_local_routes_only(content: Path) -> None:
    local = content / "local.yml"
    entry = "{name: Our team, phone: '01632 960000', checked: 2026-11-21}"
    local.write_text(f"area: Our area\ncontacts:\n  samaritans: {entry}\n  lado: {entry}\n")
    (problem,) = problems(content)
    assert "local.yml:3: contacts.samaritans: this contact is national" in problem


def test_the_example_of_local_contacts_is_right(content: Path) -> None:
    (content / "local.example.yml").rename(content / "local.yml")
    local = load_library(content).local
    named = {"childrens-social-care", "out-of-hours-team", "safeguarding-lead", "lado"}
    assert local and set(local.contacts) == named


def test_whom_only_a_partnership_knows_is_shown_in_answers_that_there_are(
    content: Path, edit: Edit
) -> None:
    edit("contacts.yml", "      - respond/refer\n", "      - respond/reffer\n")
    (problem,) = problems(content)
    assert "also_in.1: respond/reffer: there is no such answer" in problem
    edit("contacts.yml", "      - respond/reffer\n", "      - respond/refer\n")
    edit("contacts.yml", "    local: true\n    also_in:", "    also_in:")
    (problem,) = problems(content)
    assert "only a contact with local: true is filled in" in problem


def test_the_registers_alone_are_those_of_the_library(content: Path) -> None:
    library, registers = load_library(content), load_registers(content)
    assert registers == Registers(**{name: getattr(library, name) for name in registers.__fields__})
    with pytest.raises(TypeError):
        registers.contacts["childline"] = library.contacts["lado"]  # type: ignore[index]


def test_the_registers_name_what_is_wrong_in_them_alone(content: Path) -> None:
    topic = content / "guidance" / "talk" / "recording.yml"
    topic.write_text("title: nothing else\n")
    load_registers(content)
    register = content / "contacts.yml"
    register.write_text(
        register.read_text().replace("  childline:\n    name:", "  childline:\n    nme:")
    )
    with pytest.raises(ContentError, match=r"contacts\.yml:\d+"):
        load_registers(content)


def test_the_library_cannot_be_changed(library: Library) -> None:
    with pytest.raises(TypeError):
        library.topics["talk/new"] = library.topics["talk/recording"]  # type: ignore[index]
    with pytest.raises(TypeError):
        library.topics["talk/recording"].title = "Other"
