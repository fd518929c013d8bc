"""A process that writes to one conversation: ``python -m tests.store.writer STORE NAME COUNT``.

STORE is a database address or the path of a SQLite file. It takes no lock on the conversation,
so several of these at once are the worst case.
"""

from __future__ import annotations

import asyncio
import os
import sys

os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"

from assistant.training.without_tensorflow import keep_tensorflow_out

keep_tensorflow_out()

from rasa.shared.core.events import UserUttered  # noqa: E402

from assistant.store.tracker_store import RedactingTrackerStore  # noqa: E402

CONVERSATION = "written by many"


def open_store(address: str) -> RedactingTrackerStore:
    """The store at an address or path."""
    if "://" in address:
        return RedactingTrackerStore(host=address)
    return RedactingTrackerStore(db=address)


async def write(address: str, name: str, count: int) -> None:
    """Read the conversation, add a message, write it: ``count`` times."""
    store = open_store(address)
    for number in range(count):
        tracker = await store.get_or_create_tracker(CONVERSATION)
        tracker.update(UserUttered(f"question {name}{number}", {"name": "greet"}))
        await store.save(tracker)
    await store.save(tracker)


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], sys.argv[2], int(sys.argv[3])))
