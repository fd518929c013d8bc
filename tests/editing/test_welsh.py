"""Rules on what is said in Welsh, and the notice that a translation is older than the English."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from assistant.editing.checks import Report, check_content
from assistant.editing.open_questions import open_questions
from assistant.guidance import load_library
from assistant.guidance.welsh import WAITING
from assistant.project import Project

TODAY = datetime.date(2026, 11, 30)
RECORDING = "welsh/guidance/talk/recording.yml"


@pytest.fixture
def data(project: Project, tmp_path: Path) -> Path:
    return Path(shutil.copytree(project.data, tmp_path / "data"))


def _changed(data: Path, name: str, old: str, new: str) -> Report:
    path = data / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check_content(data, TODAY, near_duplicates=False)


def test_a_changed_english_answer_makes_its_translation_stale(data: Path) -> None:
    report = _changed(data, "guidance/talk/recording.yml", "Report first, then", "Report, then")
    (notice,) = report.notices
    assert str(notice.path).endswith(RECORDING) and notice.field == "english"
    assert 'write english: "' in notice.fix
    assert not [one for one in report.problems if "welsh" in str(one.path)]


def test_no_translation_is_stale_as_it_stands(data: Path) -> None:
    assert check_content(data, TODAY, near_duplicates=False).notices == ()


def test_another_number_is_refused(data: Path) -> None:
    report = _changed(data, RECORDING, "24 awr", "48 awr")
    assert any("other numbers than the English" in one.fix for one in report.problems)


def test_a_missing_text_is_refused(data: Path) -> None:
    library = load_library(data)
    assert library.welsh is not None
    last = library.welsh.topics["talk/recording"].points[-1]
    report = _changed(data, RECORDING, f"  - {last}\n", "")
    assert any("not as many texts" in one.fix for one in report.problems)


def test_editors_see_what_waits_for_a_native_reader(data: Path) -> None:
    open_ = [one for one in open_questions(load_library(data)) if one.about.startswith("welsh ")]
    assert len(open_) == 12 + 17 + 2
    assert all(WAITING in one.text for one in open_)
