"""Signatures: whose they are, and that one holds for the very words and no others."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any, Callable

import pytest

from assistant.answers import Content, load_content
from assistant.cli import run
from assistant.editing.change_log import reviewers
from assistant.editing.content_to_check import ContentToCheck
from assistant.editing.sign_off import (
    FILE,
    RULES,
    SignOffError,
    digest_of_told,
    of_theme,
    read_signatures,
    sign_off,
    state_of,
    states,
    to_be_signed,
)
from assistant.guidance import ContentError, Library, load_examples
from assistant.operations.doctor import signed_off
from assistant.project import Project

TOPIC, TODAY = "talk/recording", datetime.date(2026, 12, 1)

Changed = Callable[[Callable[[dict[str, Any]], None]], Content]


@pytest.fixture(scope="module")
def compiled(project: Project) -> Content:
    return load_content(project)


@pytest.fixture
def changed(project: Project, compiled: Content) -> Changed:
    """The content with a change of what it is made of."""

    def made(change: Callable[[dict[str, Any]], None]) -> Content:
        data: dict[str, Any] = json.loads(project.content.read_text(encoding="utf-8"))
        assert data["digest"] == compiled.digest
        change(data)
        return Content(data)

    return made


def test_nothing_is_signed_off_that_nobody_signed(project: Project) -> None:
    assert read_signatures(project.data) == {}


def test_a_signature_is_kept_and_read(tmp_path: Path, compiled: Content) -> None:
    sign_off(tmp_path, [TOPIC], compiled, 'The "office": #1', "Designated lead", TODAY)
    kept = read_signatures(tmp_path)[TOPIC]
    assert (kept.by, kept.role, kept.date) == ('The "office": #1', "Designated lead", TODAY)
    assert state_of(TOPIC, compiled, kept) == "signed"
    again = sign_off(tmp_path, [TOPIC], compiled, "Another office", "Doctor", TODAY)
    assert read_signatures(tmp_path) == again


def test_a_changed_word_unsigns_and_a_new_day_does_not(compiled: Content, changed: Changed) -> None:
    def differs(change: Callable[[dict[str, Any]], None]) -> bool:
        return digest_of_told(TOPIC, changed(change)) != digest_of_told(TOPIC, compiled)

    def answer(data: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = data["answers"][TOPIC]
        return found

    assert differs(lambda data: answer(data)["points"][0].update(text="Other words."))
    assert differs(lambda data: answer(data)["points"][0].update(duty="may"))
    assert differs(lambda data: answer(data)["contacts"][0].update(phone="1"))
    assert differs(lambda data: answer(data)["places"][0].update(edition="Another"))
    assert differs(lambda data: data["welsh"]["answers"][TOPIC].update(lead="Geiriau eraill."))
    assert differs(lambda data: data["welsh"]["answers"].pop(TOPIC))

    def looked_at(data: dict[str, Any]) -> None:
        answer(data)["reviewed"] = "2027-01-01"
        for one in (*answer(data)["contacts"], *answer(data)["places"]):
            one["checked"] = "2027-01-01"

    assert not differs(looked_at)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("guided/signs", lambda data: data["answers"]["guided/signs/emotional"].update(lead="x")),
        (
            "guided/my-role",
            lambda data: data["answers"]["guided/my-role/police"]["points"][0].update(text="x"),
        ),
        (
            "guided/find-a-service",
            lambda data: data["search"]["services"][0]["route"].update(phone="1"),
        ),
        ("guided/find-a-service", lambda data: data["said"]["utter_ask_area"].update(text="x")),
        ("replies/greet", lambda data: data["said"]["utter_greet"].update(text="x")),
        ("replies/other_language", lambda data: data["languages"]["cy"].update(text="x")),
        (
            "urgent/child-user",
            lambda data: data["welsh"]["answers"]["urgent/child-user"].update(lead="x"),
        ),
    ],
)
def test_guided_conversations_roles_and_fixed_replies_are_signed_for_their_words(
    compiled: Content, changed: Changed, name: str, change: Callable[[dict[str, Any]], None]
) -> None:
    now, then = (
        {one: digest_of_told(one, content) for one in to_be_signed(content)}
        for content in (changed(change), compiled)
    )
    assert {one for one in now if now[one] != then[one]} == {name}


def test_a_service_looked_at_again_unsigns_nothing(compiled: Content, changed: Changed) -> None:
    def looked_at(data: dict[str, Any]) -> None:
        for service in data["search"]["services"]:
            route = service["route"]
            assert route["when"].endswith(("2026.", "2026"))
            route.update(checked="2027-06-01", when=route["when"].replace("2026", "2027"))

    name = "guided/find-a-service"
    assert digest_of_told(name, changed(looked_at)) == digest_of_told(name, compiled)


@pytest.mark.parametrize(("by", "role"), [(" ", "Lead"), ("An office", "")])
def test_nobody_signs_namelessly(tmp_path: Path, compiled: Content, by: str, role: str) -> None:
    with pytest.raises(SignOffError):
        sign_off(tmp_path, [TOPIC], compiled, by, role, TODAY)
    assert not (tmp_path / FILE).exists()


def test_all_or_nothing_is_signed(tmp_path: Path, compiled: Content) -> None:
    with pytest.raises(SignOffError, match="talk/nothing"):
        sign_off(tmp_path, [TOPIC, "talk/nothing"], compiled, "An office", "Lead", TODAY)
    with pytest.raises(SignOffError, match="no theme"):
        of_theme("nothing", compiled)
    assert not (tmp_path / FILE).exists()


def test_several_and_whole_themes_are_signed_at_once(
    copy: Project, compiled: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTICE_HOME", str(copy.root))
    who = ["--by", "An office", "--role", "Lead"]
    assert run(["sign-off", TOPIC, "replies/greet", "--theme", "guided", *who]) == 0
    guided = of_theme("guided", compiled)
    assert "guided/my-role" in guided and "guided/signs" in guided
    assert set(read_signatures(copy.data)) == {TOPIC, "replies/greet", *guided}
    assert reviewers(copy)[TOPIC] == "Lead (An office)"
    assert run(["sign-off", *who]) == 2


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
    content = ContentToCheck(tmp_path, library, load_examples(project.data), TODAY)
    found = [problem.fix for rule in RULES for problem in rule(content)]
    assert found == ["no such answer; take it out", "a day to come; correct it"]


def test_the_check_knows_all_that_can_be_signed(
    copy: Project, compiled: Content, library: Library
) -> None:
    sign_off(copy.data, to_be_signed(compiled), compiled, "An office", "Lead", TODAY)
    content = ContentToCheck(copy.data, library, load_examples(copy.data), TODAY)
    assert [problem for rule in RULES for problem in rule(content)] == []


def test_doctor_warns_and_fails_before_a_launch_only(project: Project, compiled: Content) -> None:
    found = signed_off(project)
    total = len(to_be_signed(compiled))
    assert set(states(compiled, {}).values()) == {"unsigned"}
    assert found.problem is None and found.warning is not None
    assert f"of {total} answers" in found.warning and "notice sign-off" in found.warning
    launch = signed_off(project, launch=True)
    assert launch.problem == found.warning and launch.warning is None


def test_nothing_is_wrong_where_all_is_signed(copy: Project, compiled: Content) -> None:
    sign_off(copy.data, to_be_signed(compiled), compiled, "An office", "Lead", TODAY)
    found = signed_off(copy, launch=True)
    assert found.problem is None and found.warning is None
