"""What a server loads when it starts, and how large what it loads is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sanic import Sanic

from assistant.cli.loading import ready_model
from assistant.operations.doctor import problems_of
from assistant.operations.endpoints import read_endpoints
from assistant.project import Project
from assistant.training import train
from tests.own_store import own_endpoints
from tests.performance.counting import Calls

MEGABYTE = 1024 * 1024
LARGEST_ARCHIVE = 42 * MEGABYTE
LARGEST_CONTENT = 3 * MEGABYTE

MOST_MODULES = 1830
"""A tenth more than today; most of them are Rasa's and what it needs."""

ABSENT = (
    "tensorflow keras jax torch transformers presidio_analyzer presidio_anonymizer spacy pandas "
    "sklearn matplotlib pytest IPython faker playwright aiogram slack_sdk twilio webexteamssdk "
    "fbmessenger socketio engineio questionary prompt_toolkit googleapiclient cachecontrol "
    "s3transfer apscheduler toolz setuptools charset_normalizer"
).split()
"""Packages that a server has no use for: models, test tools, other channels and stores."""

_SCRIPT = """
import sys, types
from pathlib import Path
from assistant.training.late_imports import import_late
from assistant.training.without_tensorflow import keep_tensorflow_out
keep_tensorflow_out()
import_late()
import assistant.operations.server
from assistant.turn.assistant import Assistant
Assistant.load(Path(sys.argv[1]))
# A placeholder has no file. To ask a module that is imported late would load it.
names = [name for name, module in sys.modules.items()
         if issubclass(type(module), types.ModuleType)
         and "__file__" in object.__getattribute__(module, "__dict__")]
Path(sys.argv[2]).write_text("\\n".join(names))
"""


def test_what_is_imported_at_the_start(project: Project, model: Path, tmp_path: Path) -> None:
    listed = tmp_path / "modules.txt"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _SCRIPT, str(model), str(listed)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=project.root,
        capture_output=True,
        check=True,
    )
    modules = listed.read_text().split()
    assert "rasa.core.agent" in modules
    loaded = {name.partition(".")[0] for name in modules}
    assert loaded.isdisjoint(ABSENT), loaded.intersection(ABSENT)
    assert len(modules) <= MOST_MODULES, len(modules)


async def test_the_model_and_its_examples_are_read_through_once(
    project: Project, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of all that ``notice serve`` does before Rasa loads the model."""
    calls = Calls(monkeypatch)
    for name in ("model_fingerprint", "altered_members"):
        calls.count(train, name, name)
    assert ready_model(project) == model
    endpoints = read_endpoints(own_endpoints(project, tmp_path))
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "false")
    assert await problems_of(project, endpoints, Sanic("read_once")) == []
    assert calls.taken() == {"model_fingerprint": 1, "altered_members": 1}


def test_the_archive_stays_small(model: Path) -> None:
    assert model.stat().st_size <= LARGEST_ARCHIVE


def test_the_compiled_content_stays_small(project: Project, model: Path) -> None:
    assert project.content.stat().st_size <= LARGEST_CONTENT
