"""The image: nothing secret in it, nothing that its user could change, and its size."""

from __future__ import annotations

import json
import subprocess
import tarfile
from typing import Iterator

import pytest

from tests.containers.stack import Stack, docker

LARGEST = 1_600_000_000
"""Bytes; the packages are 1.0 GB of it."""


def files(image: str) -> Iterator[tuple[str, bytes]]:
    """Every file of every layer, also those that a later layer takes away."""
    with subprocess.Popen(["docker", "save", image], stdout=subprocess.PIPE) as saving:
        assert saving.stdout is not None
        with tarfile.open(fileobj=saving.stdout, mode="r|") as saved:
            for member in saved:
                content = saved.extractfile(member) if member.isfile() else None
                if content is None:
                    continue
                try:
                    layer = tarfile.open(fileobj=content, mode="r|")  # noqa: SIM115
                except tarfile.ReadError:
                    continue  # what describes the image
                with layer:
                    for one in layer:
                        inner = layer.extractfile(one) if one.isfile() else None
                        if inner is not None:
                            yield one.name, inner.read() if one.size < 1_000_000 else b""


def test_no_secret_is_in_any_layer(stack: Stack) -> None:
    secrets = [stack.planted.encode()]
    for name in ("assistant.env", "postgresql.env", "redis.conf"):
        for line in (stack.clone / "deploy" / "secrets" / name).read_text().splitlines():
            word = line.replace("requirepass ", "=").rpartition("=")[2]
            if len(word) >= 32:
                secrets.append(word.encode())
    secrets.append((stack.clone / "deploy" / "secrets" / "tls" / "key.pem").read_bytes())
    assert len(secrets) > 5
    names = set()
    for name, content in files("notice:latest"):
        names.add(name)
        assert not any(secret in content for secret in secrets), name
    assert "notice/assistant/cli/app.py" in names  # the layers were read
    below = {name for name in names if name.startswith("notice/")}
    assert not [name for name in below if "/secrets" in name or "/.git" in name]
    assert {name for name in below if name.startswith("notice/deploy/")} == {
        "notice/deploy/endpoints.yml",
        "notice/deploy/credentials.yml",
    }
    models = {name for name in below if name.startswith("notice/models/")}
    assert models - {"notice/models/changes.json"} == {  # there only if it was written
        "notice/models/notice.tar.gz",
        "notice/models/content.json",
    }
    history = docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", "notice:latest")
    environment = docker("image", "inspect", "-f", "{{json .Config.Env}}", "notice:latest")
    assert "pip.conf" not in environment and "index-url =" not in history


def test_its_user_can_change_nothing_in_it() -> None:
    command = "find / -xdev -writable -not -type l 2>/dev/null; true"
    found = docker("run", "--rm", "--network=none", "notice:latest", "sh", "-c", command).split()
    changeable = {one for one in found if not one.startswith(("/dev/", "/proc/", "/sys/"))}
    assert changeable <= {"/tmp", "/var/tmp", "/run/lock"}, sorted(changeable)[:20]


@pytest.mark.parametrize(
    "image", ["notice:latest", "notice-nginx:1.22", "notice-postgresql:15", "notice-redis:7"]
)
def test_it_is_not_run_by_root(image: str) -> None:
    (one,) = json.loads(docker("image", "inspect", image))
    assert one["Config"]["User"].partition(":")[0] not in ("", "0", "root")
    print(f"{image}: {one['Size'] / 1e6:.0f} MB")
    assert one["Size"] < LARGEST


def test_it_is_in_order_without_a_network() -> None:
    asked = "from assistant.project import find_project\n"
    asked += "from assistant.training.train import current_model\n"
    asked += "print(current_model(find_project()))"
    said = docker("run", "--rm", "--network=none", "notice:latest", "python", "-c", asked)
    assert said.strip() == "/notice/models/notice.tar.gz"
