"""``notice serve``, ``notice reload`` and what else an operator runs."""

from __future__ import annotations

import os
import signal
import zipfile
from pathlib import Path
from typing import Any

import pytest

from assistant.answers import load_content
from assistant.cli import OK, UNUSABLE, run
from assistant.cli.commands import serving
from assistant.operations import server
from assistant.operations.process_file import hold
from assistant.operations.server import ServerError
from assistant.project import HOME_VARIABLE, Project


@pytest.fixture
def home(copy: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the project that commands run in."""
    monkeypatch.setenv(HOME_VARIABLE, str(copy.root))
    return copy


def test_serve_takes_the_projects_files_unless_told_otherwise(
    home: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served: list[tuple[Any, ...]] = []
    model = home.root / "model"
    monkeypatch.setattr(serving, "ready_model", lambda project: model)
    monkeypatch.setattr(server, "serve", lambda *given: served.append(given))
    assert run(["serve"]) == OK
    assert run(["serve", "--port", "80", "--credentials", "mine.yml", "--open-metrics"]) == OK
    assert served == [
        (home, model, "127.0.0.1", 5005, home.credentials, home.endpoints, False),
        (home, model, "127.0.0.1", 80, Path("mine.yml"), home.endpoints, True),
    ]

    def refuse(*_: Any) -> None:
        raise ServerError("The server does not start.")

    monkeypatch.setattr(server, "serve", refuse)
    assert run(["serve"]) == UNUSABLE
    assert "The server does not start." in capsys.readouterr().err


def test_reload_tells_the_server_of_this_project(
    home: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda process, what: told.append((process, what)))
    assert run(["reload"]) == UNUSABLE
    assert "No server of this project is running." in capsys.readouterr().err
    home.server_processes.mkdir(parents=True)
    (home.server_processes / "4711").touch()
    assert run(["reload"]) == UNUSABLE  # left behind by a server that has ended
    with hold(home.server_processes):
        assert run(["reload"]) == OK
    assert told == [(os.getpid(), signal.SIGHUP)]
    assert load_content(home).digest[:12] in capsys.readouterr().out


def test_unavailable_writes_the_pages_of_the_proxy(home: Project, project: Project) -> None:
    folder = Path("deploy") / "nginx"
    (home.root / folder).mkdir(parents=True)
    assert run(["unavailable"]) == OK
    written = sorted(path.name for path in (home.root / folder).iterdir())
    assert written
    for name in written:
        committed = (project.root / folder / name).read_text(encoding="utf-8")
        assert (home.root / folder / name).read_text(encoding="utf-8") == committed


def test_the_package_for_teams_is_built_or_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "app.zip"
    given = ["--host", "notice.example.org", "--output", str(package)]
    assert run(["teams-package", "--app-id", "no id", *given]) == UNUSABLE
    assert capsys.readouterr().err and not package.exists()
    app_id = "01234567-89ab-cdef-0123-456789abcdef"
    assert run(["teams-package", "--app-id", app_id, *given]) == OK
    assert "manifest.json" in zipfile.ZipFile(package).namelist()
