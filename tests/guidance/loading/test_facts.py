"""Facts: each once, on an authority that is there."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Edit
from tests.guidance.loading.broken import line_of, problems

FACTS = "facts/talk-and-urgent.yml"


def test_a_fact_that_is_written_wrongly_is_named_with_its_line(content: Path, edit: Edit) -> None:
    edit(FACTS, "    firmness: ", "    firmnes: ")
    line = line_of(content, FACTS, "    firmnes: ")
    found = [one for one in problems(content) if f"{FACTS}:" in one]
    assert any(f"{FACTS}:{line}: facts." in one and "no such field" in one for one in found)
    assert any("firmness: add this field" in one for one in found)


def test_an_id_is_taken_once(content: Path) -> None:
    again = content / "facts" / "zz-again.yml"
    again.write_text((content / FACTS).read_text(encoding="utf-8"), encoding="utf-8")
    found = problems(content)
    assert found and all("is taken; choose another" in one for one in found)


def test_an_authority_that_is_no_source_is_missed(content: Path, edit: Edit) -> None:
    edit(FACTS, "source: ", "source: no-such-")
    assert any("no-such-" in one and "there is no such source" in one for one in problems(content))


def test_a_file_without_facts_is_said(content: Path) -> None:
    (content / "facts" / "empty.yml").write_text("fact: []\n", encoding="utf-8")
    (problem,) = problems(content)
    assert "'facts:' with a list of facts is missing" in problem
