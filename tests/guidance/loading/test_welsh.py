"""What is said in Welsh is said of what there is in English."""

from __future__ import annotations

import shutil
from pathlib import Path

from assistant.guidance import load_library
from tests.guidance.loading.broken import problems


def test_without_welsh_nothing_is_said_in_it(content: Path) -> None:
    shutil.rmtree(content / "welsh")
    assert load_library(content).welsh is None


def test_a_translation_of_nothing_is_missed(content: Path) -> None:
    welsh = content / "welsh"
    for folder, kind in (("guidance", "topic"), ("urgency", "reply")):
        one = next((welsh / folder).rglob("*.yml"))
        one.rename(one.with_name("no-such.yml"))
        assert any(f"no-such: there is no such {kind}" in problem for problem in problems(content))


def test_each_file_of_welsh_is_needed(content: Path) -> None:
    (content / "welsh" / "interface.yml").unlink()
    assert any("welsh/interface.yml:1: the file is missing" in one for one in problems(content))
