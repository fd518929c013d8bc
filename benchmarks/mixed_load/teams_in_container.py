"""The Teams channel inside a container, and what stands in for Microsoft beside it.

Mounted into the assistant's containers together with ``tests/channels/teams/stand_in.py`` and a
signing key. ``credentials.yml`` of the load names :class:`TeamsUnderLoad`; run as a program, this
file is the stand-in, on the container's own loopback: it prints one line when it is ready, and then
one for each message that a person would see.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any, Mapping, Optional

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from assistant.training.without_tensorflow import keep_tensorflow_out

keep_tensorflow_out()
sys.path.insert(0, str(Path(__file__).parent))
import stand_in  # type: ignore[import-not-found]  # noqa: E402

from assistant.channels.teams import TeamsInput  # noqa: E402

READY = "the stand-in is ready"
KEY = Path(__file__).with_name("signing-key.pem")


class TeamsUnderLoad(TeamsInput):
    """The channel, with every way to Microsoft leading to the stand-in."""

    @classmethod
    def from_credentials(cls, credentials: Optional[Mapping[str, Any]]) -> TeamsInput:
        """Rasa's way to make a channel; ``port`` is the stand-in's."""
        key = load_pem_private_key(KEY.read_bytes(), None)
        address = f"http://127.0.0.1:{(credentials or {})['port']}"
        channel: TeamsInput = stand_in.channel(
            stand_in.Microsoft(url=address, keys=[stand_in.published_key(key)])
        )
        return channel


class Printed(list[Any]):
    """What the connector takes: printed, and not kept."""

    def append(self, sent: Any) -> None:
        """Print one message; what only says that somebody types is left out."""
        if sent.content["type"] == "message":
            seen = {"conversation": sent.conversation, "at": time.time(), "content": sent.content}
            print(json.dumps(seen), flush=True)


async def main(port: int) -> None:
    """Stand in for Microsoft until somebody ends it."""
    stand_in.free_port = lambda: port
    microsoft = stand_in.Microsoft()
    microsoft.taken = Printed()
    async with microsoft.running():
        print(READY, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
