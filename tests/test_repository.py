"""Rules of the repository itself."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from assistant.project import Project

# In parts, so that this file does not hold what it looks for.
HOSTS = "|".join(
    [
        "pypi" + r"\.org",
        "pythonhosted" + r"\.org",
        "npmjs" + r"\.(?:org|com)",
        r"(?:deb|security|snapshot)\." + r"debian\.org",
    ]
)
MADE_BY_THE_OPERATOR = ("deploy/secrets", "deploy/.env")
MACHINE_PATHS = r"(?:^|[^\w.])/(?:home|root|Users|work)/\w"


def committed(project: Project) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=project.root, capture_output=True, text=True, check=True
    )
    return [project.root / name for name in listed.stdout.split("\0") if name]


def test_no_file_names_a_registry_or_a_path_of_one_machine(project: Project) -> None:
    for path in committed(project):
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not re.search(HOSTS, text), path
            assert not re.search(MACHINE_PATHS, text), path


def test_every_package_is_pinned_with_hashes(project: Project) -> None:
    for name in (
        "requirements.txt",
        "requirements-dev.txt",
        "benchmarks/starter/requirements.txt",
    ):
        text = (project.root / name).read_text()
        packages = re.split(r"\n(?=\S)", text.strip())
        assert len(packages) > 100
        for package in packages:
            assert re.match(r"[a-z0-9-]+(?:\[[\w,-]+\])?==[\w.]+", package), package[:80]
            assert "--hash=sha256:" in package, package[:80]


def test_a_number_is_written_in_one_register_only(project: Project) -> None:
    """Telephone numbers stand in the registers; texts refer to them."""
    numbers = set()
    for name in ("contacts.yml", "services.yml"):
        text = (project.data / name).read_text()
        numbers |= set(re.findall(r"^\s+phone: ['\"]?(\d[\d ]{5,})", text, flags=re.MULTILINE))
    assert len(numbers) > 10
    for path in [*(project.data / "guidance").rglob("*.yml"), project.root / "domain.yml"]:
        text = path.read_text()
        assert not [number for number in numbers if number.strip() in text], path


def pages(project: Project) -> list[Path]:
    named = (project.root / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md"))
    return [*named, *sorted((project.root / "docs").rglob("*.md"))]


def test_every_file_that_a_page_names_is_there(project: Project) -> None:
    """Links, and paths in backticks.

    Decisions name what was there when they were taken; tutorials, what their reader makes.
    """
    missing = []
    for page in pages(project):
        text = page.read_text(encoding="utf-8")
        links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
        missing += [(page.name, one) for one in links if not (page.parent / one).exists()]
        if page.parent.name not in ("decisions", "tutorials"):
            folders = "tests|assistant|actions|benchmarks|scripts|deploy"
            paths = re.findall(rf"`((?:{folders})/[\w./-]+)`", text)
            paths = [one for one in paths if one.rstrip("/") not in MADE_BY_THE_OPERATOR]
            missing += [(page.name, one) for one in paths if not (project.root / one).exists()]
    assert not missing


def test_every_test_that_a_page_names_is_there(project: Project) -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (project.root / "tests").rglob("*.py"))
    for page in pages(project):
        if page.parent.name != "decisions":
            for name in re.findall(r"`(test_\w+)`", page.read_text(encoding="utf-8")):
                assert f"def {name}(" in code, (page.name, name)
