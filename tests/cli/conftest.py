"""Commands on the model that is loaded already."""

from __future__ import annotations

import pytest

from assistant.cli.commands import asking, content, training
from assistant.turn.assistant import Assistant


@pytest.fixture
def loaded(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands take the assistant of all tests in place of loading one."""
    for module in (asking, content, training):
        monkeypatch.setattr(module, "load_assistant", lambda project: assistant)
