"""The files of ``deploy/`` and the ``Dockerfile``: as far as no container engine is needed.

``tests/containers`` runs them.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator

import pytest
import yaml
from rasa.core.utils import AvailableEndpoints
from typer.core import TyperGroup
from typer.main import get_command

from assistant.channels.base import GRACE_S
from assistant.channels.teams.input import FINISH_TIMEOUT_S
from assistant.channels.web import WebInput
from assistant.cli import app
from assistant.guidance import Library
from assistant.operations.server import DRAIN_TIME_S, build_app
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
    # The variables' defaults, as compose puts them in.
    return yaml.safe_load(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text))


def validate_compose(compose: Any) -> subprocess.CompletedProcess[str]:
    command = [str(TOOLS / "python"), "-c", VALIDATE_COMPOSE]
    return subprocess.run(command, input=json.dumps(compose), capture_output=True, text=True)


def test_compose_is_as_the_specification_says(compose: Any) -> None:
    services = {"nginx", "assistant-1", "assistant-2", "postgresql", "redis"}
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
    assert len(ours) == 4  # two in compose.yml, one in kubernetes.yml, the image's own
    for command in ours:
        group = get_command(app)
        assert isinstance(group, TyperGroup)
        name, *options = command
        given = group.commands[name].make_context(name, options).params
        assert given["host"] == "0.0.0.0"
        for path in (given["endpoints"], given["credentials"]):
            assert (project.root / path).is_file(), path


def copied(project: Project) -> list[str]:
    text = (project.root / "Dockerfile").read_text()
    found = re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.M)
    return [name for names in found for name in names.split()]


def test_what_the_image_copies_is_there(project: Project) -> None:
    kept = (project.root / ".dockerignore").read_text().split()
    for name in copied(project):
        assert (project.root / name).exists(), name
        assert f"!{name}" in kept, name


SECRETS = [
    "deploy/secrets/assistant.env",
    "deploy/secrets/tls/key.pem",
    "deploy/secrets/redis.conf",
    "deploy/secrets/anything.txt",
    "deploy/own.pem",
    "data/own.key",
    ".env",
    "assistant/.env.local",
    "production.env",
]


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_cannot_be_committed(project: Project, name: str) -> None:
    """And a file of this kind never was: ``git add -A`` leaves it out."""
    git = ["git", "-C", str(project.root)]
    if subprocess.run([*git, "rev-parse"], capture_output=True).returncode:
        pytest.skip("not a clone")
    assert subprocess.run([*git, "check-ignore", "-q", name]).returncode == 0
    committed = subprocess.run([*git, "ls-files"], capture_output=True, text=True).stdout.split()
    assert not [one for one in committed if re.search(r"\.(env|pem|key)$|/secrets/", one)]


def test_the_build_is_sent_no_secret(project: Project) -> None:
    """``tests/containers`` looks into the image; here is why there can be nothing in it."""
    lines = (project.root / ".dockerignore").read_text().split("\n")
    lines = [line for line in lines if line and not line.startswith("#")]
    assert lines[0] == "*"
    wanted = max(number for number, line in enumerate(lines) if line.startswith("!"))
    for pattern in ("deploy/secrets", "**/*.env", "**/.env*", "**/*.pem", "**/*.key"):
        assert lines.index(pattern) > wanted, pattern  # the last line that fits decides
    assert "deploy" not in copied(project) and "." not in copied(project)


def pods(project: Project) -> list[Any]:
    manifest = (project.root / "deploy" / "kubernetes.yml").read_text()
    every = yaml.safe_load_all(manifest)
    return [one["spec"]["template"]["spec"] for one in every if one["kind"] == "Deployment"]


def test_nothing_but_the_proxy_is_in_a_network_that_leads_out(
    project: Project, compose: Any
) -> None:
    """Compose joins no other network to a service that names its own; Kubernetes has policies."""
    assert compose["networks"]["inside"]["internal"] is True
    for name, one in compose["services"].items():
        assert set(one["networks"]) - {"inside"} == ({"outside"} if name == "nginx" else set())
    manifest = (project.root / "deploy" / "kubernetes.yml").read_text()
    every = [one for one in yaml.safe_load_all(manifest) if one["kind"] == "NetworkPolicy"]
    assert {"Ingress", "Egress"} <= set(every[0]["spec"]["policyTypes"])
    for policy in every:
        for rule in policy["spec"].get("egress") or ():
            assert rule.get("to"), policy["metadata"]["name"]


def test_only_behind_a_policy_are_the_figures_open(project: Project, compose: Any) -> None:
    """Where the port is reachable by others, ``--open-metrics`` would show them the figures."""
    for one in compose["services"].values():
        assert "--open-metrics" not in one.get("command", [])
    arguments = [argument for pod in pods(project) for argument in pod["containers"][0]["args"]]
    manifest = (project.root / "deploy" / "kubernetes.yml").read_text()
    policies = [one for one in yaml.safe_load_all(manifest) if one["kind"] == "NetworkPolicy"]
    of_servers = [
        one
        for one in policies
        if one["spec"]["podSelector"].get("matchLabels") == {"app": "assistant"}
    ]
    assert "--open-metrics" in arguments and of_servers[0]["spec"]["ingress"]


def test_no_container_has_more_rights_than_it_needs(project: Project, compose: Any) -> None:
    for name, one in compose["services"].items():
        assert one["read_only"] and one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert one["user"].partition(":")[0] not in ("0", "root"), name
        assert one["mem_limit"] and one["cpus"] and one["pids_limit"], name
        assert one["logging"]["options"]["max-size"], name
        built_or_by_digest = "build" in one or "@sha256:" in one["image"]
        assert built_or_by_digest, name
    for pod in pods(project):
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["limits"]["memory"]


def test_every_pod_is_within_a_network_policy(project: Project) -> None:
    manifest = (project.root / "deploy" / "kubernetes.yml").read_text()
    policies = [one for one in yaml.safe_load_all(manifest) if one["kind"] == "NetworkPolicy"]
    everyone = [one["spec"] for one in policies if one["spec"]["podSelector"] == {}]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in everyone
    assert all(one["metadata"]["namespace"] == "notice" for one in policies)


def test_no_probe_ends_a_busy_server(project: Project) -> None:
    """Nor takes it out of service, sooner than any turn can last."""
    (server,) = (
        container
        for pod in pods(project)
        for container in pod["containers"]
        if container["name"] == "assistant"
    )

    def patience(probe: Any) -> float:
        return float(probe["periodSeconds"] * probe["failureThreshold"])

    longest = WebInput.queue_timeout_s + TURN_TIMEOUT_S + GRACE_S
    assert patience(server["livenessProbe"]) >= 120
    assert server["livenessProbe"]["timeoutSeconds"] >= longest
    assert patience(server["readinessProbe"]) > longest
    assert server["livenessProbe"]["httpGet"]["path"] == "/healthz"


def test_kubectl_reads_the_manifest(project: Project) -> None:
    """With the types of its own version, without a cluster."""
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl is not installed")
    manifest = str(project.root / "deploy" / "kubernetes.yml")
    command = [kubectl, "annotate", "--local", "-f", manifest, "x=y", "-o", "name"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "deployment.apps/assistant" in done.stdout.split()


def test_metrics_and_time_outs_of_the_proxy(project: Project) -> None:
    text = (project.root / "deploy" / "nginx" / "nginx.conf").read_text(encoding="utf-8")
    (again,) = re.findall(r"proxy_next_upstream (.*);", text)
    assert "timeout" not in again.split()
    assert "limit_req zone=" in text and "limit_conn " in text
    assert r"location ~* ^/+metrics(/|$)" in text


def test_the_stores_are_those_that_may_grow(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ADDRESSES.items():
        monkeypatch.setenv(name, value)
    endpoints = AvailableEndpoints.read_endpoints(str(project.root / "deploy" / "endpoints.yml"))
    assert endpoints.tracker_store is not None and endpoints.lock_store is not None
    assert endpoints.tracker_store.type.endswith(".RedactingTrackerStore")
    assert endpoints.nlg is not None and endpoints.nlg.type == "assistant.turn.nlg.CompiledAnswers"
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
    needed = DRAIN_TIME_S + TURN_TIMEOUT_S + GRACE_S + FINISH_TIMEOUT_S
    periods = {
        one["stop_grace_period"]
        for one in compose["services"].values()
        if one.get("stop_grace_period")
    }
    manifest = (project.root / "deploy" / "kubernetes.yml").read_text(encoding="utf-8")
    periods |= set(re.findall(r"terminationGracePeriodSeconds: (\d+)", manifest))
    assert periods and all(int(str(one).rstrip("s")) > needed for one in periods)
