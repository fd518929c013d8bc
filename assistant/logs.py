"""Logging that never holds what people type."""

from __future__ import annotations

import logging
import sys

import structlog


def keep_messages_out_of_logs() -> None:
    """Let warnings and errors through and nothing below.

    Below that level Rasa logs the text of every message, through ``structlog`` and through
    the standard ``logging``; some of its warnings quote the text too, so of structlog only
    errors pass. Calling it again does nothing new.
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("rasa").setLevel(logging.WARNING)
    # Sanic logs whole exceptions, whose messages may quote; the channels log their types.
    logging.getLogger("sanic.error").setLevel(logging.CRITICAL)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
