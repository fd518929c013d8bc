"""Both servers as processes of their own, and the folders that they run from.

The assistant runs as ``notice serve`` does, with its database on disk and redaction on; the starter
bot as ``rasa run`` does on what ``rasa init`` wrote, with DIET, TED and conversations in memory.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from abc import ABC, abstractmethod
from pathlib import Path
from types import MappingProxyType
from typing import Mapping, Optional
from uuid import uuid4

import aiohttp
import yaml

from assistant.project import Project, find_project
from tests.ports import free_port

READY_WITHIN_S = 900.0
_MEGABYTE = 1024 * 1024


class Server(ABC):
    """One of the two. ``folder`` holds its project."""

    name: str
    ready_path: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = find_project().root / "build" / f"bench-{self.name.replace(' ', '-')}.log"
        self._process: Optional[subprocess.Popen[bytes]] = None

    @abstractmethod
    def command(self, *arguments: str) -> list[str]:
        """Its command line tool with these arguments."""

    @property
    @abstractmethod
    def serving(self) -> list[str]:
        """The arguments that start the server."""

    @property
    @abstractmethod
    def archive(self) -> Path:
        """The trained model."""

    @abstractmethod
    def person(self, http: aiohttp.ClientSession) -> Person:
        """Somebody new who talks to it."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> float:
        """Run a command to its end; the seconds that took.

        Raises:
            RuntimeError: it failed; the message names the log.
        """
        began = time.monotonic()
        with self.log.open("ab") as log:
            done = subprocess.run(
                self.command(*arguments),
                cwd=self.folder,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
        if done.returncode:
            raise RuntimeError(f"{self.name} {' '.join(arguments)} failed; see {self.log}")
        return time.monotonic() - began

    def start(self) -> float:
        """Start the server and wait until it is ready; the seconds that took.

        Raises:
            RuntimeError: it ended, or was not ready in time.
        """
        began = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command(*self.serving),
                cwd=self.folder,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )
        while time.monotonic() - began < READY_WITHIN_S and self._process.poll() is None:
            try:
                with urllib.request.urlopen(self.url + self.ready_path, timeout=5):
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{self.name} does not get ready; see {self.log}")

    def stop(self) -> None:
        """Stop the server, if it runs."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    @property
    def megabytes(self) -> float:
        """Its resident memory now."""
        assert self._process is not None, "start it first"
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE

    @property
    def archive_megabytes(self) -> float:
        """The size of its model's archive."""
        return self.archive.stat().st_size / _MEGABYTE

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}


class NotAnsweredError(RuntimeError):
    """The official channels were given in place of an answer; the message is the outcome."""


class Person:
    """Somebody who talks to a server, in a conversation of their own."""

    def __init__(self, http: aiohttp.ClientSession, server: Server) -> None:
        self.http = http
        self.server = server

    async def arrive(self) -> None:
        """What comes before the first message, if anything does."""

    async def ask(self, text: str) -> str:
        """Send a message; the text of the reply.

        Raises:
            NotAnsweredError: there was no answer, but a reply that says so.
            aiohttp.ClientError: there was no reply.
        """
        raise NotImplementedError


class Notice(Server):
    """This project, in a copy of its own."""

    name = "notice"
    ready_path = "/readyz"

    @classmethod
    def copy_of(cls, source: Project, folder: Path, model: Optional[Path]) -> Notice:
        """Copy a project, with its model or untrained."""
        shutil.copytree(source.data, folder / "data")
        for path in (source.config, source.domain, source.endpoints):
            shutil.copy(path, folder)
        # As shipped, but that one person may ask as often as a benchmark does.
        credentials = yaml.safe_load(source.credentials.read_text(encoding="utf-8"))
        web = credentials["assistant.channels.web.WebInput"]
        web["rate_limits"] = {"session": 1_000_000, "address": 10_000_000}
        (folder / "credentials.yml").write_text(yaml.safe_dump(credentials), encoding="utf-8")
        (folder / "models").mkdir()
        if model is not None:
            shutil.copy(model, folder / "models")
        return cls(folder)

    def command(self, *arguments: str) -> list[str]:
        """``notice`` with these arguments."""
        return [sys.executable, "-W", "ignore", "-m", "assistant", *arguments]

    @property
    def serving(self) -> list[str]:
        """``notice serve``."""
        return ["serve", "--port", str(self.port)]

    @property
    def archive(self) -> Path:
        """The trained model."""
        return self.folder / "models" / "notice.tar.gz"

    def person(self, http: aiohttp.ClientSession) -> Person:
        """Somebody with a session of the web channel."""
        return _WithSession(http, self)

    def _environment(self) -> dict[str, str]:
        return {
            **super()._environment(),
            "NOTICE_HOME": str(self.folder),
            "NOTICE_SESSION_SECRET": "of benchmarks only, long enough to sign",
            "PYTHONPATH": str(find_project().root),
        }


class _WithSession(Person):
    _headers: Mapping[str, str] = MappingProxyType({})

    async def arrive(self) -> None:
        self._headers = {"Authorization": f"Bearer {(await self._post('session', {}))['session']}"}

    async def ask(self, text: str) -> str:
        said = await self._post("message", {"id": str(uuid4()), "text": text})
        if said["reply"]["failed"]:
            raise NotAnsweredError(said["reply"]["outcome"])
        return str(said["reply"]["text"])

    async def _post(self, name: str, body: dict[str, str]) -> dict[str, dict[str, str]]:
        url = f"{self.server.url}/webhooks/notice/{name}"
        async with self.http.post(url, json=body, headers=self._headers) as response:
            response.raise_for_status()
            answered: dict[str, dict[str, str]] = await response.json()
            return answered


class Starter(Server):
    """What ``rasa init`` writes, in its own environment with TensorFlow."""

    name = "starter bot"
    ready_path = "/"

    def __init__(self, folder: Path, python: Path) -> None:
        super().__init__(folder)
        self._python = python

    @classmethod
    def made_in(cls, folder: Path, python: Path) -> Starter:
        """Have ``rasa init`` write and train it, unless this folder has it already."""
        made = cls(folder, python)
        folder.mkdir(parents=True, exist_ok=True)
        if not list(folder.glob("models/*.tar.gz")):
            made.run("init", "--no-prompt")
        return made

    def command(self, *arguments: str) -> list[str]:
        """``rasa`` with these arguments."""
        return [str(self._python), "-W", "ignore", "-m", "rasa", *arguments]

    @property
    def serving(self) -> list[str]:
        """``rasa run``."""
        return ["run", "--interface", "127.0.0.1", "--port", str(self.port)]

    @property
    def archive(self) -> Path:
        """The newest trained model."""
        return max(self.folder.glob("models/*.tar.gz"), key=lambda path: path.stat().st_mtime)

    def person(self, http: aiohttp.ClientSession) -> Person:
        """Somebody in Rasa's REST channel."""
        return _ByRest(http, self)


class _ByRest(Person):
    def __init__(self, http: aiohttp.ClientSession, server: Server) -> None:
        super().__init__(http, server)
        self._sender = str(uuid4())

    async def ask(self, text: str) -> str:
        url = f"{self.server.url}/webhooks/rest/webhook"
        async with self.http.post(url, json={"sender": self._sender, "message": text}) as response:
            response.raise_for_status()
            return "\n".join(message.get("text", "") for message in await response.json())
