"""The package as an installed one, where only its folder is on the path."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path
from typing import Optional

from assistant.channels.web.pages import DISTRIBUTION
from assistant.project import Project


def facts_of_the_package(project: Project, folder: Path) -> Optional[Path]:
    """A folder for Python's path that says which version this is; None if pip has said it.

    The widget's page of facts asks for the version, and knows it of an installed package only.
    """
    try:
        importlib.metadata.version(DISTRIBUTION)
        return None
    except importlib.metadata.PackageNotFoundError:
        pass
    declared = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    name, version = declared["project"]["name"], declared["project"]["version"]
    facts = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    facts.mkdir()
    text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (facts / "METADATA").write_text(text, encoding="utf-8")
    return folder
