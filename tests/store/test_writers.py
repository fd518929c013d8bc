"""Several processes write to one conversation at once."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from rasa.shared.core.events import UserUttered

from assistant.project import Project
from tests.store.writer import CONVERSATION, open_store

WRITERS, EACH = 3, 15

IN_VAIN_S = 300
"""Seconds after which writers that do not end are given up."""


async def write_at_once(address: str, root: Path) -> None:
    """Every message of every process is there once."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.store.writer", address]
    running = [
        subprocess.Popen([*command, name, str(EACH)], cwd=root, stderr=subprocess.PIPE)
        for name in "xyz"[:WRITERS]
    ]
    try:
        said = [process.communicate(timeout=IN_VAIN_S)[1].decode() for process in running]
    finally:
        for process in running:
            process.kill()
    assert [process.returncode for process in running] == [0] * WRITERS, said
    assert not any("not written" in errors or "not kept" in errors for errors in said), said
    kept = await open_store(address).retrieve_full_tracker(CONVERSATION)
    assert kept is not None
    texts = [event.text for event in kept.events if isinstance(event, UserUttered)]
    assert len(texts) == len(set(texts)) == WRITERS * EACH
    assert all(re.fullmatch(r"question [xyz]\d+", text) for text in texts), texts


async def test_sqlite_under_several_writers(tmp_path: Path, project: Project) -> None:
    await write_at_once(str(tmp_path / "many.db"), project.root)
