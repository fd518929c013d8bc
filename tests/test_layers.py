"""Imports between packages point one way (``[tool.importlinter]`` in pyproject.toml)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from importlinter.cli import lint_imports

from assistant.project import Project

RASAS_OWN = {
    "answer_policy",
    "classifying",
    "component",
    "in_scope",
    "language_finder",
    "own_words_finder",
    "point_finder",
    "role_finder",
    "safe_reply",
    "sentence_encoder",
    "signpost_finder",
    "topic_classifier",
    "urgency_detector",
    "voice_finder",
    "welsh_reader",
    "word_featurizer",
}
"""Modules of ``understanding`` that are Rasa's components and policy."""


@pytest.fixture(scope="module")
def contracts(project: Project) -> list[dict[str, Any]]:
    read = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = read["tool"]["importlinter"]["contracts"]
    return found


@pytest.fixture(autouse=True)
def loggers_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The linter would turn off the loggers of this process, which later tests read."""
    monkeypatch.setattr("importlinter.cli.logging_config.dictConfig", lambda config: None)


def test_imports_point_down_and_content_needs_no_rasa(project: Project) -> None:
    config = project.root / "pyproject.toml"
    assert lint_imports(config_filename=str(config), no_cache=True) == 0


def test_an_import_that_points_up_is_found(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The test above could not fail if the linter saw nothing."""
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    swapped = text.replace('    "turn",\n    "store",\n', '    "store",\n    "turn",\n', 1)
    assert swapped != text
    config = tmp_path / "pyproject.toml"
    config.write_text(swapped, encoding="utf-8")
    assert lint_imports(config_filename=str(config), no_cache=True) != 0
    assert "assistant.turn is not allowed to import assistant.store" in capsys.readouterr().out


def test_an_import_for_types_only_counts_as_well(project: Project) -> None:
    """It would hide an arrow that points up, and a circle."""
    read = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    assert not read["tool"]["importlinter"].get("exclude_type_checking_imports", False)
    ignored = [
        one
        for contract in read["tool"]["importlinter"]["contracts"]
        for one in contract.get("ignore_imports", ())
    ]
    for one in ignored:  # only what a former name stands for may lie above it
        former, _, _ = one.partition(" -> ")
        path = project.root.joinpath(*former.split(".")).with_suffix(".py")
        assert path.read_text(encoding="utf-8").startswith('"""Former name of '), one


def test_every_module_of_understanding_is_rasas_own_or_needs_none(
    project: Project, contracts: list[dict[str, Any]]
) -> None:
    (named,) = [
        one["source_modules"] for one in contracts if "rasa" in one.get("forbidden_modules", ())
    ]
    prefix = "assistant.understanding."
    models = {one.removeprefix(prefix) for one in named if one.startswith(prefix)}
    folder = project.root / "assistant" / "understanding"
    assert models | RASAS_OWN == {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert not models & RASAS_OWN
    for name in RASAS_OWN:
        assert re.search(r"^from rasa", (folder / f"{name}.py").read_text(), re.M), name


@pytest.mark.parametrize(("titled", "package"), [("imports", ""), ("guidance/", ".guidance")])
def test_the_picture_of_the_layers_is_the_contract(
    project: Project, contracts: list[dict[str, Any]], titled: str, package: str
) -> None:
    page = (project.root / "docs" / "architecture.md").read_text(encoding="utf-8")
    (picture,) = re.findall(rf"^```\n {titled}\n(.+?)^```", page, re.MULTILINE | re.DOTALL)
    drawn = [line.split("<")[0].strip(" |v") for line in picture.splitlines()]
    container = [f"assistant{package}"]
    (layers,) = [one["layers"] for one in contracts if one.get("containers") == container]
    assert drawn == [layer.replace(" : ", " | ") for layer in layers]


def test_the_page_on_architecture_names_every_room(project: Project) -> None:
    page = (project.root / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in (project.root / "assistant").glob("*/__init__.py")}
    assert rooms <= set(re.findall(r"`(\w+)/`", page))
