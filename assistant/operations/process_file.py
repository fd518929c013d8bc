"""The files that say which processes serve from this folder, for ``notice reload``.

One for each server, named by its process id. The server holds a lock on it, which ends with the
process however it ends: the number of a file that was left behind may be another program's by now,
and a signal would end that.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from typing import TextIO


def hold(folder: Path) -> TextIO:
    """Write that this process serves; it holds as long as the file stays open.

    Raises:
        OSError: the file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / str(os.getpid())).open("w", encoding="utf-8")
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def running(folder: Path) -> list[int]:
    """The ids of the processes that serve from this folder; what others left behind is removed."""
    if not folder.is_dir():
        return []
    return sorted(int(path.name) for path in folder.iterdir() if _is_held(path))


def _is_held(path: Path) -> bool:
    with contextlib.suppress(OSError), path.open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return path.name.isdecimal()
        path.unlink()
    return False
