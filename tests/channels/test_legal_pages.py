"""What the privacy page says of learning, and that the documents say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.channels import legal_pages
from assistant.editing.gaps import FEWEST
from assistant.project import Project

PAGE = Path(legal_pages.__file__).with_name("legal") / "privacy.html"
NEVER_TRUE = re.compile(
    r"\btrains nothing|\b(?:never|not) (?:used )?(?:for|to) train"
    r"|\b(?:nobody|no one) reads what you type",
    re.I,
)
"""Promises that an editor's reading of masked questions breaks."""

NUMBERS = {5: "five"}


def words_of(path: Path) -> str:
    return re.sub(r"<!--.*?-->|<[^>]+>", "", path.read_text(encoding="utf-8"))


def test_the_page_says_who_may_read_and_what_is_learned_from() -> None:
    page = words_of(PAGE)
    assert "Notice does not learn from it as it stands." in page
    assert f"{NUMBERS[FEWEST]} chats or more" in page
    assert "in words of their own" in page


@pytest.mark.parametrize(
    "name",
    [
        "docs/privacy.md",
        "docs/assurance/information-for-staff.md",
        "docs/assurance/model-card.md",
        "docs/assurance/data-protection-impact-assessment.md",
    ],
)
def test_the_documents_say_the_same(project: Project, name: str) -> None:
    text = words_of(project.root / name)
    assert "learned from as it stands" in text and "in words of their own" in text


def test_nothing_promises_more(project: Project) -> None:
    shown = [*PAGE.parent.glob("*.html"), project.root / "domain.yml", project.root / "README.md"]
    for path in [*shown, *(project.root / "docs").rglob("*.md")]:
        # What was said before may be told of, in quotation marks.
        text = re.sub(r'"[^"\n]*"', "", words_of(path))
        assert not NEVER_TRUE.search(text), path
