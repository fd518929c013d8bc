"""What a kept message says of the answer that it shows or is about, whichever version kept it.

A message holds the id of its scripted answer, or the services that a search found as a whole. Up
to bd4f381 it held every answer as a whole, as JSON of a form that is gone.
"""

from __future__ import annotations

from typing import Any, Mapping, Optional

from pydantic import ValidationError

from assistant.answers.answer import Answer

ANSWER = "answer"
"""Key in a message's metadata: the id of the scripted answer that the message shows."""

FOUND = "found"
"""Key in a message's metadata: the answer with the services that a search found, as JSON."""

NATION_ASKED = "nation_asked"
"""Key in a message's metadata: the nation that the question itself named, whose rules the answer
shows wherever the person works."""

POINTS_FIRST = "points_first"
"""Key in a message's metadata: the marks of the points shown first, as they were asked for."""

MOST_POINTS_FIRST = 2
"""So many points that were asked for are shown before the others."""

SHOWS_WHOLE_ANSWER = "whole"
"""Key in a message's metadata: true where the message shows the whole of that answer."""


def answer_id(metadata: Mapping[str, Any]) -> Optional[str]:
    """The id of the scripted answer that a message shows or is about, if it is about one."""
    if is_of_older_version(metadata):
        return metadata.get("page") or metadata.get("topic")
    return metadata.get(ANSWER)


def is_of_older_version(metadata: Mapping[str, Any]) -> bool:
    """True where the message was kept with its whole answer: its words then are in its text."""
    return str(metadata.get(ANSWER) or "").startswith("{")


def found_answer(metadata: Mapping[str, Any]) -> Optional[Answer]:
    """The services that a search found; None where there are none or another version kept them."""
    try:
        return Answer.parse_raw(metadata[FOUND]) if FOUND in metadata else None
    except ValidationError:
        return None


__all__ = [
    "ANSWER",
    "FOUND",
    "MOST_POINTS_FIRST",
    "NATION_ASKED",
    "POINTS_FIRST",
    "SHOWS_WHOLE_ANSWER",
    "answer_id",
    "found_answer",
    "is_of_older_version",
]
