"""Logging that never holds what people type, at any level.

Rasa logs the text of messages, entities and slots at debug level, and quotes some of it in
warnings, through ``structlog``, through the standard ``logging`` and through ``warnings``. An
exception's message may quote a person too (a ``KeyError`` names the key), and Rasa's JSON log
would write the local variables of every frame: of an exception only its type and the places that
it came through are logged.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Iterator, Mapping, MutableMapping, Optional

import structlog

from assistant.privacy.masks import WITHHELD
from assistant.privacy.redaction import shared_redactor

# Of a structlog event, what is a constant of the program. All else may quote a person.
_CONSTANT = frozenset({"event", "level", "timestamp", "logger"})
_EVENT = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")

LONGEST_LINE_CHARACTERS = 1_000
"""Characters of a message that are logged; the rest is counted only."""

_MOST_EXCEPTIONS = 20
"""Exceptions of one chain or group that are logged."""

# What only the program writes. A setting of the environment, or a code of Entra ID:
_VARIABLE = re.compile(r"\b(?:NOTICE_[A-Z]+(?:_[A-Z]+)*|AADSTS\d{4,8})\b")
# A fault's reference or the content's digest, where the program's own text announces it:
_ANNOUNCED = {
    "incident %s": re.compile(r"(?<=incident )[a-z]{8}\b"),
    "taken up: %s": re.compile(r"(?<=taken up: )[0-9a-f]{12}\b"),
}
# The place of one of this package's lines, and the type of an exception:
_PLACE = re.compile(r"(?<= at )([a-z_]+(?:/[a-z_]+)*\.py):\d+\b")
_TYPE = re.compile(r"\b[A-Z][A-Za-z]*\b")
_TYPES_END = ("Error", "Exception", "Warning", "Exit", "Interrupt", "Timeout", "Group")
_PACKAGE = Path(__file__).resolve().parent.parent

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
    threading.excepthook = _log_dead_thread
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
        processors.append(_mark_as_private)


def withhold_values(logger: Any, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """A structlog processor: all but the constant parts of an event is withheld.

    The processors behind it would write an exception with its message and, as JSON, the local
    variables: they are given none.
    """
    wanted = event.pop("exc_info", method == "exception")
    kept = {key: value if _is_constant(key, value) else WITHHELD for key, value in event.items()}
    error = wanted if isinstance(wanted, BaseException) else wanted and sys.exc_info()[1]
    if isinstance(wanted, tuple):
        error = wanted[1]
    if error:
        kept["exception"] = frames_and_type(error)
    return {**kept, "exc_info": False}


class _PrivateLine(str):
    """A line of structlog's, from which :func:`withhold_values` has taken what people type."""


def _mark_as_private(logger: Any, method: str, rendered: Any) -> Any:
    """The last structlog processor: standard logging need not redact the line again."""
    return _PrivateLine(rendered) if isinstance(rendered, str) else rendered


def _is_constant(key: str, value: Any) -> bool:
    if key == "event":
        return isinstance(value, str) and _EVENT.fullmatch(value) is not None
    return key in _CONSTANT or isinstance(value, (bool, int, float))


def _redacted_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = _make_record(*args, **kwargs)
    if record.levelno < logging.WARNING:
        return record  # disabled; made, if at all, by a test's own handler
    if sys.is_finalizing():
        # Modules are half gone; using them now could end the process with a crash.
        record.msg, record.args, record.exc_info = WITHHELD, (), None
        return record
    try:
        record.msg, record.args = _message(record), ()
        error = record.exc_info[1] if record.exc_info else None
        record.exc_text = frames_and_type(error) if error is not None else None
    except Exception as error:
        record.msg, record.args = f"{WITHHELD}: {type(error).__name__}", ()
        record.exc_text = None
    record.exc_info = None
    return record


def frames_and_type(error: BaseException) -> str:
    """An exception as it is logged: where it came through, and its type; never its message.

    Those that caused it come first, as Python prints them; of a group its members too.
    """
    return "\n".join(_frames_and_type(cause) for cause in reversed(list(_chain(error))))


def _frames_and_type(error: BaseException) -> str:
    frames = "".join(traceback.format_list(_frames(error.__traceback__)))
    return f"Traceback (most recent call last):\n{frames}{type(error).__name__}"


def _frames(trace: Optional[TracebackType]) -> list[traceback.FrameSummary]:
    """File, line and function of each frame, without what stands in variables."""
    return [
        traceback.FrameSummary(frame.filename, frame.lineno, frame.name, line=frame.line)
        for frame in traceback.extract_tb(trace)
    ]


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, the members of a group, and what each was caused by."""
    waiting, seen = [error], {id(error)}
    while waiting and len(seen) <= _MOST_EXCEPTIONS:
        current = waiting.pop(0)
        yield current
        cause = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
        for other in [*getattr(current, "exceptions", ()), cause]:
            if isinstance(other, BaseException) and id(other) not in seen:
                seen.add(id(other))
                waiting.append(other)


def _message(record: logging.LogRecord) -> str:
    """A record's message, redacted; an exception in it is its type."""
    if isinstance(record.msg, _PrivateLine) and not record.args:
        return str(record.msg)
    args = record.args
    if isinstance(args, tuple):
        record.args = tuple(_type_of(arg) for arg in args)
    elif isinstance(args, Mapping):
        record.args = {key: _type_of(arg) for key, arg in args.items()}
    template = str(record.msg) if args else ""
    if isinstance(record.msg, BaseException):
        record.msg = type(record.msg).__name__
    text = _redacted_but_programs_words(record.getMessage(), template)
    if len(text) <= LONGEST_LINE_CHARACTERS:
        return text
    left_out = len(text) - LONGEST_LINE_CHARACTERS
    return f"{text[:LONGEST_LINE_CHARACTERS]} [{left_out} characters left out]"


def _type_of(arg: Any) -> Any:
    return type(arg).__name__ if isinstance(arg, BaseException) else arg


def _redacted_but_programs_words(text: str, template: str) -> str:
    """Redacted, but for exceptions' types and what the program's own template announces.

    A type's name ("OSError", "RuntimeError") looks like a user name; so does a setting's.
    """
    redact = shared_redactor().redact
    kept = [match.span() for match in _TYPE.finditer(text) if match.group() in _exception_types()]
    kept += [match.span() for match in _VARIABLE.finditer(text)]
    for announced, form in _ANNOUNCED.items():
        if announced in template:
            kept += [match.span() for match in form.finditer(text)]
    places = _PLACE.finditer(text)
    kept += [match.span() for match in places if (_PACKAGE / match.group(1)).is_file()]
    parts, end = [], 0
    for start, stop in sorted(kept):
        parts += [redact(text[end:start]), text[start:stop]]
        end = stop
    return "".join([*parts, redact(text[end:])])


def _exception_types() -> frozenset[str]:
    """The names of all types of exceptions in this process."""
    known: set[type] = set()
    waiting: list[type] = [BaseException]
    while waiting:
        kind = waiting.pop()
        if kind not in known:
            known.add(kind)
            waiting += type.__subclasses__(kind)
    return frozenset(kind.__name__ for kind in known if kind.__name__.endswith(_TYPES_END))


def _log_dead_thread(args: threading.ExceptHookArgs) -> None:
    """In place of Python's own, which writes the exception's message to standard error."""
    if args.exc_type is SystemExit:
        return
    logging.getLogger(__name__).error(
        "A thread ended: %s", args.exc_type.__name__, exc_info=args.exc_value or None
    )
