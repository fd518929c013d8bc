"""Digests tell any change of what is named, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.guidance.digests import digest_of, files_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one/a.yml", "one/b.yml", "two/a.yml"):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"of {name}")
    return tmp_path / "data"


def digest(folder: Path) -> str:
    return digest_of({folder: files_of(folder)})


def test_a_changed_added_removed_or_renamed_file_gives_another_digest(folder: Path) -> None:
    before = digest(folder)
    seen = {before}
    (folder / "one" / "a.yml").write_text("changed")
    seen.add(digest(folder))
    (folder / "one" / "c.yml").write_text("added")
    seen.add(digest(folder))
    (folder / "one" / "c.yml").rename(folder / "one" / "d.yml")
    seen.add(digest(folder))
    (folder / "one" / "d.yml").unlink()
    (folder / "one" / "b.yml").unlink()
    seen.add(digest(folder))
    assert len(seen) == 5


def test_a_renamed_folder_gives_another_digest(folder: Path) -> None:
    """It changes every topic's id."""
    before = digest(folder)
    (folder / "one").rename(folder / "lessons")
    assert digest(folder) != before
    (folder / "lessons").rename(folder / "one")
    assert digest(folder) == before


def test_a_moved_project_a_touched_file_and_byte_code_do_not(folder: Path, tmp_path: Path) -> None:
    before = digest(folder)
    (folder / "one" / "__pycache__").mkdir()
    (folder / "one" / "__pycache__" / "a.pyc").write_bytes(b"code")
    (folder / "one" / "a.yml").touch()
    assert digest(folder) == before
    assert digest(Path(shutil.move(folder, tmp_path / "elsewhere"))) == before


def test_a_file_is_itself_and_what_is_not_there_is_nothing(folder: Path) -> None:
    assert list(files_of(folder / "one" / "a.yml")) == [folder / "one" / "a.yml"]
    assert list(files_of(folder / "nothing")) == []
