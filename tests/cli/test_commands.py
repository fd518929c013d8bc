"""The commands as a person types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from assistant.project import Project

NOTICE = [sys.executable, "-m", "assistant"]
"""The same as the script ``notice``, which is not there where the package is not installed."""

JSON_FIELDS = {
    "question",
    "kind",
    "topic",
    "confidence",
    "text",
    "citations",
    "contacts",
    "suggestions",
    "outcome",
    "language",
}


def run(
    project: Project, *arguments: str, stdin: str = "", **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run ``notice`` with these arguments, from whatever folder."""
    path = os.pathsep.join(filter(None, (str(project.root), os.environ.get("PYTHONPATH"))))
    env = {**os.environ, "PYTHONPATH": path, "RASA_TELEMETRY_ENABLED": "false"}
    return subprocess.run(
        [*NOTICE, *arguments],
        cwd=options.pop("cwd", project.root),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**env, **options.pop("env", {})},
    )


@pytest.mark.usefixtures("model")
def test_ask_answers_one_line_each_as_json(project: Project) -> None:
    asked = [
        "A girl in my class has told me her stepdad comes into her bed "
        "and she is going home in an hour",
        "what is a section 47 enquiry?",
        "",
        "what is the weather like",
    ]
    done = run(project, "ask", "--json", stdin="\n".join(asked))
    assert done.returncode == 0, done.stderr
    urgent, answer, outside = (json.loads(line) for line in done.stdout.splitlines())
    assert set(urgent) == set(answer) == set(outside) == JSON_FIELDS
    assert urgent["kind"] == "urgent" and urgent["topic"].startswith("urgent/")
    opening = "\n".join(urgent["text"].splitlines()[:4])
    assert "999" in opening and "children's social care" in opening.lower()
    assert answer["kind"] == "answer" and answer["topic"] == "respond/section-47"
    source = {"section", "source", "label", "url"}
    for cited in answer["citations"]:
        of_review = {"says", "nearest"} if cited["source"] == "national-review" else set()
        assert set(cited) == source | of_review
    assert any(one["source"] == "national-review" for one in answer["citations"])
    assert "childrens-social-care" in answer["contacts"]
    assert outside["kind"] == "out-of-scope"
    outcomes = [one["outcome"] for one in (urgent, answer, outside)]
    assert outcomes == ["urgent", "answered", "out-of-scope"]


@pytest.mark.usefixtures("model")
def test_ask_is_the_same_as_a_module(project: Project) -> None:
    done = run(project, "ask", "hello")
    assert done.returncode == 0
    assert done.stdout.startswith("Hello. Ask me about")
    assert "Traceback" not in done.stderr


def test_check_fails_with_file_and_line(project: Project, content: Path) -> None:
    for name in ("config.yml", "domain.yml"):
        (content.parent / name).write_bytes((project.root / name).read_bytes())
    topic = content / "guidance" / "talk" / "recording.yml"
    topic.write_text(topic.read_text().replace("national-review:", "national-revue:", 1))
    home = {"NOTICE_HOME": str(content.parent)}
    done = run(project, "check", env=home)
    assert done.returncode == 1
    assert "recording.yml:" in done.stdout and "national-revue" in done.stdout


def test_a_bad_question_file_is_one_sentence(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text("question\taccept\n")
    done = run(project, "evaluate", str(file))
    assert done.returncode == 2
    assert "the first line must be question, accept, kind" in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


def test_no_project_is_one_sentence(project: Project, tmp_path: Path) -> None:
    home = {"NOTICE_HOME": str(tmp_path)}
    done = run(project, "ask", "hello", env=home, cwd=tmp_path)
    assert done.returncode == 2
    assert "run notice in the folder that holds config.yml" in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("model")
def test_chat_in_a_real_terminal(project: Project) -> None:
    terminal = pexpect.spawn(
        NOTICE[0],
        [*NOTICE[1:], "chat"],
        cwd=str(project.root),
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=60,
    )
    terminal.expect("Ask me about")
    terminal.expect("You:")
    terminal.sendline("what should I write down when a child tells me?")
    terminal.expect("review \\(November 2024\\)")
    terminal.expect("You:")
    terminal.sendline("sources")
    terminal.expect("https://")
    terminal.expect("You:")
    terminal.sendline("1")
    terminal.expect("You:")
    terminal.sendline("my dad touches me at night and im scared")
    terminal.expect("GET HELP NOW")
    terminal.expect("0800 1111")
    terminal.expect("Enter shows what to do")
    terminal.sendline("")
    terminal.expect("Sources:")
    terminal.expect("You:")
    terminal.sendline("quit")
    terminal.expect("call 999")
    terminal.expect(pexpect.EOF)


def test_rasa_validates_the_data(project: Project) -> None:
    done = run(project, "rasa", "data", "validate", "--fail-on-warnings")
    assert done.returncode == 0, done.stderr[-3000:]
