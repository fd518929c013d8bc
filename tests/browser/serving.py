"""``notice serve`` as a process of its own, on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

SECRET = "x" * 32
"""Signs the sessions."""

START_WITHIN = 300
STOP_WITHIN = 60
CREDENTIALS = """
assistant.channels.web.WebInput:
  origins: ["{origin}"]
  rate_limits: {{session: 10000, address: 100000}}
"""


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def running_server(origin: str) -> Iterator[str]:
    """Start the server on the trained model, give its address, and stop it at the end.

    Args:
        origin: of the pages that may embed the widget, besides the server's own.
    """
    with tempfile.TemporaryDirectory() as folder:
        credentials, log = Path(folder, "credentials.yml"), Path(folder, "server.log")
        credentials.write_text(CREDENTIALS.format(origin=origin))
        port = free_port()
        command = ["serve", "--port", str(port), "--credentials", str(credentials)]
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "assistant", *command],
                env={**os.environ, "NOTICE_SESSION_SECRET": SECRET},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        address = f"http://127.0.0.1:{port}"
        try:
            until = time.monotonic() + START_WITHIN
            while not _ready(address):
                assert process.poll() is None and time.monotonic() < until, log.read_text()
                time.sleep(0.2)
            yield address
        finally:
            process.terminate()
            process.wait(STOP_WITHIN)


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False
