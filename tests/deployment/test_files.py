"""The files of ``deploy/`` and the ``Dockerfile``: as far as no container engine is needed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator

import pytest
import yaml
from rasa.core.utils import AvailableEndpoints

from assistant.channels.base import GRACE_S
from assistant.channels.teams.input import FINISH_WITHIN
from assistant.channels.web import WebInput
from assistant.cli import _parser
from assistant.guidance import Library
from assistant.operations.server import DRAIN_SECONDS, build_app
from assistant.operations.unavailable import unavailable
from assistant.project import Project
from assistant.turn.queue import TURN_TIMEOUT_S

TOOLS = Path(sys.prefix) / "tools" / "bin"
"""Where the Makefile installs what does not resolve beside Rasa's pins."""

KUBERNETES = "1.34"
ADDRESSES = {
    "NOTICE_DATABASE": "postgresql://notice:secret@postgresql/notice",
    "NOTICE_LOCKS": "redis://:secret@redis:6379/1",
    "NOTICE_LIMITS": "redis://:secret@redis:6379/2",
    "NOTICE_SESSION_SECRET": "s" * 32,
}

VALIDATE_COMPOSE = """
import sys, compose_spec
compose = compose_spec.PyCompose.from_json(sys.stdin.read())
compose.validate()
print(*compose.service_names())
"""


@pytest.fixture
def compose(project: Project) -> Any:
    text = (project.root / "deploy" / "compose.yml").read_text()
    return yaml.safe_load(text.replace("${NOTICE_VERSION:-latest}", "latest"))


def validate_compose(compose: Any) -> subprocess.CompletedProcess[str]:
    command = [str(TOOLS / "python"), "-c", VALIDATE_COMPOSE]
    return subprocess.run(command, input=json.dumps(compose), capture_output=True, text=True)


def test_compose_is_as_the_specification_says(compose: Any) -> None:
    services = {"nginx", "assistant-1", "assistant-2", "actions", "postgresql", "redis"}
    assert set(validate_compose(compose).stdout.split()) == services
    compose["services"]["nginx"]["networks"].append("misspelt")
    assert validate_compose(compose).returncode != 0


def validate_kubernetes(path: Path) -> subprocess.CompletedProcess[str]:
    command = [str(TOOLS / "kubernetes-validate"), "--strict", "-k", KUBERNETES, str(path)]
    return subprocess.run(command, capture_output=True, text=True)


def test_kubernetes_takes_the_manifest(project: Project, tmp_path: Path) -> None:
    manifest = project.root / "deploy" / "kubernetes.yml"
    passed = validate_kubernetes(manifest)
    assert passed.returncode == 0, passed.stderr
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(manifest.read_text().replace("replicas: 2", "replicas: two", 1))
    assert validate_kubernetes(wrong).returncode != 0


def commands(project: Project, compose: Any) -> Iterator[list[str]]:
    for service in compose["services"].values():
        yield service.get("command", [])
    manifest = (project.root / "deploy" / "kubernetes.yml").read_text()
    for one in yaml.safe_load_all(manifest):
        if one["kind"] == "Deployment":
            yield one["spec"]["template"]["spec"]["containers"][0]["args"]
    dockerfile = (project.root / "Dockerfile").read_text().replace("\\\n", "")
    yield json.loads(dockerfile.rpartition("CMD ")[2])


def test_every_command_is_one_that_notice_has(project: Project, compose: Any) -> None:
    ours = [command[1:] for command in commands(project, compose) if command[:1] == ["notice"]]
    assert len(ours) == 4
    for command in ours:
        parsed = _parser().parse_args(command)
        assert parsed.host == "0.0.0.0"
        for path in (parsed.endpoints, parsed.credentials):
            assert (project.root / path).is_file(), path


def test_what_the_image_copies_is_there(project: Project) -> None:
    kept = (project.root / ".dockerignore").read_text().split()
    for copied in re.findall(r"^COPY (.*) \S+$", (project.root / "Dockerfile").read_text(), re.M):
        for name in copied.split():
            assert (project.root / name).exists(), name
            assert f"!{name}" in kept, name


def test_the_stores_are_those_that_may_grow(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ADDRESSES.items():
        monkeypatch.setenv(name, value)
    endpoints = AvailableEndpoints.read_endpoints(str(project.root / "deploy" / "endpoints.yml"))
    assert endpoints.tracker_store is not None and endpoints.lock_store is not None
    assert endpoints.tracker_store.type.endswith(".RedactingTrackerStore")
    assert endpoints.tracker_store.url == ADDRESSES["NOTICE_DATABASE"]
    assert endpoints.lock_store.type == "assistant.store.locks.RedisLockStore"
    assert endpoints.lock_store.url == ADDRESSES["NOTICE_LOCKS"]
    app = build_app(project.root / "deploy" / "credentials.yml")
    assert [channel.name() for channel in app.ctx.input_channels] == ["notice"]


def test_the_proxys_own_pages_fit_the_content(project: Project, library: Library) -> None:
    for name, text in unavailable(library).items():
        written = (project.root / "deploy" / "nginx" / name).read_text(encoding="utf-8")
        assert written == text, f"{name}: make it again with `notice unavailable`"


def test_the_proxy_waits_longer_than_a_server(project: Project) -> None:
    text = (project.root / "deploy" / "nginx" / "nginx.conf").read_text(encoding="utf-8")
    (seconds,) = re.findall(r"proxy_read_timeout (\d+)s;", text)
    assert int(seconds) > WebInput.queue_timeout_s + TURN_TIMEOUT_S + GRACE_S


def test_a_server_gets_the_time_to_stop_that_it_needs(project: Project, compose: Any) -> None:
    needed = DRAIN_SECONDS + TURN_TIMEOUT_S + GRACE_S + FINISH_WITHIN
    periods = {
        one["stop_grace_period"]
        for one in compose["services"].values()
        if one.get("stop_grace_period")
    }
    manifest = (project.root / "deploy" / "kubernetes.yml").read_text(encoding="utf-8")
    periods |= set(re.findall(r"terminationGracePeriodSeconds: (\d+)", manifest))
    assert periods and all(int(str(one).rstrip("s")) > needed for one in periods)
