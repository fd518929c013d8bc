"""What content refers to is there, and a "must" rests on what may carry it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.guidance import Library
from tests.conftest import Edit
from tests.guidance.loading.broken import TOPIC, problems, swap


def test_a_fact_that_is_not_known_is_refused(content: Path) -> None:
    swap(content, TOPIC, r"facts: \[", "facts: [no-such-fact, ")
    (problem,) = problems(content)
    assert "no-such-fact: there is no such fact in facts/" in problem


@pytest.mark.parametrize(
    ("removed", "register"),
    [
        ("  childrens-social-care:\n", "contacts.yml"),
        ("  kcsie-2026:", "sources.yml"),
    ],
)
def test_a_removed_contact_or_source_is_missed_with_file_and_line(
    content: Path, edit: Edit, removed: str, register: str
) -> None:
    name = removed.strip().rstrip(":")
    edit(register, removed, removed.replace(name, f"{name}-renamed"))
    found = problems(content)
    assert any(re.search(rf"\.yml:\d+: .*{name}.*there is no such", one) for one in found)


def test_a_removed_section_is_missed(content: Path, edit: Edit) -> None:
    edit("sources.yml", "      key-finding:\n", "      key-finding-gone:\n")
    assert any("key-finding: there is no such section" in p for p in problems(content))


@pytest.mark.parametrize("standing", ["research", "local"])
def test_must_needs_law_or_statutory_guidance(
    content: Path, library: Library, standing: str
) -> None:
    news = next(
        fact.id
        for fact in library.facts.values()
        if library.sources[fact.authority.source].standing == standing
    )
    swap(
        content, TOPIC, r"    facts: \[.*?\]\n    duty: \w+", f"    facts: [{news}]\n    duty: must"
    )
    assert any(
        "'must' needs a fact whose authority is law" in problem for problem in problems(content)
    )
