"""Shared fixtures. The model is trained by ``make test`` before pytest starts."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path
from typing import Callable

import hypothesis
import pytest

os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from assistant.without_tensorflow import keep_tensorflow_out  # noqa: E402

keep_tensorflow_out()

from assistant.conversation import Assistant  # noqa: E402
from assistant.guidance import Library, load_library  # noqa: E402
from assistant.project import Project, find_project  # noqa: E402
from assistant.replies import Reply  # noqa: E402
from assistant.training import current_model, train  # noqa: E402

# No test is timed: a busy machine draws slowly.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Spare thinc the seeds of pytest-randomly: most are too large for it."""
    if hasattr(config.option, "randomly_reset_seed"):
        config.option.randomly_reset_seed = False


@pytest.fixture(scope="session")
def project() -> Project:
    return find_project()


@pytest.fixture(scope="session")
def library(project: Project) -> Library:
    return load_library(project.data)


@pytest.fixture(scope="session")
def model(project: Project) -> Path:
    return current_model(project) or train(project)


@pytest.fixture(scope="session")
def assistant(model: Path) -> Assistant:
    return Assistant.load(model)


@pytest.fixture
def conversation() -> str:
    """The id of a conversation nobody else uses."""
    return f"test-{next(_numbers)}"


_numbers = itertools.count()

VAGUE = "which one of the two was it that we had before"
"""A message that no topic fits."""


@pytest.fixture
def content(project: Project, tmp_path: Path) -> Path:
    """A copy of the data folder that a test may break."""
    copy = tmp_path / "data"
    shutil.copytree(project.data, copy)
    return copy


Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(content: Path) -> Edit:
    """Replace a text in a file of the copied content; it must be there."""

    def replace(name: str, old: str, new: str) -> None:
        path = content / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def first_lines(reply: Reply, count: int = 4) -> str:
    return "\n".join(reply.text.splitlines()[:count])
