"""A file of stores that cannot be read stops whoever wants it; Rasa would go on without."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.operations.endpoints import read_endpoints
from assistant.project import Project, ProjectError


def test_the_projects_own_file_is_read(project: Project) -> None:
    assert read_endpoints(project.endpoints).tracker_store.kwargs["dialect"] == "sqlite"


def test_no_file_is_said() -> None:
    with pytest.raises(ProjectError, match=r"nowhere\.yml: there is no such file"):
        read_endpoints(Path("nowhere.yml"))


def test_a_variable_without_a_value_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOTICE_DATABASE", raising=False)
    with pytest.raises(ProjectError, match="NOTICE_DATABASE"):
        read_endpoints(project.root / "deploy" / "endpoints.yml")
