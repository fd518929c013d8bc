"""Shared fixtures. The model is trained by ``make test`` before pytest starts."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path
from typing import Any, Callable, Iterator, Optional

import hypothesis
import pytest

os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from assistant.training.without_tensorflow import keep_tensorflow_out

keep_tensorflow_out()

from rasa.core.agent import Agent  # noqa: E402
from rasa.core.brokers.broker import EventBroker  # noqa: E402
from rasa.core.lock_store import InMemoryLockStore  # noqa: E402
from rasa.core.tracker_store import FailSafeTrackerStore  # noqa: E402

from assistant.answers.content import Content  # noqa: E402
from assistant.answers.current import current_content, use_content  # noqa: E402
from assistant.guidance import Library, load_library  # noqa: E402
from assistant.project import Project, find_project  # noqa: E402
from assistant.store.tracker_store import RedactingTrackerStore  # noqa: E402
from assistant.training.train import current_model, train  # noqa: E402
from assistant.turn.assistant import Assistant  # noqa: E402
from assistant.turn.in_process_actions import InProcessActions  # noqa: E402
from assistant.turn.replies import Reply  # noqa: E402

# No test is timed: a busy machine draws slowly.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

VAGUE = "about the thing with the agencies"
"""A message that no topic fits."""


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Tests run in random order: say how to have this one again."""
    seed = getattr(config.option, "randomly_seed", None)
    if exitstatus == pytest.ExitCode.TESTS_FAILED and seed is not None:
        terminalreporter.write_line(f"The same order again: pytest --randomly-seed={seed}")


@pytest.fixture(scope="session")
def project() -> Project:
    return find_project()


@pytest.fixture(scope="session", autouse=True)
def nobodys_conversations(project: Project) -> Iterator[None]:
    """No test, and no server that one starts, opens the conversations that this folder keeps."""
    before = opened(project)
    yield
    assert opened(project) == before, (
        "A test of this run opened kept/conversations.db: give what it starts "
        "`tests.own_store.own_endpoints`. Or a server ran from this folder meanwhile."
    )


def opened(project: Project) -> dict[str, int]:
    """When each file of the project's own store was opened last: opening it sets its mode."""
    kept = project.root / "kept"
    return {file.name: file.stat().st_ctime_ns for file in kept.glob("*")}


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


# --- content that a test may change ----------------------------------------------------


@pytest.fixture
def content(project: Project, tmp_path: Path) -> Path:
    """A copy of the data folder that a test may break."""
    copy = tmp_path / "data"
    shutil.copytree(project.data, copy)
    return copy


@pytest.fixture
def copy(project: Project, content: Path) -> Project:
    """A copy of the project's files, without its model, that a test may break."""
    for path in (project.config, project.domain, project.endpoints, project.credentials):
        shutil.copy(path, content.parent)
    return Project(content.parent)


@pytest.fixture
def own_content() -> Iterator[Content]:
    """What the process shows; a test may show something else, and it is put back."""
    shown = current_content()
    yield shown
    use_content(shown)


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


# --- tracker stores --------------------------------------------------------------------


class ListBroker(EventBroker):
    """Remembers what is published."""

    def __init__(self) -> None:
        self.published: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        self.published.append(event)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "conversations.db"


@pytest.fixture
def broker() -> ListBroker:
    return ListBroker()


@pytest.fixture
def store(database: Path, broker: ListBroker) -> RedactingTrackerStore:
    return RedactingTrackerStore(db=str(database), event_broker=broker)


WithStore = Callable[[RedactingTrackerStore], Assistant]


@pytest.fixture(scope="session")
def with_store(model: Path) -> WithStore:
    """An assistant over a tracker store; the model is loaded once."""
    loaded: Optional[Agent] = None

    def made(store: RedactingTrackerStore) -> Assistant:
        nonlocal loaded
        if loaded is None:
            loaded = Agent.load(
                model_path=str(model),
                lock_store=InMemoryLockStore(),
                action_endpoint=InProcessActions(),
            )
        # As Rasa does it: with the domain, and a wrapper that the assistant takes off again.
        store.domain = loaded.domain
        loaded.tracker_store = FailSafeTrackerStore(store)
        return Assistant(loaded)

    return made


def first_lines(reply: Reply, count: int = 4) -> str:
    return "\n".join(reply.text.splitlines()[:count])
