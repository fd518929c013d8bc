"""Arrows point one way (``.importlinter``), and the list of what needs no Rasa is whole."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.project import Project

RASAS_OWN = {
    "answer_policy",
    "component",
    "language_finder",
    "role_finder",
    "safe_reply",
    "sentence_encoder",
    "topic_classifier",
    "urgency_detector",
    "voice_finder",
    "word_featurizer",
}
"""Modules of ``understanding`` that are Rasa's components and policy."""


def lint(project: Project, *options: str) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", command, "--no-cache", *options],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def contracts(project: Project) -> configparser.ConfigParser:
    read = configparser.ConfigParser()
    read.read(project.root / ".importlinter")
    return read


def test_no_arrow_runs_up_and_content_needs_no_rasa(project: Project) -> None:
    linted = lint(project)
    assert linted.returncode == 0, linted.stdout[-3000:] + linted.stderr[-1000:]
    assert "0 broken" in linted.stdout


def test_an_arrow_that_runs_up_is_found(project: Project, tmp_path: Path) -> None:
    """The test above could not fail if the linter saw nothing."""
    text = (project.root / ".importlinter").read_text(encoding="utf-8")
    upside_down = text.replace("    assistant.turn\n    assistant.store\n", "    assistant.store\n    assistant.turn\n", 1)
    assert upside_down != text
    config = tmp_path / "upside-down"
    config.write_text(upside_down, encoding="utf-8")
    linted = lint(project, "--config", str(config))
    assert linted.returncode != 0
    assert "assistant.store is not allowed to import" not in linted.stdout
    assert "assistant.turn is not allowed to import assistant.store" in linted.stdout


def test_every_package_has_its_floor(
    project: Project, contracts: configparser.ConfigParser
) -> None:
    layers = contracts["importlinter:contract:layers"]["layers"].replace(":", "\n").split()
    there = {
        f"assistant.{path.stem}"
        for path in (project.root / "assistant").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    beside = {"assistant.project", "assistant.metrics", "assistant.__init__"}
    assert set(layers) == there - beside


def test_every_module_of_understanding_is_rasas_own_or_needs_none(
    project: Project, contracts: configparser.ConfigParser
) -> None:
    named = contracts["importlinter:contract:no-rasa"]["source_modules"].split()
    prefix = "assistant.understanding."
    models = {one.removeprefix(prefix) for one in named if one.startswith(prefix)}
    folder = project.root / "assistant" / "understanding"
    assert models | RASAS_OWN == {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert not models & RASAS_OWN
    for name in RASAS_OWN:
        assert "rasa" in (folder / f"{name}.py").read_text(encoding="utf-8"), name
