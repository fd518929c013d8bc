"""Where a server of a test keeps its conversations: never with those of this folder."""

from __future__ import annotations

from pathlib import Path

import yaml

from assistant.project import Project


def own_endpoints(project: Project, folder: Path) -> Path:
    """The project's ``endpoints.yml`` with a database of its own, for ``--endpoints``.

    Args:
        project: whose file it is, but for the database.
        folder: takes the file and the database.
    """
    configured = yaml.safe_load(project.endpoints.read_text(encoding="utf-8"))
    configured["tracker_store"]["db"] = str(folder / "conversations.db")
    path = folder / "endpoints.yml"
    path.write_text(yaml.safe_dump(configured), encoding="utf-8")
    return path
