"""``content.json`` is true to what it is made of."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Callable

import pytest

import assistant
from assistant.answers.loading import content_digest, load_content
from assistant.guidance import Library, load_library
from assistant.project import Project

TOPIC = "guidance/talk/recording.yml"


ANSWERS: list[tuple[str, Callable[[Path], object]]] = [
    ("an answer", lambda root: append(root / "data" / TOPIC)),
    ("an urgent reply", lambda root: append(root / "data/urgency/replies/child-user.yml")),
    ("a contact", lambda root: append(root / "data/contacts.yml")),
    ("a fact", lambda root: append(root / "data/facts/talk-and-urgent.yml")),
    ("patterns", lambda root: append(root / "data/urgency/patterns.yml")),
    ("who is harmed", lambda root: append(root / "data/urgency/harm.yml")),
    ("roles", lambda root: append(root / "data/roles.yml")),
    ("languages", lambda root: append(root / "data/languages.yml")),
    ("hand-written responses", lambda root: append(root / "domain.yml")),
    ("own numbers", lambda root: (root / "data/local.yml").write_text("area: Ours\n")),
    ("a renamed topic", lambda root: rename(root / "data" / TOPIC, "notes.yml")),
    ("a renamed theme", lambda root: rename(root / "data/guidance/learning", "lessons")),
]

EXAMPLES = [
    "questions/talk/recording.yml",
    "voices/child.yml",
    "urgency/examples/child-user.yml",
    "urgency/not-urgent.yml",
    "rules.yml",
    "nlu/conversation.yml",
    "shorthand.yml",
]


def append(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


def rename(path: Path, name: str) -> None:
    path.rename(path.with_name(name))


@pytest.mark.parametrize(("what", "change"), ANSWERS)
def test_the_digest_changes_with_what_is_said(
    copy: Project, what: str, change: Callable[[Path], None]
) -> None:
    before = content_digest(copy)
    change(copy.root)
    assert content_digest(copy) != before, what


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_digest_does_not_change_with_how_people_ask(copy: Project, name: str) -> None:
    before = content_digest(copy)
    append(copy.data / name)
    assert content_digest(copy) == before


def test_a_copy_elsewhere_has_the_same_digest(project: Project, copy: Project) -> None:
    (copy.data / "local.yml").unlink(missing_ok=True)
    local = project.data / "local.yml"
    if not local.exists():
        assert content_digest(copy) == content_digest(project)


@pytest.mark.parametrize("folder", ["answers", "guidance"])
def test_the_digest_changes_with_the_code_that_compiles(
    copy: Project, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = content_digest(copy), Path.read_bytes
    changed = Path(assistant.__file__).parent / folder / "__init__.py"
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b"#" * (path == changed))
    assert content_digest(copy) != before


def test_it_is_compiled_once_and_read_from_then_on(
    copy: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def counted(data: Path) -> Library:
        made.append(data)
        return load_library(data)

    monkeypatch.setattr("assistant.answers.loading.load_library", counted)
    first, second = load_content(copy), load_content(copy)
    assert made == [copy.data]
    assert first.digest == second.digest
    assert list(first.answer_ids) == list(second.answer_ids)
    append(copy.data / TOPIC)
    load_content(copy)
    assert len(made) == 2


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '"text"', '{"digest": 1}'])
def test_a_damaged_file_is_made_anew(copy: Project, damage: str) -> None:
    copy.content.parent.mkdir()
    copy.content.write_text(damage)
    assert load_content(copy).has("talk/recording")
    assert json.loads(copy.content.read_text())["digest"] == content_digest(copy)


def test_a_folder_that_cannot_be_written_to_costs_time_only(
    copy: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**place: Path | str) -> None:
        raise PermissionError("a read-only container")

    monkeypatch.setattr(tempfile, "mkstemp", refused)
    assert load_content(copy).has("talk/recording")
    assert not copy.content.exists()


def test_no_half_file_is_ever_left(copy: Project) -> None:
    load_content(copy)
    assert [path.name for path in copy.models.iterdir()] == ["content.json"]
