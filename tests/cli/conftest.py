"""Commands on the model that is loaded already."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.cli.commands import asking, content, training
from assistant.project import HOME_VARIABLE, Project
from assistant.turn.assistant import Assistant


@pytest.fixture
def copied(project: Project, content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project, which the commands take for theirs; no conversation in its store."""
    root = content.parent
    for path in (project.config, project.domain, project.endpoints):
        shutil.copy(path, root)
    monkeypatch.setenv(HOME_VARIABLE, str(root))
    return root


@pytest.fixture
def loaded(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands take the assistant of all tests in place of loading one."""
    for module in (asking, content, training):
        monkeypatch.setattr(module, "load_assistant", lambda project: assistant)
