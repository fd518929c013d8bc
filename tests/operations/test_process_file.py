"""Which process serves from a folder."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.operations.process_file import hold, running


def test_a_server_is_known_while_it_runs_and_no_longer(tmp_path: Path) -> None:
    """A number left behind by a server that was killed may be another program's."""
    path = tmp_path / "build" / "server.pid"
    assert running(path) is None
    first = hold(path)
    second = hold(path)
    assert running(path) == os.getpid()
    first.close()
    assert running(path) == os.getpid()
    second.close()
    assert path.read_text() == str(os.getpid()) and running(path) is None
    path.write_text("1")
    assert running(path) is None
