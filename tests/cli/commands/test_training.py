"""``notice train`` and ``notice evaluate``; ``notice rasa`` is in ``test_app.py``."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli import OK, UNUSABLE, run
from assistant.cli import loading as module
from assistant.project import HOME_VARIABLE, Project
from assistant.training.train import TrainingError

QUESTIONS = """question\taccept\tkind
what is a strategy discussion?\trespond/strategy-discussion\ttopic
what is the weather like\trespond/strategy-discussion\ttopic
"""


def test_a_current_model_is_not_trained_again(
    model: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(module, "train")
    assert run(["train"]) == OK
    assert f"Model ready: {model}" in capsys.readouterr().err.replace("\n", "")


def test_a_model_that_is_not_current_is_trained(
    copy: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(copy.root))
    monkeypatch.setattr(module, "train", lambda project: project.root / "made")
    assert run(["train"]) == OK
    assert "Model ready: " in capsys.readouterr().err

    def refuse(project: Project) -> Path:
        raise TrainingError("Rasa could not train the model")

    monkeypatch.setattr(module, "train", refuse)
    assert run(["train"]) == UNUSABLE
    assert "Rasa could not train the model" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_evaluate_counts_the_misses_and_writes_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions, report = tmp_path / "questions.tsv", tmp_path / "made" / "report.html"
    questions.write_text(QUESTIONS, encoding="utf-8")
    assert run(["evaluate", str(questions), "--details", "--report", str(report)]) == OK
    assert "what is the weather like" in capsys.readouterr().out
    html = report.read_text(encoding="utf-8")
    assert "questions.tsv" in html and "what is the weather like" in html


def test_a_question_file_without_its_head_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.tsv"
    questions.write_text("question\n", encoding="utf-8")
    assert run(["evaluate", str(questions)]) == UNUSABLE
    assert "the first line must be" in capsys.readouterr().err
