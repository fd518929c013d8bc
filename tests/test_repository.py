"""Rules of the repository itself."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from assistant.project import Project

# In parts, so that this file does not hold what it looks for.
HOSTS = "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(?:org|com)"])
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
    for name in ("requirements.txt", "requirements-dev.txt"):
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
