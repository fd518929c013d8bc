"""Signatures: whose they are, and that one holds for the very words and no others."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from assistant.answers import Answer, Content, load_content
from assistant.editing.checked import Checked
from assistant.editing.sign_off import (
    FILE,
    RULES,
    SignOffError,
    digest_of_answer,
    read_signatures,
    sign_off,
    state_of,
    states,
)
from assistant.guidance import ContentError, Library, load_examples
from assistant.operations.doctor import signed_off
from assistant.project import Project

TOPIC, TODAY = "talk/recording", datetime.date(2026, 12, 1)


@pytest.fixture(scope="module")
def compiled(project: Project) -> Content:
    return load_content(project)


@pytest.fixture
def answer(compiled: Content) -> Answer:
    found = compiled.answer(TOPIC)
    assert found is not None
    return found


def test_nothing_is_signed_off_that_nobody_signed(project: Project) -> None:
    assert read_signatures(project.data) == {}


def test_a_signature_is_kept_and_read(tmp_path: Path, answer: Answer) -> None:
    sign_off(tmp_path, answer, 'The "office": #1', "Designated lead", TODAY)
    kept = read_signatures(tmp_path)[TOPIC]
    assert (kept.by, kept.role, kept.date) == ('The "office": #1', "Designated lead", TODAY)
    assert state_of(answer, kept) == "signed"
    again = sign_off(tmp_path, answer, "Another office", "Doctor", TODAY)
    assert read_signatures(tmp_path) == {TOPIC: again}


def test_a_changed_word_unsigns_and_a_new_day_does_not(tmp_path: Path, answer: Answer) -> None:
    signature = sign_off(tmp_path, answer, "An office", "Lead", TODAY)
    point = answer.points[0].copy(update={"text": "Other words."})
    changed = answer.copy(update={"points": (point, *answer.points[1:])})
    assert state_of(changed, signature) == "changed"
    number = answer.contacts[0].copy(update={"phone": "1"})
    assert state_of(answer.copy(update={"contacts": (number,)}), signature) == "changed"
    duty = answer.points[0].copy(update={"duty": "may"})
    assert digest_of_answer(answer.copy(update={"points": (duty,)})) != signature.digest
    looked_at = [one.copy(update={"checked": "2027-01-01"}) for one in answer.contacts]
    same = answer.copy(update={"reviewed": "2027-01-01", "contacts": tuple(looked_at)})
    assert state_of(same, signature) == "signed"
    assert state_of(answer, None) == "unsigned"


@pytest.mark.parametrize(("by", "role"), [(" ", "Lead"), ("An office", "")])
def test_nobody_signs_namelessly(tmp_path: Path, answer: Answer, by: str, role: str) -> None:
    with pytest.raises(SignOffError):
        sign_off(tmp_path, answer, by, role, TODAY)
    assert not (tmp_path / FILE).exists()


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("signed_off: {talk/recording: {digest: x, by: a, role: b}}")
    with pytest.raises(ContentError) as refused:
        read_signatures(tmp_path)
    named = [problem.field for problem in refused.value.problems]
    assert "signed_off.talk/recording.digest" in named and "signed_off.talk/recording.date" in named


def test_the_check_names_what_is_no_answer_and_no_day_yet(
    tmp_path: Path, library: Library, project: Project
) -> None:
    signature = "{digest: '0123456789abcdef', by: An office, role: Lead, date: 2027-01-01}"
    (tmp_path / FILE).write_text(f"signed_off:\n  talk/nothing: {signature}\n")
    checked = Checked(tmp_path, library, load_examples(project.data), TODAY)
    found = [problem.fix for rule in RULES for problem in rule(checked)]
    assert found == ["no such answer; take it out", "a day to come; correct it"]


def test_doctor_warns_and_does_not_fail(
    project: Project, library: Library, compiled: Content
) -> None:
    found = signed_off(project)
    total = len(library.topics) + len(library.urgent)
    assert set(states(library, compiled, {}).values()) == {"unsigned"}
    assert found.problem is None and found.warning is not None
    assert f"of {total} answers" in found.warning and "notice sign-off" in found.warning
