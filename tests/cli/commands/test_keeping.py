"""``notice retention``, ``notice report`` and ``notice doctor``."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path

import pytest
from sanic import Sanic

from assistant.cli import FAILED, OK, UNUSABLE, run
from assistant.project import Project
from assistant.store.tracker_store import RedactingTrackerStore
from tests.store.trackers import said, tracker_with

Sanic.test_mode = True  # several apps of one name in one process

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


def test_retention_deletes_in_the_store_that_it_is_told(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The servers of deploy/ keep conversations elsewhere than ``endpoints.yml`` says."""
    db = str(tmp_path / "servers" / "conversations.db")
    servers = RedactingTrackerStore(db=db)
    asyncio.run(servers.save(tracker_with("two", said("hello there"))))
    file = tmp_path / "servers.yml"
    kind = f"{RedactingTrackerStore.__module__}.{RedactingTrackerStore.__name__}"
    file.write_text(f"tracker_store: {{type: {kind}, db: {db}, days: 14}}")
    assert run(["retention", "--endpoints", str(file)]) == OK
    assert "0 conversation(s) older than 14 days" in capsys.readouterr().out
    assert run(["retention", "--days", "0", "--endpoints", str(file)]) == OK
    assert "1 conversation(s) older than 0 days" in capsys.readouterr().out
    assert asyncio.run(servers.keys()) == []
    assert asyncio.run(RedactingTrackerStore().keys()) == ["one"]


def test_a_file_of_stores_that_is_not_there_is_said(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["retention", "--endpoints", "nowhere.yml"]) == UNUSABLE
    assert "nowhere.yml: there is no such file." in capfd.readouterr().err


def test_report_writes_its_files(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "november"
    assert run(["report", "--from", TODAY, "--to", TODAY, "--folder", str(folder)]) == OK
    assert {path.name for path in folder.iterdir()} == {"report.html", "report.csv"}


def test_doctor_says_what_is_wrong(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == FAILED
    said = capsys.readouterr().out
    assert "model: there is no model" in said
    assert "tracker store: in order" in said
    assert "channels: " in said and "channels: in order" not in said  # there are no credentials


def test_doctor_looks_at_the_files_that_the_server_is_given(
    home: Path, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    stores, channels = home / "stores.yml", home / "channels.yml"
    stores.write_text("tracker_store: {type: nowhere.Store}")
    channels.write_text("assistant.channels.web.Misspelt:")
    assert run(["doctor", "--endpoints", str(stores), "--credentials", str(channels)]) == FAILED
    said = capsys.readouterr().out
    assert "channels: " in said and "Misspelt" in said and "Fix tracker_store.type" in said
    assert run(["doctor", "--credentials", str(project.credentials)]) == FAILED
    said = capsys.readouterr().out
    assert "channels: in order" in said and "tracker store: in order" in said


def test_another_tracker_store_is_refused(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store = f"{{type: sql, dialect: sqlite, db: {home / 'a.db'}}}"
    (home / "endpoints.yml").write_text(f"tracker_store: {store}")
    assert run(["retention"]) == UNUSABLE
    assert "tracker_store.type must be RedactingTrackerStore" in capfd.readouterr().err
