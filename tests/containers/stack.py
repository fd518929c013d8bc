"""The containers that ``scripts/test-containers`` has started, and what tests do to them."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

CONTAINERS = "NOTICE_TEST_CONTAINERS"
PROJECT = "NOTICE_TEST_CONTAINERS_PROJECT"
PLANTED = "NOTICE_TEST_CONTAINERS_PLANTED"

SERVICES = ("assistant-1", "assistant-2", "nginx", "postgresql", "redis")
SERVERS = ("assistant-1", "assistant-2")
READY_WITHIN = 300.0  # seconds; a busy machine loads slowly


@dataclass(frozen=True)
class Answer:
    """What came through the proxy."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.text)


def docker(*arguments: str, binary: bool = False) -> Any:
    """What ``docker`` prints."""
    done = subprocess.run(["docker", *arguments], capture_output=True, text=not binary)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Stack:
    """The containers, the proxy's address and its certificate."""

    def __init__(self) -> None:
        self.clone = Path(os.environ[CONTAINERS])
        self.planted = os.environ[PLANTED]
        self.host, _, port = os.environ["NOTICE_LISTEN"].rpartition(":")
        self.port = int(port)
        self.url = f"https://{self.host}:{self.port}"
        certificate = self.clone / "deploy" / "secrets" / "tls" / "certificate.pem"
        self.tls = ssl.create_default_context(cafile=str(certificate))

    def compose(self, *arguments: str, given: Optional[bytes] = None) -> bytes:
        """What ``docker-compose`` prints."""
        file = str(self.clone / "deploy" / "compose.yml")
        command = ["docker-compose", "-p", os.environ[PROJECT], "-f", file, *arguments]
        done = subprocess.run(command, input=given, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def container(self, service: str) -> str:
        """The id of a service's container, running or not."""
        label = f"label=com.docker.compose.service={service}"
        of_project = f"label=com.docker.compose.project={os.environ[PROJECT]}"
        return str(docker("ps", "-aq", "--filter", label, "--filter", of_project)).strip()

    def inspect(self, service: str) -> Any:
        """What Docker knows of a service's container."""
        return json.loads(docker("inspect", self.container(service)))[0]

    def healthy(self, service: str) -> bool:
        """Whether a container's own check says that it is well."""
        state = self.inspect(service)["State"]
        return bool(state["Running"]) and state["Health"]["Status"] == "healthy"

    def wait(self, *services: str) -> float:
        """Wait until containers are healthy; the seconds that took."""
        began = time.monotonic()
        for service in services or SERVICES:
            while not self.healthy(service):
                waited = time.monotonic() - began
                assert waited < READY_WITHIN, docker("logs", self.container(service))
                time.sleep(0.5)
        return time.monotonic() - began

    def psql(self, statement: str) -> str:
        """What PostgreSQL answers."""
        command = ("psql", "-U", "notice", "-d", "notice", "-At", "-c", statement)
        return self.compose("exec", "-T", "postgresql", *command).decode()

    def ask(
        self,
        path: str,
        body: Any = None,
        token: str = "",
        headers: Optional[dict[str, str]] = None,
    ) -> Answer:
        """A request through TLS and the proxy."""
        data = None if body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **(headers or {})}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(self.url + path, data=data, headers=sent)
        try:
            with urllib.request.urlopen(request, timeout=30, context=self.tls) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read().decode())

    def session(self) -> str:
        """The token of a new conversation."""
        return str(self.ask("/webhooks/notice/session", {}).json["session"])

    def say(self, token: str, text: str) -> Any:
        """The reply to a message."""
        body = {"id": str(uuid.uuid4()), "text": text}
        answer = self.ask("/webhooks/notice/message", body, token)
        assert answer.status == 200, answer
        return answer.json["reply"]
