"""What the pages for editors say is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.cli import run
from assistant.guidance import Library, load_library
from assistant.project import Project
from tests.editing.test_schema import errors

PAGES = ("docs/editing-content.md", "docs/local-contacts.md", "docs/tutorials/content.md")


def page(project: Project, name: str) -> str:
    return (project.root / name).read_text(encoding="utf-8")


def examples(text: str) -> list[Any]:
    blocks = re.findall(r"^( *)```yaml\n(.*?)^ *```", text, flags=re.MULTILINE | re.DOTALL)
    return [yaml.safe_load(block) for _, block in blocks]


@pytest.mark.parametrize("name", PAGES)
def test_every_command_that_a_page_names_exists(
    name: str, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page(project, name)
    makefile = (project.root / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`make ([a-z-]+)`", text)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for command, option in set(re.findall(r"`notice ([a-z-]+)(?: (--[a-z]+))?", text)):
        assert run([command, "--help"]) == 0, command
        assert option in capsys.readouterr().out


@pytest.mark.parametrize("name", [page for page in PAGES if "tutorials/" not in page])
def test_every_file_that_a_page_names_exists(name: str, project: Project) -> None:
    for path in set(re.findall(r"`((?:data|docs|tests|\.vscode)/[\w./-]+)`", page(project, name))):
        if path != "data/local.yml":  # a deployment's own; a tutorial's files are its reader's
            assert (project.root / path).exists(), path


def test_the_examples_keep_to_the_schemas(project: Project) -> None:
    answer, questions, facts, readings = examples(page(project, PAGES[0]))
    assert errors("topic", answer) == []
    assert errors("questions", questions) == []
    assert errors("facts", {"facts": facts}) == []
    assert errors("readings", readings) == []


def test_the_page_on_local_contacts_names_all_of_them(project: Project, library: Library) -> None:
    text = page(project, PAGES[1])
    listed = re.search(r"can be given: (.*?)\. Which", text, re.DOTALL)
    assert listed
    local = {name for name, contact in library.contacts.items() if contact.local}
    assert set(re.findall(r"`([a-z-]+)`", listed.group(1))) == local


def test_the_example_of_local_contacts_works(content: Path) -> None:
    (content / "local.example.yml").rename(content / "local.yml")
    local = load_library(content).local
    assert local
    assert local.nation == "England"
    assert any(contact.form for contact in local.contacts.values())
    assert any(contact.teams for contact in local.contacts.values())
