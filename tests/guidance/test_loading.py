"""Content that breaks a rule is refused, with file, line, field and mend, all at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.guidance import Citation, ContentError, Library, load_library
from assistant.guidance.model import Section
from tests.conftest import Edit

TOPIC = "guidance/talk/recording.yml"


def problems(content: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_library(content)
    return [str(problem) for problem in caught.value.problems]


def line_of(content: Path, name: str, text: str) -> int:
    lines = (content / name).read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, start=1) if text in line)


def test_every_topic_of_the_catalogue_is_answered(library: Library) -> None:
    assert {entry.id for entry in library.catalogue} == set(library.topics)
    assert len(library.urgent) == 11


def test_every_answer_points_to_the_review_and_every_point_is_cited(library: Library) -> None:
    for topic in library.topics.values():
        assert topic.review, topic.id
        assert all(point.cite for point in (*topic.answer.points, *topic.answer.more)), topic.id
    for situation in library.urgent.values():
        assert situation.review and situation.reply.tell.cite, situation.id
        assert all(step.cite for step in situation.reply.steps), situation.id


def test_a_topic_without_a_section_of_the_review_is_refused(content: Path) -> None:
    path = content / TOPIC
    text = re.sub(r"^review: .*$", "review: []", path.read_text(), flags=re.MULTILINE)
    path.write_text(text)
    line = line_of(content, TOPIC, "review: []")
    (problem,) = problems(content)
    assert problem.endswith("review: at least one section of the national review is needed")
    assert f"recording.yml:{line}:" in problem


def test_another_document_cannot_stand_for_the_review(content: Path) -> None:
    path = content / TOPIC
    text = re.sub(r"^review: .*$", "review: [kcsie-2026]", path.read_text(), flags=re.MULTILINE)
    path.write_text(text)
    assert "not a section of the national review" in problems(content)[0]


def test_a_point_without_a_citation_is_refused(content: Path) -> None:
    path = content / TOPIC
    text = path.read_text()
    path.write_text(re.sub(r"      cite: .*\n", "", text, count=1))
    (problem,) = problems(content)
    assert "answer.points.0.cite: add this field" in problem
    assert f"recording.yml:{line_of(content, TOPIC, '    - text:')}:" in problem


def test_all_problems_are_reported_at_once(content: Path, edit: Edit) -> None:
    edit(TOPIC, "title:", "titel:")
    edit("guidance/talk/confidentiality.yml", "next: [", "next: [talk/no-such-topic, ")
    edit("contacts.yml", "area: UK", "arae: UK")
    found = "\n".join(problems(content))
    for part in (
        "titel: no such field",
        "title: add this field",
        "talk/no-such-topic: there is no such topic",
        "police-emergency.arae",
        "police-emergency.area",
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
    assert any(
        "national-review:key-finding: there is no such section" in p for p in problems(content)
    )


def test_must_needs_law_or_statutory_guidance(content: Path) -> None:
    path = content / TOPIC
    text = path.read_text()
    text = re.sub(
        r"(      cite: )\[.*\]\n", r"\1[basw-review-2024]\n      duty: must\n", text, count=1
    )
    path.write_text(text)
    assert any("'must' needs a citation of law" in problem for problem in problems(content))


def test_a_key_written_twice_is_refused(content: Path) -> None:
    path = content / TOPIC
    path.write_text(path.read_text() + "title: Again\n")
    assert any("'title' is written twice" in problem for problem in problems(content))


def test_bad_yaml_names_the_line(content: Path, edit: Edit) -> None:
    edit(TOPIC, "title: ", "title: [")
    assert re.search(r"recording\.yml:\d+: not valid YAML", problems(content)[0])


def test_a_missing_register_is_said(content: Path) -> None:
    (content / "sources.yml").unlink()
    assert any("sources.yml:1: the file is missing" in problem for problem in problems(content))


def test_local_contacts_may_replace_local_routes_only(content: Path) -> None:
    local = content / "local.yml"
    entry = "{name: Our team, phone: '01632 960000', checked: 2026-11-21}"
    local.write_text(f"area: Our area\ncontacts:\n  samaritans: {entry}\n  lado: {entry}\n")
    (problem,) = problems(content)
    assert "local.yml:3: contacts.samaritans: this contact is national" in problem


def test_the_example_of_local_contacts_is_right(content: Path) -> None:
    (content / "local.example.yml").rename(content / "local.yml")
    local = load_library(content).local
    assert local and set(local.contacts) == {"childrens-social-care", "out-of-hours-team", "lado"}


def test_the_library_cannot_be_changed(library: Library) -> None:
    with pytest.raises(TypeError):
        library.topics["talk/new"] = library.topics["talk/recording"]  # type: ignore[index]
    with pytest.raises(TypeError):
        library.topics["talk/recording"].title = "Other"


def test_a_citation_has_a_source_and_perhaps_a_section() -> None:
    assert Citation("kcsie-2026").section is None
    assert Citation("national-review:local/health").section == "local/health"
    assert Citation("national-review:local/health").source == "national-review"


def test_a_page_is_printed_only_as_strongly_as_it_is_known(library: Library) -> None:
    review = library.sources["national-review"]
    assert review.sections["page-13"].place == "decisions of the family courts, reported page 13"
    assert Section(label="a place", pages="7").place == "a place"
    assert Section(label="a place", pages="7", page_status="confirmed").place == "a place, page 7"


def test_no_chapter_of_the_review_is_named(library: Library) -> None:
    for section in library.sources["national-review"].sections.values():
        assert "chapter" not in section.place.lower()
        assert not (section.number and section.number_status == "unknown")
