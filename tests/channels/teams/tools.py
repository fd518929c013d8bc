"""Microsoft's own tools, pinned in ``npm/package-lock.json`` and installed when first needed.

Nothing of them is shipped; the Agents Playground's terms allow trying things out and no more.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, AsyncIterator

import aiohttp

from tests.browser.tools import NODE, install_packages
from tests.ports import free_port

TOOLS = Path(__file__).with_name("npm")
PACKAGES = TOOLS / "node_modules"


def manifest_schema(version: str) -> dict[str, Any]:
    """Microsoft's schema of a Teams app manifest."""
    install_packages(TOOLS)
    folder = PACKAGES / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"
    text = (folder / f"v{version}" / "MicrosoftTeams.schema.json").read_text("utf-8-sig")
    schema: dict[str, Any] = json.loads(text)
    return schema


@dataclass
class Playground:
    """Microsoft's Agents Playground, driven over its own HTTP interface."""

    url: str
    config: dict[str, Any]
    http: aiohttp.ClientSession
    shown: list[dict[str, Any]] = field(default_factory=list)
    """What its client shows of the bot, in the order in which it came."""

    @property
    def private(self) -> str:
        return str(self.config["personalChat"]["id"])

    @property
    def group(self) -> str:
        return str(self.config["groupChats"][0]["id"])

    @property
    def team(self) -> str:
        return str(self.config["teams"][0]["channels"][0]["id"])

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        async with self.http.post(self.url + path, json=body) as response:
            assert response.status == 200, f"{path}: {response.status} {await response.text()}"
            return await response.text()

    async def install(self, conversation: str) -> None:
        """Install the bot, as a person does from the app's page."""
        await self.post(f"/_debug/conversation/{conversation}/installation", {})

    async def say(self, text: str, conversation: str = "", person: str = "user-id-0") -> None:
        """Write a message; in a group the bot is mentioned."""
        body: dict[str, Any] = {"type": "text", "textFormat": "plain", "from": {"id": person}}
        if conversation:
            bot = self.config["bot"]
            text = f"<at>{bot['name']}</at> {text}"
            mention = {"mentioned": {"id": bot["id"]}, "text": f"<at>{bot['name']}</at>"}
            body["mentions"] = [mention]
        place = conversation or self.private
        await self.post(f"/_conversation/v1/conversations/{place}/messages", {**body, "text": text})

    async def press(self, message: dict[str, Any], number: int) -> None:
        """Press a button of a shown card."""
        action = message["attachments"][0]["content"]["actions"][number]
        await self.post(
            "/_conversation/v1/submit",
            {
                "conversation": {"id": self.private},
                "from": {"id": "user-id-0"},
                "replyToId": message["messageId"],
                "value": action["data"],
            },
        )

    async def thumb(self, reaction: str) -> str:
        """Press a thumb; gives the bot's answer to it."""
        value = {"actionName": "feedback", "actionValue": {"reaction": reaction, "feedback": ""}}
        body = {
            "name": "message/submitAction",
            "conversation": {"id": self.private},
            "from": {"id": "user-id-0"},
            "value": value,
        }
        return str(await self.post("/_conversation/v1/invoke", body))

    async def next(self, card: bool = False) -> dict[str, Any]:
        """The next message that the client shows; with its card, if it is to have one."""
        for _ in range(1000):
            if self.shown and (self.shown[0]["attachments"] or not card):
                return self.shown.pop(0)
            await asyncio.sleep(0.02)
        raise AssertionError(f"no message came, or none with a card: {self.shown}")

    async def listen(self, stream: aiohttp.ClientWebSocketResponse) -> None:
        """Collect what the client shows; it shows a card as a message of its own."""
        async for frame in stream:
            event = json.loads(frame.data)
            if event["action"] != "createMessage":
                continue
            message = {**event["message"], "place": event["actionConversationId"]}
            if message.get("text"):
                self.shown.append(last := message)
            else:
                assert (last["place"], last["attachments"]) == (message["place"], [])
                last.update(attachments=message["attachments"], messageId=message["messageId"])


@contextlib.asynccontextmanager
async def playground(endpoint: str, folder: Path) -> AsyncIterator[Playground]:
    """Run the Playground against a bot until the body is done.

    Args:
        endpoint: the bot's webhook.
        folder: where the Playground writes its log.
    """
    install_packages(TOOLS)
    port = free_port()
    program = PACKAGES / "@microsoft" / "m365agentsplayground" / "cli.js"
    process = await asyncio.create_subprocess_exec(
        *(str(NODE), str(program), "-e", endpoint, "-c", "msteams", "-p", str(port), "--dt"),
        *("--su", f"http://127.0.0.1:{port}/_connector"),
        env={**os.environ, "TEAMSAPPTESTER_BROWSER": "none"},
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        async with aiohttp.ClientSession() as http:
            running = Playground(url, await _config(http, url), http)
            async with http.ws_connect(f"{url}/_ws_conversation/v1/conversations/stream") as ws:
                listening = asyncio.create_task(running.listen(ws))
                yield running
                listening.cancel()
    finally:
        process.terminate()
        await process.wait()


async def _config(http: aiohttp.ClientSession, url: str) -> dict[str, Any]:
    for _ in range(300):
        try:
            async with http.get(f"{url}/_internal/v1/config") as response:
                config: dict[str, Any] = (await response.json())["config"]
                return config
        except aiohttp.ClientError:
            await asyncio.sleep(0.1)
    raise TimeoutError("the Agents Playground did not start")
