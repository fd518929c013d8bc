"""Real services for benchmarks and tests: assistant servers behind nginx, on loopback ports.

PostgreSQL and Redis come from ``scripts/test-services``, which also says how to stop and start
them.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path
from typing import Optional

import sqlalchemy as sa
import yaml

from assistant.project import Project

POSTGRESQL = "NOTICE_TEST_POSTGRESQL"
REDIS = "NOTICE_TEST_REDIS"
READY_WITHIN = 600.0  # seconds; a busy machine loads slowly


def control(service: str, action: str) -> None:
    """Stop or start :data:`POSTGRESQL` or :data:`REDIS`."""
    subprocess.run([os.environ[f"{service}_CONTROL"], action], check=True)


def new_database() -> str:
    """The address of a new database in PostgreSQL: nobody else has kept anything in it."""
    address = sa.engine.make_url(os.environ[POSTGRESQL])
    name = f"kept_{uuid.uuid4().hex}"
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    return str(address.set(database=name).render_as_string(hide_password=False))


def endpoints(folder: Path, database: str) -> Path:
    """An ``endpoints.yml`` with this database and Redis, as ``deploy/endpoints.yml``."""
    path = folder / "endpoints.yml"
    store = "assistant.store.tracker_store.RedactingTrackerStore"
    configured = {
        "nlg": {"type": "assistant.turn.nlg.CompiledAnswers"},
        "tracker_store": {"type": store, "url": database},
        "lock_store": {"type": "assistant.store.locks.RedisLockStore", "url": os.environ[REDIS]},
    }
    path.write_text(yaml.safe_dump(configured), encoding="utf-8")
    return path


def credentials(folder: Path) -> Path:
    """A ``credentials.yml`` with the web channel, its limits counted in Redis and out of reach."""
    path = folder / "credentials.yml"
    limits = {"session": 1_000_000, "address": 10_000_000, "store": os.environ[REDIS]}
    channel = {"assistant.channels.web.WebInput": {"rate_limits": limits}}
    path.write_text(yaml.safe_dump(channel), encoding="utf-8")
    return path


class AssistantServer:
    """``notice serve`` as a process of its own, that can be killed and started again."""

    def __init__(self, port: int, folder: Path, files: tuple[Path, Path]) -> None:
        """Take the port, the folder for its log, and the endpoints and credentials."""
        self.port = port
        self.log = folder / f"server-{port}.log"
        self._command = [
            *(sys.executable, "-W", "ignore", "-m", "assistant", "serve", "--port", str(port)),
            *("--endpoints", str(files[0]), "--credentials", str(files[1])),
        ]
        self._process: Optional[subprocess.Popen[bytes]] = None

    def start(self) -> None:
        """Start, without waiting."""
        secret = {"NOTICE_SESSION_SECRET": "of benchmarks and tests only, long enough"}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env={**os.environ, **secret}, stdout=log, stderr=log
            )

    def ready(self) -> bool:
        """Whether it is ready.

        Raises:
            RuntimeError: it has ended.
        """
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"The server has ended:\n{self.log.read_text()}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2):
                return True
        except OSError:
            return False

    def wait(self) -> float:
        """Wait until it is ready; the seconds that took.

        Raises:
            RuntimeError: it has ended, or is not ready in time.
        """
        began = time.monotonic()
        while not self.ready():
            if time.monotonic() - began > READY_WITHIN:
                raise RuntimeError(f"The server does not get ready:\n{self.log.read_text()}")
            time.sleep(0.2)
        return time.monotonic() - began

    def end(self, how: signal.Signals) -> None:
        """Send a signal and wait for the end."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()


# Workers of a root's nginx are another user, who may not read a test's folder.
_AS_ITSELF = "user root;" if os.geteuid() == 0 else ""


class Nginx:
    """The real nginx with the configuration of ``deploy/nginx``, before servers on these ports."""

    def __init__(self, project: Project, folder: Path, port: int, servers: list[int]) -> None:
        """Lay out the configuration in a folder; where it listens and the servers differ."""
        self.port = port
        self._folder = folder / "nginx"
        shutil.copytree(project.root / "deploy" / "nginx", self._folder)
        self._replace("nginx.conf", "/etc/nginx", str(self._folder))
        self._replace("nginx.conf", "/tmp/notice-nginx", str(folder / "nginx-run"))
        (self._folder / "listen.conf").write_text(f"listen 127.0.0.1:{port};\n")
        named = (project.root / "deploy" / "nginx" / "servers.conf").read_text()
        for number, its_port in enumerate(servers, start=1):
            named = named.replace(f"assistant-{number}:5005", f"127.0.0.1:{its_port}")
        (self._folder / "servers.conf").write_text(named)
        self._process: Optional[subprocess.Popen[bytes]] = None

    def check(self) -> str:
        """What ``nginx -t`` says.

        Raises:
            subprocess.CalledProcessError: the configuration is wrong.
        """
        said = subprocess.run([*self._command, "-t"], capture_output=True, text=True, check=True)
        return said.stderr

    def start(self) -> None:
        """Start, in the foreground of a process of its own."""
        self._process = subprocess.Popen([*self._command, "-g", f"daemon off; {_AS_ITSELF}"])

    def end(self) -> None:
        """Stop."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    @property
    def _command(self) -> list[str]:
        # Debian keeps it where only root's path looks.
        path = os.pathsep.join([os.environ["PATH"], "/usr/sbin"])
        found = shutil.which("nginx", path=path)
        if found is None:
            raise RuntimeError("nginx is needed: apt-get install nginx-light")
        return [found, "-p", f"{self._folder}/", "-c", str(self._folder / "nginx.conf")]

    def _replace(self, name: str, old: str, new: str) -> None:
        path = self._folder / name
        text = path.read_text()
        if old not in text:
            raise ValueError(f"{old} is not in {name}")
        path.write_text(text.replace(old, new))
