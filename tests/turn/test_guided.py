"""The guided conversations, turn by turn: ``guided/*.yml`` here are the scripts.

A turn says something and states what must come back: ``kind`` and ``topic`` of the reply,
``shows`` and ``hides`` (parts of its text), ``offers`` and ``lacks`` (titles of its choices),
``contacts`` (ids among its routes), ``open`` (the page that is open; "" for none),
``keep_nothing`` and ``slots`` (values afterwards). What is not stated is not looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.store.tracker_store import RedactingTrackerStore
from assistant.turn.assistant import Assistant
from tests.conftest import WithStore, first_lines

SCRIPTS = Path(__file__).parent / "guided"
NAMES = ("find-a-service", "my-role", "referral-checklist", "reflection", "signs")
CONVERSATIONS = {
    f"{name}: {title}": turns
    for name in NAMES
    for title, turns in yaml.safe_load((SCRIPTS / f"{name}.yml").read_text()).items()
}
EXPECTED = {"kind", "topic", "shows", "hides", "offers", "lacks", "contacts", "open"}
EXPECTED |= {"say", "keep_nothing", "slots"}


@pytest.mark.parametrize("title", CONVERSATIONS)
async def test_guided_conversation(
    with_store: WithStore, store: RedactingTrackerStore, title: str
) -> None:
    """Over the store of a deployment: what it masks, it must not need again."""
    assistant = with_store(store)
    for turn in CONVERSATIONS[title]:
        await check_turn(assistant, title, turn)


async def check_turn(assistant: Assistant, conversation: str, turn: dict[str, Any]) -> None:
    reply = await assistant.reply(turn["say"], conversation)
    await assistant.finish()  # an urgent turn is kept once it is answered
    tracker = await assistant.agent.tracker_store.retrieve(conversation)
    slots = tracker.current_slot_values()
    said = f"{turn['say']!r} got {reply.kind} {reply.topic}: {reply.text}"
    titles = [button.title for button in reply.buttons]

    assert not reply.failed, said
    assert "None" not in reply.text and "{" not in reply.text, said
    assert len(set(titles)) == len(titles), titles
    if reply.kind == "urgent":
        assert "999" in first_lines(reply, 1)
    if reply.kind in ("answer", "guided") and reply.answer:
        assert reply.answer.review, "every page points to the review"

    assert reply.kind == turn.get("kind", reply.kind), said
    assert reply.topic == turn.get("topic", reply.topic), said
    assert turn.get("shows", "") in reply.text, said
    assert turn.get("hides", "\0") not in reply.text, said
    assert set(turn.get("offers", ())) <= set(titles), (said, titles)
    assert not set(turn.get("lacks", ())) & set(titles), (said, titles)
    assert set(turn.get("contacts", ())) <= set(reply.contacts), (said, reply.contacts)
    if "open" in turn:
        page = f"guided/{turn['open']}" if turn["open"] else ""
        assert slots["guided_page"] == page, said
    if "keep_nothing" in turn:
        assert slots["keep_nothing"] is turn["keep_nothing"], said
    for slot, value in turn.get("slots", {}).items():
        assert (slots[slot] or None) == (value or None), (said, slot, slots[slot])


def test_every_guide_is_interrupted_and_meets_an_urgent_message() -> None:
    for name in NAMES:
        mine = [turns for title, turns in CONVERSATIONS.items() if title.startswith(f"{name}:")]
        assert all(set(turn) <= EXPECTED for turns in mine for turn in turns), name
        middle = [turn for conversation in mine for turn in conversation[1:-1]]
        assert any(turn.get("kind") == "urgent" for turn in middle), name
        assert any(turn.get("kind") in ("answer", "out-of-scope", "smalltalk") for turn in middle)
