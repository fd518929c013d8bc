"""Imports between packages point one way (``[tool.importlinter]`` in pyproject.toml)."""

from __future__ import annotations

import re

from importlinter.cli import lint_imports

from assistant.project import Project


def test_imports_point_down(project: Project) -> None:
    config = project.root / "pyproject.toml"
    assert lint_imports(config_filename=str(config), no_cache=True) == 0


def test_the_page_on_architecture_names_every_room(project: Project) -> None:
    page = (project.root / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in (project.root / "assistant").glob("*/__init__.py")}
    assert rooms <= set(re.findall(r"`(\w+)/`", page))
