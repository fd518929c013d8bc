"""``notice ask`` and ``notice chat``."""

from __future__ import annotations

import io
import json

import pytest

from assistant.channels import terminal
from assistant.cli import OK, run
from assistant.turn.assistant import Assistant

STRATEGY = "what is a strategy discussion?"
pytestmark = pytest.mark.usefixtures("loaded")


def test_one_question_is_answered_with_its_choices(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", STRATEGY]) == OK
    said = capsys.readouterr().out
    assert "review (November 2024)" in said
    assert "\n  > " in said


def test_questions_come_from_standard_input_and_know_nothing_of_each_other(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{STRATEGY}\n\n  tell me more \n"))
    assert run(["ask", "--json"]) == OK
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["question"] == STRATEGY and first["topic"] == "respond/strategy-discussion"
    assert second["question"] == "tell me more" and second["topic"] is None


def test_chat_talks_with_the_assistant(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    talked: list[Assistant] = []

    async def chat(loaded: Assistant) -> None:
        talked.append(loaded)

    monkeypatch.setattr(terminal, "chat", chat)
    assert run(["chat"]) == OK
    assert talked == [assistant]
