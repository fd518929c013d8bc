"""The deployed mode: a real action server over HTTP, with nothing but names of what was said."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from rasa.utils.endpoints import EndpointConfig

from assistant.project import Project
from assistant.turn.assistant import Assistant
from tests.conftest import VAGUE
from tests.ports import free_port

ASKED = [
    VAGUE,
    "what should I write down when a child tells me?",
    "where does it say that?",
    "and for a disabled child?",
    "signs walk-through",
    "next",
    "start the service finder",
    "a boy",
    "Cardiff",
    "counselling",
    "where does it say that?",
    "I want to speak to a real person",
]


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest_asyncio.fixture(scope="module")
async def action_server(project: Project, port: int) -> AsyncIterator[str]:
    """``rasa run actions``, as in deploy/compose.yml."""
    command = [sys.executable, "-W", "ignore", "-m", "rasa_sdk", "--actions", "actions"]
    process = subprocess.Popen(
        [*command, "--port", str(port)], cwd=project.root, stderr=subprocess.PIPE, text=True
    )
    url = f"http://127.0.0.1:{port}"
    try:
        async with aiohttp.ClientSession() as http:
            for _ in range(600):
                assert process.poll() is None, process.communicate()[1]
                try:
                    async with http.get(f"{url}/health") as response:
                        if response.status == 200:
                            break
                except aiohttp.ClientError:
                    await asyncio.sleep(0.1)
        yield f"{url}/webhook"
    finally:
        process.terminate()
        process.communicate()


async def test_it_says_what_the_actions_in_this_process_say(
    assistant: Assistant, action_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [await assistant.reply(text, "actions-here") for text in ASKED]
    endpoint = EndpointConfig(url=action_server, enable_selective_domain=True)
    monkeypatch.setattr(assistant.agent.processor, "action_endpoint", endpoint)
    there = [await assistant.reply(text, "actions-there") for text in ASKED]
    assert not [reply for reply in here if reply.failed]
    assert there == here


async def test_it_is_sent_no_domain(
    assistant: Assistant, conversation: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No action asks for it: of the whole domain each call had 37 ms."""
    sent: list[dict[str, object]] = []
    request = assistant.agent.processor.action_endpoint.request

    async def seen(*args: object, **kwargs: object) -> object:
        sent.append(kwargs["json"])  # type: ignore[arg-type]
        return await request(*args, **kwargs)

    monkeypatch.setattr(assistant.agent.processor.action_endpoint, "request", seen)
    for text in ASKED[:4]:
        await assistant.reply(text, conversation)
    assert sent
    for call in sent:
        assert not call.get("domain"), call["next_action"]
