"""All that is said to each message of question files, to be compared before and after a change.

Usage: ``python -m benchmarks.replies FILE... > replies.jsonl``: one line a message. The same model
and the same content give the same lines, so ``diff before.jsonl after.jsonl`` shows what a change
of code has changed.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Iterable

from assistant.training.without_tensorflow import keep_tensorflow_out

keep_tensorflow_out()

from assistant.cli.loading import load_assistant  # noqa: E402
from assistant.evaluation import read_questions  # noqa: E402
from assistant.project import find_project  # noqa: E402


async def main(files: Iterable[Path]) -> None:
    """Ask every message in a conversation of its own, and print the replies."""
    assistant = load_assistant(find_project())
    texts = [question.text for file in files for question in read_questions(file)]
    for number, text in enumerate(texts):
        conversation = f"replies-{number}"
        reply = await assistant.reply(text, conversation)
        await assistant.forget(conversation)
        buttons = [[button.title, button.payload] for button in reply.buttons]
        print(json.dumps({**reply.as_json(text), "buttons": buttons}, ensure_ascii=False))


if __name__ == "__main__":
    asyncio.run(main(map(Path, sys.argv[1:])))
