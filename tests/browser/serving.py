"""``notice serve`` as a process of its own, on a free port."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Mapping, Sequence

from assistant.project import find_project
from tests.own_store import own_endpoints
from tests.ports import free_port

SECRET = "x" * 32
"""Signs the sessions."""

START_TIMEOUT_S = 300
STOP_TIMEOUT_S = 60
CREDENTIALS = """
assistant.channels.web.WebInput:
  origins: ["{origin}"]
  rate_limits: {{session: 10000, address: 100000}}
"""


@contextmanager
def running_server(origin: str) -> Iterator[str]:
    """Start the server on the trained model, give its address, and stop it at the end.

    Args:
        origin: of the pages that may embed the widget, besides the server's own.
    """
    with tempfile.TemporaryDirectory() as folder:
        credentials, log = Path(folder, "credentials.yml"), Path(folder, "server.log")
        credentials.write_text(CREDENTIALS.format(origin=origin))
        endpoints = own_endpoints(find_project(), Path(folder))
        command = ["serve", "--credentials", str(credentials), "--endpoints", str(endpoints)]
        with running(command, "/readyz", log, {"NOTICE_SESSION_SECRET": SECRET}) as address:
            yield address


@contextmanager
def running(
    command: Sequence[str], ready: str, log: Path, environment: Mapping[str, str]
) -> Iterator[str]:
    """Run a command of ``notice`` that serves, give its address, and stop it at the end.

    Args:
        command: with its options, but for ``--port``.
        ready: a path that is answered once it serves.
        log: takes what it says.
        environment: besides that of the tests.
    """
    port = free_port()
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant", *command, "--port", str(port)],
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + START_TIMEOUT_S
        while not _answers(address + ready):
            assert process.poll() is None and time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(STOP_TIMEOUT_S)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return bool(response.status == 200)
    except OSError:
        return False
