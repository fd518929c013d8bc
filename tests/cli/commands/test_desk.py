"""``notice desk``, as a person types it."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import pytest

from assistant.cli import OK, UNUSABLE, run
from assistant.operations.desk import server
from assistant.operations.desk.room import Rooms
from assistant.operations.desk.sign_on import SignOn


def test_the_desk_without_a_store_or_a_history_opens_all_the_same(
    copied: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    served: list[tuple[Rooms, str, int, Optional[SignOn]]] = []
    monkeypatch.setattr(server, "serve_desk", lambda *options: served.append(options))
    store = f"{{type: sql, dialect: sqlite, db: {copied / 'a.db'}}}"
    (copied / "endpoints.yml").write_text(f"tracker_store: {store}")
    assert run(["desk", "--port", "5999"]) == OK
    assert "on this machine only" in " ".join(capfd.readouterr().err.split())
    rooms, host, port, sign_on = served.pop()
    room = rooms.now()
    assert (host, port, sign_on) == ("127.0.0.1", 5999, None) and room.use is None
    behind = ["desk", "--sign-on-header", "X-Auth-Request-Email", "--proxy", "10.0.0.5"]
    assert run(["desk", "--host", "0.0.0.0"]) == UNUSABLE
    assert run(behind) == UNUSABLE and run([*behind, "--public-host", ""]) == UNUSABLE
    assert run([*behind[:-1], "proxy", "--public-host", "desk.example.org"]) == UNUSABLE
    assert run([*behind, "--public-host", "desk.example.org", "--host", "10.0.0.4"]) == OK
    _, host, _, sign_on = served.pop()
    assert host == "10.0.0.4" and sign_on is not None and not served
    assert sign_on.header == "x-auth-request-email" and sign_on.host == "desk.example.org"
    assert room.history.problem and set(room.states.values()) == {"unsigned"}
