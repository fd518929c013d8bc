"""What practitioners shorten is written out, as the file says; a wrong file is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator

import pytest

from assistant.guidance import ContentError
from assistant.guidance.shorthand import (
    Shorthand,
    current_shorthand,
    expand,
    load_shorthand,
    shorthand_digest,
    use_shorthand,
)
from assistant.project import HOME_VARIABLE, Project
from tests.conftest import Edit


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LADO?", "LADO designated officer for allegations against staff?"),
        ("9yo girl", "9 year old girl"),
        ("see u 2moro", "see you tomorrow"),
        ("hv to call", "have to call"),
        ("Ta!", "thanks!"),
        ("ta for that, bye", "thanks for that, bye"),
        ("ta for year 4 here", "ta teaching assistant for year 4 here"),
        ("ask the TA", "ask the TA teaching assistant"),
        ("Shadow the sword", "Shadow the sword"),
        ("nowhere 2 go", "nowhere to go"),
        ("Year 4, 2 children, 4 of them aged 4", "Year 4, 2 children, 4 of them aged 4"),
    ],
)
def test_shorthand_is_written_out(typed: str, meant: str) -> None:
    assert expand(typed) == meant


@pytest.fixture
def own_shorthand() -> Iterator[Shorthand]:
    """What the process reads with; a test may have it read otherwise, and it is put back."""
    read = current_shorthand()
    yield read
    use_shorthand(read)


def test_what_an_editor_adds_is_written_out(content: Path, own_shorthand: Shorthand) -> None:
    path = content / "shorthand.yml"
    path.write_text(path.read_text(encoding="utf-8") + "  asap: at once\n", encoding="utf-8")
    assert expand("ASAP pls") == "ASAP please"
    use_shorthand(load_shorthand(content))
    assert expand("ASAP pls") == "at once please"


def test_it_is_read_once(
    copy: Project, own_shorthand: Shorthand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(copy.root))
    use_shorthand(None)
    assert expand("2moro") == "tomorrow"
    before = shorthand_digest()
    (copy.data / "shorthand.yml").write_text("gone wrong: [", encoding="utf-8")
    assert expand("2moro") == "tomorrow"
    assert shorthand_digest() != before
    use_shorthand(None)
    with pytest.raises(ContentError):
        expand("2moro")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("  no: not", "YAML takes the short form for no text; put it in quotes"),
        ("  2024: this year", "put it in quotes"),
        ("  nspcc: off", "write in words what it stands for"),
        ("  nspcc:", "write in words what it stands for"),
        ("  NSPCC: a charity", "never met: write one word in lower case"),
        ("  a b: a charity", "never met: write one word in lower case"),
        ("  a-b: a charity", "never met: write one word in lower case"),
        ("  2moro: tomorrow", "stands among the terms too; keep one of them"),
        ("  mash: a hub", "'mash' is written twice"),
        ("terms_too: {}", "no such field"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(
    content: Path, edit: Edit, written: str, said: str
) -> None:
    terms = "\nterms:\n"
    below = written.startswith(" ")
    edit("shorthand.yml", terms, f"{terms}{written}\n" if below else f"\n{written}{terms}")
    with pytest.raises(ContentError) as refused:
        load_shorthand(content)
    (problem,) = map(str, refused.value.problems)
    assert re.search(r"shorthand\.yml:\d+: ", problem) and said in problem
    lines = (content / "shorthand.yml").read_text(encoding="utf-8").splitlines()
    named = lines[int(problem.partition(".yml:")[2].partition(":")[0]) - 1]
    assert named.split(":")[0] in (written.split(":")[0], "  mash")


def test_a_missing_file_or_list_is_said(content: Path) -> None:
    path = content / "shorthand.yml"
    path.write_text("terms: {la: local authority}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="everyday: add this field"):
        load_shorthand(content)
    path.unlink()
    with pytest.raises(ContentError, match="the file is missing; restore it"):
        load_shorthand(content)
