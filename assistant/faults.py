"""What of an exception may be logged: its type and its place, never its message.

A message may quote what a person typed; the place is a line of this package's own.
"""

from __future__ import annotations

import traceback
from pathlib import Path

_PACKAGE = Path(__file__).parent


def place_of(error: BaseException) -> str:
    """The type of an error and the last place in this package that it came through."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_PACKAGE)
    ]
    if not frames:
        return type(error).__name__
    last = frames[-1]
    where = Path(last.filename).relative_to(_PACKAGE).as_posix()
    return f"{type(error).__name__} at {where}:{last.lineno}"
