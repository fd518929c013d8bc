"""``notice check`` and ``notice parse``; the rest of what editors run is in ``tests/editing``."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli import FAILED, OK, UNUSABLE, run
from assistant.project import HOME_VARIABLE, Project
from tests.conftest import Edit

URGENT = "my dad touches me at night and im scared"


def test_clean_content_is_all_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == OK
    assert "The content is clean." in capsys.readouterr().out


def test_what_is_wrong_is_listed_and_fails(
    copy: Project,
    edit: Edit,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(copy.root))
    edit("guidance/talk/recording.yml", "facts: [rec-words,", "facts: [rec-wrods,")
    assert run(["check"]) == FAILED
    said = capsys.readouterr().out.replace("\n", "")
    assert "recording.yml" in said and "rec-wrods" in said
    # What needs the content cannot run, and says the same.
    assert run(["due"]) == UNUSABLE
    said = capsys.readouterr().err
    assert "Fix these first" in said and "rec-wrods" in said


@pytest.mark.usefixtures("loaded")
def test_parse_says_how_a_message_is_read(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse", URGENT]) == OK
    assert "urgent/" in capsys.readouterr().out
