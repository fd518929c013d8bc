"""What the forge and the machine of whoever contributes read: owners, checks, versions."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.project import Project
from tests.test_repository import committed

LARGEST = 1024 * 1024  # bytes


def git(project: Project, *arguments: str) -> list[str]:
    done = subprocess.run(
        ["git", *arguments], cwd=project.root, capture_output=True, text=True, check=False
    )
    return done.stdout.split()


def names(project: Project) -> list[str]:
    """All committed files."""
    return [str(path.relative_to(project.root)) for path in committed(project)]


@pytest.fixture(scope="module")
def hooks(project: Project) -> dict[str, dict[str, Any]]:
    """The checks before a commit, by their id."""
    read = yaml.safe_load((project.root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    return {hook["id"]: hook for repo in read["repos"] for hook in repo["hooks"]}


def test_make_and_the_checks_before_a_commit_look_at_the_same_python(project: Project) -> None:
    """pre-commit looks at every file that is Python, whatever it is called."""
    makefile = (project.root / "Makefile").read_text(encoding="utf-8")
    (code,) = re.findall(r"^CODE := (.+)$", makefile, flags=re.MULTILINE)
    checked = code.split()
    left = []
    for path in committed(project):
        name = str(path.relative_to(project.root))
        if path.suffix in (".py", ".pyi"):
            python = True
        elif path.suffix or not path.is_file():
            python = False
        else:
            with path.open("rb") as file:
                python = bool(re.match(rb"#!.*python", file.readline(200)))
        if python and not any(name == one or name.startswith(f"{one}/") for one in checked):
            left.append(name)
    assert not left


@pytest.mark.parametrize("passes", [True, False])
def test_shuffled_runs_have_seeds_of_their_own(
    project: Project, tmp_path: Path, passes: bool
) -> None:
    """The script, beside a pytest that only says what it was given."""
    bin_ = tmp_path / ".venv" / "bin"
    bin_.mkdir(parents=True)
    (bin_ / "python").symlink_to(sys.executable)
    pytest_ = bin_ / "pytest"
    pytest_.write_text(f'#!/bin/sh\necho "given $*"\nexit {0 if passes else 1}\n')
    pytest_.chmod(0o755)
    (tmp_path / "scripts").mkdir()
    script = shutil.copy(project.root / "scripts" / "shuffle", tmp_path / "scripts")
    done = subprocess.run([script], capture_output=True, text=True, check=False)
    seeds = re.findall(r"^Run \d of 5: pytest --randomly-seed=(\d+) ", done.stdout, re.MULTILINE)
    assert len(set(seeds)) == 5
    given = re.findall(r"^given --randomly-seed=(\d+) -n 2 ", done.stdout, re.MULTILINE)
    assert given == seeds
    assert done.returncode == (0 if passes else 1)
    said = f"Failed with the seeds: {' '.join(seeds)}\n"
    assert done.stdout.endswith(said) is not passes


def test_a_committed_file_is_small_or_let_through_by_name(
    project: Project, hooks: dict[str, dict[str, Any]]
) -> None:
    let_through = re.compile(hooks["large-files"]["exclude"])
    large = {str(p.relative_to(project.root)) for p in committed(project) if is_large(p)}
    assert large, "nothing would be found"
    assert not [name for name in large if not let_through.search(name)]


def is_large(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > LARGEST


def test_every_owned_and_every_marked_path_is_there(project: Project) -> None:
    there = names(project)
    for name in (".github/CODEOWNERS", ".gitattributes"):
        for line in (project.root / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                pattern = line.split()[0].removeprefix("/")
                wanted = f"{pattern}*" if pattern.endswith("/") else pattern
                assert any(fnmatch(one, wanted) for one in there), (name, pattern)


LINE_LENGTH = "bff30dc898055e7c2f64d375cfefab06959bba47"
"""A commit that calls itself one of formatting, and changes what a benchmark does."""


def changes_code(project: Project, commit: str) -> bool:
    """Whether what Python reads in any file is other than before."""
    for name in git(project, "diff-tree", "--no-commit-id", "-r", "--name-only", commit):
        before, after = (
            subprocess.run(
                ["git", "show", f"{at}:{name}"], cwd=project.root, capture_output=True, check=False
            ).stdout
            for at in (f"{commit}^", commit)
        )
        if name.endswith(".py") and ast.dump(ast.parse(before)) != ast.dump(ast.parse(after)):
            return True
    return False


def test_blame_passes_over_formatting_alone(project: Project) -> None:
    history = git(project, "rev-list", "HEAD")
    if LINE_LENGTH not in history:
        pytest.skip("a clone without its history")
    lines = (project.root / ".git-blame-ignore-revs").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith("#")]
    assert set(named) <= set(history)
    assert not [commit for commit in named if changes_code(project, commit)]
    assert changes_code(project, LINE_LENGTH)


def test_who_finds_a_weakness_is_told_a_private_way(project: Project) -> None:
    policy = (project.root / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in policy.split("##")[0]
    forms = project.root / ".github" / "ISSUE_TEMPLATE"
    chooser = yaml.safe_load((forms / "config.yml").read_text(encoding="utf-8"))
    assert chooser["blank_issues_enabled"] is False
    assert "Report a vulnerability" in (forms / "fault.yml").read_text(encoding="utf-8")


def test_one_version_in_every_file(project: Project) -> None:
    def read(name: str) -> str:
        return (project.root / name).read_text(encoding="utf-8")

    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    lock = json.loads(read("widget/package-lock.json"))
    assert {
        json.loads(read("widget/package.json"))["version"],
        lock["version"],
        lock["packages"][""]["version"],
        json.loads(read("teams/manifest.json"))["version"],
    } == {version}
    sections = re.findall(r"^## (.+)$", read("CHANGELOG.md"), flags=re.MULTILINE)
    if sections[0] == "Unreleased":
        sections = sections[1:]
    for section in sections:
        assert re.fullmatch(r"\d+\.\d+\.\d+, \d{1,2} [A-Z][a-z]+ 20\d\d", section), section
    assert sections[0].startswith(f"{version},")


def test_a_release_has_the_version_of_its_tag(project: Project) -> None:
    """True of every commit: most have no tag. The forge runs it on each tag."""
    version = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    for tag in git(project, "tag", "--points-at", "HEAD", "--list", "v*"):
        assert tag == f"v{version['project']['version']}"
        changes = (project.root / "CHANGELOG.md").read_text(encoding="utf-8")
        assert "## Unreleased" not in changes
