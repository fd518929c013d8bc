"""Which Python the project is installed on, and with what."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from assistant.project import Project

NOT_FOR_US = {
    "absl-py",
    "mattermostwrapper",  # imported by nothing of Rasa's
    "protobuf",
    "wheel",
}
"""What Rasa declares and only TensorFlow, or nothing, needs."""

FAMILY = re.compile(r"tensor|keras|jax|libclang|opt-einsum|gast|h5py|ml-dtypes|grpc")


def find_python(project: Project, folder: Path) -> str:
    script = str(project.root / "scripts" / "find-python")
    environment = {"PATH": f"{folder}:/usr/bin:/bin"}
    done = subprocess.run([script], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("there", "found"),
    [
        ({"python3.12": 0, "python3.11": 0, "python3": 0}, "python3.12"),
        ({"python3.12": 1, "python3.11": 0}, "python3.11"),
        ({"python3.12": 1, "python3.11": 1, "python3": 0}, "python3"),
    ],
)
def test_the_first_that_can_be_used_is_found(
    project: Project, tmp_path: Path, there: dict[str, int], found: str
) -> None:
    for name, code in there.items():
        stub = tmp_path / name
        stub.write_text(f"#!/bin/sh\nexit {code}\n")
        stub.chmod(0o755)
    assert find_python(project, tmp_path) == str(tmp_path / found)


def test_what_is_found_is_of_a_version_that_the_project_declares(project: Project) -> None:
    script = str(project.root / "scripts" / "find-python")
    done = subprocess.run([script], env=os.environ, capture_output=True, text=True, check=True)
    asked = [done.stdout.strip(), "-c", "import platform; print(platform.python_version())"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    assert version.startswith(("3.11.", "3.12."))
    assert pyproject(project)["project"]["requires-python"] == ">=3.11,<3.13"


def pyproject(project: Project) -> dict[str, Any]:
    return tomllib.loads((project.root / "pyproject.toml").read_text())


def test_no_tensorflow_and_nothing_that_only_it_needs(project: Project) -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (project.root / name).read_text()
        packages = re.findall(r"^([\w.-]+)==", text, flags=re.MULTILINE)
        assert not [package for package in packages if FAMILY.match(package)]


@pytest.mark.parametrize("package", ["rasa", "rasa-sdk"])
def test_what_a_package_declares_is_in_the_projects_own_list(
    project: Project, package: str
) -> None:
    """``pyproject.toml`` replaces what Rasa declares: nothing may be left out by mistake."""
    declared = set()
    for line in importlib.metadata.requires(package) or ():
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        optional = requirement.marker is not None and "extra ==" in str(requirement.marker)
        if not optional and not FAMILY.match(name):
            declared.add(name)
    (metadata,) = (
        one
        for one in pyproject(project)["tool"]["uv"]["dependency-metadata"]
        if one["name"] == package
    )
    assert metadata["version"] == importlib.metadata.version(package)
    ours = {canonicalize_name(Requirement(line).name) for line in metadata["requires-dist"]}
    assert ours == declared - NOT_FOR_US - {"colorama"}  # on Windows
