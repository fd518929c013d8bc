"""Logging that never holds what people type, at any level.

Rasa logs the text of messages, entities and slots at debug level, and quotes some of it in
warnings, through ``structlog``, through the standard ``logging`` and through ``warnings``.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import Any, Mapping, MutableMapping

import structlog

WITHHELD = "[withheld]"

# Of a structlog event, what is a constant of the program. All else may quote a person.
_CONSTANT = frozenset({"event", "level", "timestamp", "logger"})
_EVENT = re.compile(r"[\w.]+")

_make_record = logging.getLogRecordFactory()


def configure_private_logging() -> None:
    """Let warnings and errors through, redacted, and nothing below.

    Of structlog only errors pass. Calling it again does nothing new.
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("rasa").setLevel(logging.WARNING)
    # Sanic logs whole exceptions, whose messages may quote; the channels log their types.
    logging.getLogger("sanic.error").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=list(structlog.get_config()["processors"]),
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    redact_logs()
    # Rasa's dependencies warn about each other's deprecations; nobody here can do anything.
    logging.getLogger("py.warnings").setLevel(logging.ERROR)


def redact_logs() -> None:
    """Keep what people type out of every log, whatever level ``rasa --debug`` or others set.

    Below warnings nothing is logged. Warnings and errors are redacted, with their stack traces;
    Python's own warnings go the same way. Of structlog's events only the constant parts are
    left. Calling it again does nothing new.
    """
    logging.disable(logging.INFO)
    logging.captureWarnings(True)
    logging.setLogRecordFactory(_redacted_record)
    # In place, because loggers that Rasa has already made keep this very list.
    processors = structlog.get_config()["processors"]
    if withhold_values not in processors:
        processors.insert(0, withhold_values)


def withhold_values(logger: Any, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """A structlog processor: all but the constant parts of an event is withheld."""
    return {key: value if _is_constant(key, value) else WITHHELD for key, value in event.items()}


def _is_constant(key: str, value: Any) -> bool:
    if key == "event":
        return isinstance(value, str) and _EVENT.fullmatch(value) is not None
    return key in _CONSTANT or isinstance(value, (bool, int, float))


def _redacted_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = _make_record(*args, **kwargs)
    if record.levelno < logging.WARNING:
        return record  # disabled; made, if at all, by a test's own handler
    if sys.is_finalizing():
        # spaCy's libraries are half gone; using them now would end the process with a crash.
        record.msg, record.args, record.exc_info = WITHHELD, (), None
        return record
    try:
        from assistant.privacy.redaction import shared_redactor

        redact = shared_redactor().redact
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and record.exc_info[0]:
            record.exc_text = redact("".join(traceback.format_exception(*record.exc_info)))
    except Exception as error:
        record.msg, record.args = f"{WITHHELD}: {type(error).__name__}", ()
        record.exc_text = None
    record.exc_info = None
    return record
