"""The file that says which process serves from this folder, for ``notice reload``.

The server holds a lock on it, which ends with the process however it ends: the number in a file
that was left behind may be another program's by now, and a signal would end that.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Optional, TextIO


def hold(path: Path) -> TextIO:
    """Write this process's number; it holds as long as the file stays open.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(exist_ok=True)
    file = path.open("a+", encoding="utf-8")
    fcntl.flock(file, fcntl.LOCK_SH)  # two servers of one folder do not wait for each other
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def running(path: Path) -> Optional[int]:
    """The number of the process that serves from this folder, or None if there is none."""
    try:
        with path.open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read())
            return None
    except (OSError, ValueError):
        return None
