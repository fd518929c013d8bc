"""``notice retention``, ``notice report`` and ``notice doctor``."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path

import pytest

from assistant.cli import FAILED, OK, UNUSABLE, run
from assistant.store.tracker_store import RedactingTrackerStore
from tests.store.trackers import said, tracker_with

TODAY = datetime.date.today().isoformat()


@pytest.fixture
def home(copied: Path) -> Path:
    """A copy of the project with a conversation in its store."""
    store = RedactingTrackerStore(db="kept/conversations.db")
    asyncio.run(store.save(tracker_with("one", said("hello there"))))
    return copied


def test_retention_deletes_what_is_old(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["retention"]) == OK
    assert "0 conversation(s) older than 30 days" in capsys.readouterr().out
    assert run(["retention", "--days", "0"]) == OK
    assert "1 conversation(s) older than 0 days" in capsys.readouterr().out


def test_report_writes_its_files(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "november"
    assert run(["report", "--from", TODAY, "--to", TODAY, "--folder", str(folder)]) == OK
    assert {path.name for path in folder.iterdir()} == {"report.html", "report.csv"}


def test_doctor_says_what_is_wrong(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == FAILED
    said = capsys.readouterr().out
    assert "model: there is no model" in said
    assert "tracker store: in order" in said


def test_another_tracker_store_is_refused(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store = f"{{type: sql, dialect: sqlite, db: {home / 'a.db'}}}"
    (home / "endpoints.yml").write_text(f"tracker_store: {store}")
    assert run(["retention"]) == UNUSABLE
    assert "tracker_store.type must be RedactingTrackerStore" in capfd.readouterr().err
