"""Ten questions, the same answer in every channel: its text and its citations.

A channel is a function that asks all questions, each in a conversation of its own, and gives
what the channel shows. To add one, add it to ``CHANNELS``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Awaitable, Callable, NamedTuple, Optional

import pytest

from assistant.channels.teams.cards import SOURCES
from assistant.operations.server import build_app
from assistant.project import Project
from assistant.turn.assistant import Assistant
from tests.channels.conftest import credentials, served
from tests.channels.teams.stand_in import Microsoft, channel, serving

QUESTIONS = (
    "what are the signs of sexual abuse in a child?",
    "how do I spot abuse in a child who cannot speak?",
    "what should I write down when a child tells me something?",
    "what is a section 47 enquiry?",
    "what is a strategy discussion and who comes?",
    "how do I refer to children's social care?",
    "which services help adult survivors?",
    "what does the national review say?",
    "A girl in my class has told me her stepdad comes into her bed and she goes home in an hour",
    "what is the weather tomorrow?",
)


class Shown(NamedTuple):
    """The whole text, and the label and address of every citation."""

    text: str
    citations: tuple[tuple[str, Optional[str]], ...]


def asked(project: Project) -> list[Shown]:
    """What ``notice ask --json`` prints: what every channel is compared with."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "--json"],
        cwd=project.root,
        input="\n".join(QUESTIONS),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [
        Shown(one["text"], tuple((c["label"], c["url"]) for c in one["citations"]))
        for one in answers
    ]


async def web(assistant: Assistant) -> list[Shown]:
    """The replies that the widget gets."""
    shown = []
    with tempfile.TemporaryDirectory() as folder:
        app = build_app(credentials(Path(folder)))
    app.ctx.agent = assistant.agent
    async with served(app) as client:
        for question in QUESTIONS:
            reply = (await (await client.open()).ask(question)).reply
            review = [(one["place"], one["url"]) for one in reply["review"]]
            sources = [(one["label"], one["url"]) for one in reply["citations"]]
            shown.append(Shown(reply["text"], (*review, *sources)))
    return shown


async def teams(assistant: Assistant) -> list[Shown]:
    """The messages that Teams gets."""
    agent = assistant.agent
    async with Microsoft().running() as ms, serving(channel(ms), ms, agent) as bot:
        for number, question in enumerate(QUESTIONS):
            await bot.say(question, conversation={"id": f"a:{number}"})
        sent = await ms.wait_for(len(QUESTIONS), within=60)
    in_order = sorted(sent, key=lambda one: int(one.conversation.removeprefix("a:")))
    return [_teams_message(one.content) for one in in_order]


def _teams_message(content: dict[str, Any]) -> Shown:
    """The text for clients without cards, the places of the review, and the sources.

    That text and card show the same is tested in ``teams/test_messages.py``.
    """
    (card,) = (one["content"] for one in content["attachments"])
    folded = [item for one in card["body"] for item in one.get("items", ())]
    lines = [*content["text"].splitlines(), *(one.get("text", "") for one in folded)]
    review = [_linked(found[1]) for line in lines if (found := REVIEW.match(line))]
    sources = [
        _linked(found[1])
        for element in card["body"]
        if element.get("id") == SOURCES
        for block in element["items"][1:]
        if (found := SOURCE.match(block["text"]))
    ]
    return Shown(card["fallbackText"], (*review, *sources))


LINK = r"\[.*?\]\([^)]*\)"
REVIEW = re.compile(rf"\*\*(?:In|Nearest in) the review [^*]*\*\* .*? \(({LINK}|[^()]*)\)$")
EDITION = r"\((?:[^()]|\([^()]*\))*; (?:England|Wales|both|UK)\) "
SOURCE = re.compile(rf"\[\d+\] ({LINK}|.*) {EDITION}")


def _linked(text: str) -> tuple[str, Optional[str]]:
    """The words and the address of a link; of a plain text its words."""
    linked = re.fullmatch(r"\[(.*)\]\((.*)\)", text)
    return (linked[1], linked[2]) if linked else (text, None)


CHANNELS: dict[str, Callable[[Assistant], Awaitable[list[Shown]]]] = {"web": web, "teams": teams}


@pytest.fixture(scope="module")
def expected(project: Project, assistant: Assistant) -> list[Shown]:
    return asked(project)


@pytest.fixture(scope="module", params=list(CHANNELS))
async def shown(request: pytest.FixtureRequest, assistant: Assistant) -> list[Shown]:
    return await CHANNELS[request.param](assistant)


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
async def test_the_same_answer(shown: list[Shown], expected: list[Shown], number: int) -> None:
    assert shown[number] == expected[number]


def test_the_questions_bring_answers_with_citations(expected: list[Shown]) -> None:
    assert sum(bool(one.citations) for one in expected) == len(QUESTIONS) - 1
