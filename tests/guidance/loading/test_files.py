"""A file that cannot be read as what it is, with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Edit
from tests.guidance.loading.broken import TOPIC, problems


def test_a_key_written_twice_is_refused(content: Path) -> None:
    path = content / TOPIC
    path.write_text(path.read_text() + "title: Again\n")
    assert any("'title' is written twice" in problem for problem in problems(content))


def test_bad_yaml_names_the_line(content: Path, edit: Edit) -> None:
    edit(TOPIC, "title: ", "title: [")
    assert re.search(r"recording\.yml:\d+: the '\[' is not closed", problems(content)[0])


@pytest.mark.parametrize("register", ["sources.yml", "contacts.yml", "urgency/harm.yml"])
def test_a_missing_register_is_said(content: Path, register: str) -> None:
    (content / register).unlink()
    assert any(f"{register}:1: the file is missing" in problem for problem in problems(content))
