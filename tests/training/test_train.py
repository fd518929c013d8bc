"""A server needs nothing but the archive and the installed packages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from assistant.project import Project, ProjectError, find_project
from assistant.training.train import current_model, model_fingerprint


def test_the_components_are_in_the_archive(model: Path) -> None:
    with tarfile.open(model) as archive:
        names = " ".join(archive.getnames())
    for file in ("encoder.json", "topics.skops", "urgency.skops", "urgency.json"):
        assert file in names


def test_the_archive_answers_without_the_content(model: Path, tmp_path: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from assistant.training.without_tensorflow import keep_tensorflow_out\n"
        "keep_tensorflow_out()\n"
        "from pathlib import Path\n"
        "from assistant.turn.assistant import Assistant\n"
        "assistant = Assistant.load(Path(sys.argv[1]))\n"
        "reply = asyncio.run(assistant.reply('what is a section 47 enquiry', 'x'))\n"
        "assert reply.topic == 'respond/section-47', reply\n"
        "assert not hasattr(sys.modules.get('tensorflow'), '__file__'), 'TensorFlow was loaded'\n"
    )
    # An empty folder as home: any reading of content while serving would fail.
    environment = {**os.environ, "NOTICE_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, str(model)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_changed_content_is_another_model(project: Project, content: Path) -> None:
    root = content.parent
    for name in ("config.yml", "domain.yml"):
        (root / name).write_bytes((project.root / name).read_bytes())
    copy = Project(root)
    assert model_fingerprint(copy) == model_fingerprint(project)
    assert current_model(copy) is None
    topic = content / "guidance" / "talk" / "recording.yml"
    topic.write_text(topic.read_text() + "\n")
    assert model_fingerprint(copy) != model_fingerprint(project)


def test_a_model_of_other_content_is_not_current(project: Project, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    (models / "notice.tar.gz").write_bytes(b"")
    (models / "notice.json").write_text(json.dumps({"fingerprint": "another"}))
    for name in ("config.yml", "domain.yml"):
        (tmp_path / name).write_bytes((project.root / name).read_bytes())
    (tmp_path / "data").symlink_to(project.data)
    assert current_model(Project(tmp_path)) is None


def test_no_project_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTICE_HOME", str(tmp_path))
    with pytest.raises(ProjectError, match="run notice in the folder that holds config.yml"):
        find_project()
