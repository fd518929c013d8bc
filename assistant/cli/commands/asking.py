"""``notice ask`` and ``notice chat``: questions and their answers in the terminal."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Annotated, Iterable, Optional

import typer

from assistant.cli.commands import ASK
from assistant.cli.console import OK
from assistant.cli.loading import load_assistant
from assistant.project import find_project

app = typer.Typer()


@app.command(rich_help_panel=ASK)
def chat() -> int:
    """Ask questions in the terminal."""
    from assistant.channels.terminal import chat

    asyncio.run(chat(load_assistant(find_project())))
    return OK


@app.command(rich_help_panel=ASK)
def ask(
    question: Annotated[
        Optional[str], typer.Argument(help="The question; without it, standard input.")
    ] = None,
    json_lines: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> int:
    """Answer one question, or one a line from standard input."""
    questions: Iterable[str]
    if question is not None:
        questions = [question]
    else:
        questions = (line.strip() for line in sys.stdin if line.strip())
    assistant = load_assistant(find_project())

    async def answer_all() -> None:
        for number, asked in enumerate(questions):
            reply = await assistant.reply(asked, f"ask-{number}")
            if json_lines:
                print(json.dumps(reply.as_json(asked), ensure_ascii=False), flush=True)
            else:
                print(reply.text, flush=True)
                for button in reply.buttons:
                    print(f"  > {button.title}", flush=True)
            await assistant.forget(f"ask-{number}")

    asyncio.run(answer_all())
    return OK
