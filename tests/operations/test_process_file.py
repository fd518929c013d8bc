"""Which processes serve from a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assistant.operations.process_file import hold, running

ANOTHER_SERVER = """
import pathlib, sys
from assistant.operations.process_file import hold
held = hold(pathlib.Path(sys.argv[1]))
print("serving", flush=True)
sys.stdin.read()
"""


def test_a_server_is_known_while_it_runs_and_no_longer(tmp_path: Path) -> None:
    """A number left behind by a server that was killed may be another program's."""
    folder = tmp_path / "build" / "servers"
    assert running(folder) == []
    held = hold(folder)
    assert running(folder) == [os.getpid()]
    held.close()
    (folder / "1").touch()
    assert running(folder) == []
    assert list(folder.iterdir()) == []


def test_a_second_server_hides_no_first_one(tmp_path: Path) -> None:
    with hold(tmp_path):
        command = [sys.executable, "-c", ANOTHER_SERVER, str(tmp_path)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as second:
            assert second.stdout and second.stdin
            assert second.stdout.readline() == "serving\n"
            assert running(tmp_path) == sorted([os.getpid(), second.pid])
            second.stdin.close()
        assert running(tmp_path) == [os.getpid()]
