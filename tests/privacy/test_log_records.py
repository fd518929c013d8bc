"""Of an exception a log holds the type and the places that it came through, never its message."""

from __future__ import annotations

import io
import json
import logging
import threading
from typing import Iterator

import pytest
import structlog
from rasa.utils.log_utils import configure_structlog

from assistant.privacy.logs import (
    LONGEST_LINE_CHARACTERS,
    configure_private_logging,
    frames_and_type,
    redact_logs,
)
from assistant.privacy.masks import WITHHELD

PLANTED = "the boy in flat above said his dad daz hurts tj KV19 XTL 07700 900123"
LEFT_BY_NOBODY = ("the boy", "daz", "tj", "KV19", "900123")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a handler on the root logger writes, with the records made private."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root, made = logging.getLogger(), logging.getLogRecordFactory()
    disabled, before = logging.root.manager.disable, structlog.get_config()
    configure_structlog(logging.DEBUG)
    root.addHandler(handler)
    redact_logs()
    yield written
    root.removeHandler(handler)
    logging.setLogRecordFactory(made)
    logging.disable(disabled)
    logging.captureWarnings(False)
    structlog.configure(**before)


def planted_nowhere(text: str) -> None:
    for part in LEFT_BY_NOBODY:
        assert part not in text, part


def fail_by_key() -> None:
    audience = PLANTED  # a local variable, which a JSON log would write
    raise KeyError(audience)


def failed() -> BaseException:
    """An exception with a cause, both quoting a person."""
    try:
        try:
            fail_by_key()
        except KeyError as error:
            raise RuntimeError(PLANTED) from error
    except RuntimeError as error:
        return error
    raise AssertionError


def test_frames_and_types_only() -> None:
    text = frames_and_type(failed())
    planted_nowhere(text)
    assert "in fail_by_key" in text and "in failed" in text
    assert text.index("KeyError") < text.index("RuntimeError")


def test_contexts_groups_and_circles() -> None:
    try:
        try:
            raise ValueError(PLANTED)
        except ValueError:
            raise TypeError(PLANTED)  # noqa: B904
    except TypeError as error:
        text = frames_and_type(error)
    assert "ValueError" in text and text.endswith("TypeError")
    one, other = KeyError(PLANTED), OSError(PLANTED)
    one.__cause__, other.__cause__ = other, one
    assert frames_and_type(one).count("OSError") == 1
    group = BaseExceptionGroup(PLANTED, [one, ValueError(PLANTED)])
    text = frames_and_type(group)
    assert "ExceptionGroup" in text and "ValueError" in text
    planted_nowhere(text)


def test_a_logged_exception_is_frames_and_type(log: io.StringIO) -> None:
    logger = logging.getLogger("rasa.core.anything")
    error = failed()
    logger.error("It failed", exc_info=error)
    logger.error("It failed: %s", error)
    logger.error("It failed: %(why)s", {"why": error})
    logger.error(error)
    logged = log.getvalue()
    planted_nowhere(logged)
    assert "in fail_by_key" in logged
    assert logged.count("It failed: RuntimeError") == 2
    assert WITHHELD not in logged


def test_an_exception_written_into_the_message_is_redacted(log: io.StringIO) -> None:
    logging.getLogger("rasa.core.anything").warning(f"It failed: {failed()!r}")
    logged = log.getvalue()
    assert "It failed: RuntimeError(" in logged
    for identifier in ("daz", "tj", "KV19", "900123"):
        assert identifier not in logged


@pytest.mark.parametrize(
    "line",
    [
        "Lock not freed: OSError",
        "Teams request not understood: JSONDecodeError",
        "Events not sent on: OperationalError",
        "A warning: UserWarning",
    ],
)
def test_the_names_of_types_stay(log: io.StringIO, line: str) -> None:
    import sqlalchemy.exc  # noqa: F401  # makes OperationalError a type of this process

    logging.getLogger("assistant.anything").error(line)
    assert log.getvalue().strip() == line


def test_only_types_of_this_process_stay(log: io.StringIO) -> None:
    logging.getLogger("assistant.anything").error("AnnaBellError and Anna BellExit")
    assert "Anna" not in log.getvalue()


def test_a_faults_reference_and_place_stay(log: io.StringIO) -> None:
    logger = logging.getLogger("assistant.turn.official")
    logger.error("No answer, incident %s: %s", "bakodife", "KeyError at privacy/logs.py:12")
    logger.error("She said: %s", "incident bakodife at privacy/anna_bell.py:12")
    first, second = log.getvalue().splitlines()
    assert first == "No answer, incident bakodife: KeyError at privacy/logs.py:12"
    assert "bakodife" not in second and "anna" not in second


def test_the_digest_of_the_content_stays(log: io.StringIO) -> None:
    logger = logging.getLogger("assistant.operations.server")
    logger.warning("Content taken up: %s", "f8cde1278862")
    logger.warning("She said: %s", "taken up: f8cde1278862")
    first, second = log.getvalue().splitlines()
    assert first == "Content taken up: f8cde1278862"
    assert "f8cde1278862" not in second


def test_a_long_line_is_cut(log: io.StringIO) -> None:
    logging.getLogger("assistant.anything").error("Not found: %s", "why " * 2000)
    assert len(log.getvalue()) < LONGEST_LINE_CHARACTERS + 60
    assert "characters left out]" in log.getvalue()


def test_a_structured_exception_is_frames_and_type(log: io.StringIO) -> None:
    structlogger = structlog.get_logger("rasa.anything")
    try:
        fail_by_key()
    except KeyError as error:
        structlogger.exception("processor.failed", text=PLANTED)
        structlogger.error("processor.failed", exc_info=True)
        structlogger.error("processor.failed", exc_info=error)
        structlogger.error("processor.failed", exc_info=(type(error), error, error.__traceback__))
    structlogger.error("Harpreet")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    planted_nowhere(log.getvalue())
    assert all("in fail_by_key" in line["exception"] for line in lines[:4])
    assert lines[4]["event"] == WITHHELD


def test_a_dead_thread_is_logged_without_its_message(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    configure_private_logging()
    thread = threading.Thread(target=fail_by_key)
    thread.start()
    thread.join()
    text = log.getvalue() + "".join(capfd.readouterr())
    planted_nowhere(text)
    assert "A thread ended: KeyError" in text


def test_what_cannot_be_redacted_is_withheld(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unspeakable:
        def __str__(self) -> str:
            raise ValueError(PLANTED)

    logging.getLogger("assistant.anything").error("What: %s", Unspeakable())
    assert log.getvalue().strip() == f"{WITHHELD}: ValueError"
