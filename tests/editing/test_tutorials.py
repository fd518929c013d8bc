"""The tutorials, followed word for word on a copy of the content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.editing.checks import check_content
from assistant.project import Project
from tests.conftest import Edit

TOPIC = "talk/words-in-another-language"
BLOCK = re.compile(r"^```(?:yaml)?\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def blocks(project: Project) -> list[str]:
    """What a reader copies, in the order of the page."""
    page = project.root / "docs" / "tutorials" / "content.md"
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def beginning(blocks: list[str], text: str) -> str:
    (found,) = [block for block in blocks if block.startswith(text)]
    return found


def follow(blocks: list[str], content: Path, edit: Edit) -> None:
    """Sections 2 to 4 of the page."""
    recording = "guidance/talk/recording.yml"
    corrected = beginning(blocks, "Report first. Then").strip()
    edit(recording, corrected.replace(". Then", ", then"), corrected)
    with (content / "contacts.yml").open("a", encoding="utf-8") as contacts:
        contacts.write("\n" + beginning(blocks, "  our-safeguarding-desk:"))
    line = beginning(blocks, "contacts: [our-")
    edit(recording, line.replace("our-safeguarding-desk, ", ""), line)
    line = beginning(blocks, "  - {id: ")
    below = re.search(
        r"^  - \{id: talk/recording,.*\n", (content / "catalogue.yml").read_text("utf-8"), re.M
    )
    assert below is not None
    edit("catalogue.yml", below.group(), below.group() + line)
    for folder, start in (("guidance", "title: "), ("questions", "questions:")):
        written = content / folder / f"{TOPIC}.yml"
        written.write_text(beginning(blocks, start), encoding="utf-8")


def test_the_check_says_what_the_tutorial_says(
    blocks: list[str], content: Path, edit: Edit
) -> None:
    follow(blocks, content, edit)
    said = [
        str(problem).replace(str(content), "data")
        for problem in check_content(content, near_duplicates=True).problems
    ]
    assert said == beginning(blocks, "data/guidance/").splitlines()
