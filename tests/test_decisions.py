"""docs/decisions: names, the list of all, and who supersedes whom."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.project import Project

OPPOSITES = {
    "Superseded by": "supersedes",
    "superseded in part by": "supersedes in part",
}
PART = re.compile(rf"({'|'.join([*OPPOSITES, *OPPOSITES.values()])}) (\d+(?:, \d+)*)")


@pytest.fixture(scope="module")
def files(project: Project) -> dict[int, Path]:
    folder = project.root / "docs" / "decisions"
    return {int(path.name[:4]): path for path in sorted(folder.glob("[0-9]*.md"))}


def head(path: Path) -> tuple[str, str]:
    """Title and status."""
    read = re.match(
        r"# (\d+)\. (.+)\n\nDate: \d{1,2} \w+ 20\d\d\nStatus: (.+)\n",
        path.read_text(encoding="utf-8"),
    )
    assert read is not None, f"{path.name} does not begin with number, title, date and status"
    assert int(read.group(1)) == int(path.name[:4])
    return read.group(2), read.group(3)


def test_they_are_numbered_without_a_gap(files: dict[int, Path]) -> None:
    assert list(files) == list(range(1, len(files) + 1))


def test_a_file_has_the_first_words_of_its_title(files: dict[int, Path]) -> None:
    for path in files.values():
        words = re.sub(r"[^a-z0-9]+", "-", head(path)[0].lower()).strip("-")
        assert f"{words}-".startswith(f"{path.stem[5:]}-"), path.name


def test_the_list_is_that_of_the_files(files: dict[int, Path]) -> None:
    (one, *_) = files.values()
    page = (one.parent / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d+) \| \[(.+)\]\((.+)\) \| (.+) \|$", page, flags=re.MULTILINE)
    wanted = [(str(n), title(path), path.name, head(path)[1]) for n, path in files.items()]
    assert listed == wanted


def title(path: Path) -> str:
    return head(path)[0]


def test_what_supersedes_and_what_is_superseded_name_each_other(files: dict[int, Path]) -> None:
    said = set()
    for number, path in files.items():
        for part in head(path)[1].split("; "):
            if part != "Accepted":
                found = PART.fullmatch(part)
                assert found is not None, (path.name, part)
                said |= {(number, found[1], int(other)) for other in found[2].split(", ")}
    for one, how, other in said:
        assert other in files
        if how in OPPOSITES:
            assert other > one
            assert (other, OPPOSITES[how], one) in said, (one, how, other)
        else:
            assert any((other, past, one) in said for past in OPPOSITES if OPPOSITES[past] == how)
