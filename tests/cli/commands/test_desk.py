"""``notice desk``, as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli import OK, run
from assistant.operations.desk import server
from assistant.operations.desk.room import Rooms


def test_the_desk_without_a_store_or_a_history_opens_all_the_same(
    copied: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    served: list[tuple[Rooms, int]] = []
    monkeypatch.setattr(server, "serve_desk", lambda rooms, port: served.append((rooms, port)))
    store = f"{{type: sql, dialect: sqlite, db: {copied / 'a.db'}}}"
    (copied / "endpoints.yml").write_text(f"tracker_store: {store}")
    assert run(["desk", "--port", "5999"]) == OK
    assert "on this machine only" in " ".join(capfd.readouterr().err.split())
    ((rooms, port),) = served
    room = rooms.now()
    assert port == 5999 and room.use is None
    assert room.history.problem and set(room.states.values()) == {"unsigned"}
