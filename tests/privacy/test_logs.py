"""No log holds what people type, whatever level is asked for."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from typing import Iterator

import pytest
import structlog
from rasa.utils.log_utils import configure_structlog

from assistant.privacy.logs import redact_logs
from assistant.privacy.masks import WITHHELD
from assistant.project import Project
from assistant.store.tracker_store import RedactingTrackerStore
from tests.conftest import WithStore
from tests.store.test_tracker_store import PLANTED

SECRET = "my client Harpreet, 07700 900123"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a handler at debug level on the root logger writes, after ``rasa --debug``'s set-up."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setLevel(logging.DEBUG)
    root, rasa = logging.getLogger(), logging.getLogger("rasa")
    levels = root.level, rasa.level
    before = structlog.get_config()
    configure_structlog(logging.DEBUG)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    rasa.setLevel(logging.DEBUG)
    redact_logs()
    yield written
    root.removeHandler(handler)
    root.setLevel(levels[0])
    rasa.setLevel(levels[1])
    structlog.configure(**before)


async def test_a_conversation_at_debug_level_leaves_nothing_in_the_log(
    with_store: WithStore,
    store: RedactingTrackerStore,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assistant = with_store(store)
    for message in PLANTED.values():
        await assistant.reply(message, "logged")
        await assistant.reply(f"/{message}", "logged")

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(store, "save", broken)
    await assistant.reply(SECRET, "logged")
    await assistant.finish()
    logged = (log.getvalue() + "".join(capfd.readouterr())).lower()
    assert "no answer, incident" in logged and "runtimeerror" in logged
    for identifier in [*PLANTED, "Harpreet", "900123", "strategy discussion"]:
        assert identifier.lower() not in logged, identifier


def test_warnings_errors_and_stack_traces_are_redacted(log: io.StringIO) -> None:
    logger = logging.getLogger("rasa.core.anything")
    logger.warning("Could not parse %s", SECRET)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logger.exception("It failed")
    logger.info("Received %s", SECRET)
    logger.error("No answer, incident %s: %s", "kqzvwxbd", "RuntimeError")
    logged = log.getvalue()
    assert "Could not parse my client [name], [phone number]" in logged
    assert "raise ValueError(SECRET)" in logged and logged.count("ValueError") == 2
    assert "Harpreet" not in logged and "900123" not in logged
    assert "Received" not in logged
    assert "No answer, incident kqzvwxbd: RuntimeError" in logged


def test_of_structured_events_only_the_constants_are_left(log: io.StringIO) -> None:
    structlogger = structlog.get_logger("rasa.anything")
    structlogger.error("processor.failed", text=SECRET, event_info=SECRET, count=3)
    structlogger.error(SECRET)
    logged = log.getvalue()
    assert "processor.failed" in logged and "3" in logged
    assert "Harpreet" not in logged


def test_a_logger_made_before_is_redacted_too(log: io.StringIO) -> None:
    configure_structlog(logging.DEBUG)
    early = structlog.get_logger("rasa.early")
    early.error("early.first")
    redact_logs()
    early.error("early.second", text=SECRET)
    logged = log.getvalue()
    assert "early.second" in logged and "Harpreet" not in logged


RASA_DEBUG = """
import logging
from assistant.training.without_tensorflow import keep_tensorflow_out
keep_tensorflow_out()  # as `notice rasa` does
from rasa.utils.log_utils import configure_structlog
configure_structlog(logging.DEBUG)  # as `rasa run --debug`
import structlog, rasa.core.processor
from assistant.store.tracker_store import RedactingTrackerStore
RedactingTrackerStore(dialect="sqlite", host="sqlite://")
structlog.get_logger("rasa.core.processor").debug("processor.message.parse", text="Harpreet")
logging.getLogger("rasa.core.processor").debug("Received user message 'Harpreet'")
import warnings
warnings.simplefilter("always")
warnings.warn("Cannot use 'Harpreet'")
logging.getLogger("rasa.core.processor").error("Could not read 'Harpreet'")
"""


def test_the_store_alone_closes_the_logs_of_rasa_run(project: Project) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RASA_DEBUG],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Could not read '[name]'" in run.stdout + run.stderr
    assert "Cannot use '[name]'" in run.stdout + run.stderr
    assert "Harpreet" not in run.stdout + run.stderr


def test_while_the_process_ends_nothing_is_redacted_and_nothing_shown(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What redaction needs may be gone by then."""
    monkeypatch.setattr(sys, "is_finalizing", lambda: True)
    logging.getLogger("asyncio").error("Task was destroyed: %s", SECRET)
    assert WITHHELD in log.getvalue() and SECRET not in log.getvalue()
