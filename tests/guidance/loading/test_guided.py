"""Guided conversations, roles and the search for a service refer to what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Edit
from tests.guidance.loading.broken import problems


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("guided/signs.yml", "topic: ", "topic: no-such-", "there is no such topic in guidance/"),
        ("roles.yml", "themes: [", "themes: [no-such, ", "there is no such theme"),
        ("service-search.yml", "directory: ", "directory: no-such-", "there is no such service"),
        ("service-search.yml", "matches: [", "matches: [no-such, ", "there is no such word"),
    ],
)
def test_what_is_not_there_is_missed(
    content: Path, edit: Edit, name: str, old: str, new: str, said: str
) -> None:
    edit(name, old, new)
    assert any(f"{name}:" in one and said in one for one in problems(content))


@pytest.mark.parametrize("name", ["my-role", "find-a-service", "Signs"])
def test_a_name_that_is_taken_or_no_name_is_refused(content: Path, name: str) -> None:
    page = content / "guided" / f"{name}.yml"
    page.write_bytes((content / "guided" / "signs.yml").read_bytes())
    assert any("this name is taken or not in lower case" in one for one in problems(content))
