"""The JSON Schemas are those of the models, every content file keeps to its own."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import yaml

from assistant.channels.web.description import OPENAPI, WIDGET_TYPES
from assistant.cli import run
from assistant.editing.schema import SCHEMAS, FileSchema, as_text, editor_settings, schema_of
from assistant.project import Project
from tests.editing.conftest import made_up

BY_NAME = {one.name: one for one in SCHEMAS}


def plain(value: Any) -> Any:
    """As an editor's YAML reader sees it: keys and dates are texts."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def errors(name: str, content: Any) -> list[str]:
    validator = jsonschema.Draft7Validator(schema_of(BY_NAME[name]))
    return [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
        for error in validator.iter_errors(plain(content))
    ]


@pytest.mark.parametrize("one", SCHEMAS, ids=lambda one: one.name)
def test_the_schema_in_the_repository_is_the_models(one: FileSchema, project: Project) -> None:
    written = (project.root / one.path).read_text(encoding="utf-8")
    assert written == as_text(schema_of(one)), "run notice schema"
    jsonschema.Draft7Validator.check_schema(json.loads(written))


@pytest.mark.parametrize("one", SCHEMAS, ids=lambda one: one.name)
def test_every_content_file_keeps_to_its_schema(one: FileSchema, project: Project) -> None:
    files = [file for pattern in one.files for file in project.root.glob(pattern)]
    assert files
    for file in files:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        assert errors(one.name, content) == [], file


def test_every_content_file_has_a_schema(project: Project) -> None:
    covered = {
        file for one in SCHEMAS for pattern in one.files for file in project.root.glob(pattern)
    }
    # What Rasa reads in its own format is described by Rasa.
    rasas = [project.data / "rules.yml", *(project.data / "nlu").glob("*.yml")]
    assert set(project.data.rglob("*.yml")) == {*covered, *rasas}


def test_editors_are_told_which_schema_goes_with_which_files(project: Project) -> None:
    settings = json.loads((project.root / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings == editor_settings()


def test_a_misspelt_field_a_wrong_word_and_an_empty_list_are_red(project: Project) -> None:
    answer = made_up()["guidance/talk/recording.yml"]
    assert errors("topic", answer) == []
    for field, value in (
        ("leed", "misspelt"),
        ("lead", ""),
        ("points", []),
        ("points", [{"text": "a", "facts": []}]),
        ("points", [{"text": "a", "facts": ["write"], "duty": "shall"}]),
        ("review", [{"cite": "Review, page 3", "says": "a", "fit": "nearest"}]),
        ("id", "talk/recording"),
    ):
        assert errors("topic", {**answer, field: value}), field


def test_a_short_form_in_capitals_or_without_meaning_is_red() -> None:
    assert errors("shorthand", {"terms": {"s.47": "an enquiry"}, "everyday": {}}) == []
    for terms in ({"LADO": "officer"}, {"a b": "officer"}, {"lado": ""}, {"lado": None}):
        assert errors("shorthand", {"terms": terms, "everyday": {}}), terms


def test_an_address_starts_with_https() -> None:
    sources = made_up()["sources.yml"]
    sources["sources"]["the-act"]["url"] = "http://example.org"
    assert any("url" in error for error in errors("sources", sources))
    sources["sources"]["the-act"]["url"] = "https://example.org"
    assert errors("sources", sources) == []


def test_the_command_writes_all(project: Project, content: Any, monkeypatch: Any) -> None:
    root = content.parent
    (root / "config.yml").touch()
    for file in (content / "schema").iterdir():
        file.unlink()
    monkeypatch.setenv("NOTICE_HOME", str(root))
    assert run(["schema"]) == 0
    for path in (*(one.path for one in SCHEMAS), OPENAPI, WIDGET_TYPES):
        assert (root / path).read_text() == (project.root / path).read_text()
