"""The report of use: what it counts, and what it never shows."""

from __future__ import annotations

import csv
import datetime
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.answers import current_content
from assistant.evaluation import read_questions
from assistant.guidance import Library
from assistant.operations.use_report import TOO_FEW_TEXT, Use, read_use, write_report
from assistant.project import Project
from assistant.store.tracker_store import RedactingTrackerStore
from assistant.turn.replies import Reply
from tests.conftest import WithStore

DAY = datetime.date(2026, 11, 22)
ASKED = "talk/recording"
Turn = list[dict[str, Any]]


def turn(text: str, kind: str, topic: str = "", seconds: float = 0.2, **bot: Any) -> Turn:
    metadata = {"metadata": {"kind": kind, "topic": topic or None}}
    return [
        {"event": "user", "text": text, "timestamp": 100.0},
        {"event": "bot", "timestamp": 100.0 + seconds, "metadata": metadata, **bot},
    ]


def feedback(message: str, useful: bool, reason: str = "") -> Turn:
    value = {"message": message, "topic": ASKED, "useful": useful, "reason": reason or None}
    return [{"event": "slot", "name": "feedback", "value": value}]


def conversation(number: int) -> list[tuple[str, dict[str, Any]]]:
    offer: dict[str, Any] = {
        "data": {"buttons": [{"title": "Recording", "payload": "/talk.recording"}]}
    }
    events = [
        *turn("what do I write down", "answer", ASKED),
        *turn("zibble <b>wobble</b>", "suggest", seconds=number, **offer),
        *turn("/talk.recording", "answer", ASKED),
        *feedback("one", True),
        *feedback("one", False, "unclear"),
        *turn("he is coming now", "urgent", "urgent/immediate-danger"),
        *turn("and now", "answer", "review/about" if number == 0 else ASKED),
    ]
    return [(f"person-{number}", event) for event in events]


@pytest.fixture
def use() -> Use:
    return read_use(event for number in range(6) for event in conversation(number))


def test_what_is_counted(use: Use) -> None:
    assert (use.conversations, use.messages) == (6, 30)
    assert use.topics == {ASKED: 17, "review/about": 1}
    assert use.urgent == {"urgent/immediate-danger": 6}
    assert use.offered == {ASKED: 6} and use.taken == {ASKED: 6}
    assert use.useful == {} and use.not_useful == {ASKED: 6} and use.reasons == {"unclear": 6}
    assert use.not_answered == 6
    assert max(use.seconds) == 5


def test_what_is_shown(use: Use, library: Library, tmp_path: Path) -> None:
    page, table = write_report(use, library, tmp_path / "new", DAY, DAY)
    text = page.read_text()
    about, recording = library.topics["review/about"].title, library.topics[ASKED].title
    rows = {(section, name): count for section, name, count in csv.reader(table.open())}
    assert rows["Topics answered", recording] == "17"
    assert rows["Topics answered", about] == TOO_FEW_TEXT
    assert rows["Choices taken", recording] == "6"
    assert "Median: 0.20 s" in text and "Slowest: 5.00 s" in text
    assert rows["In all", "Messages that got no answer at once"] == "6"
    assert "notice gaps" in text
    assert "<svg" in text
    for shown in (text, table.read_text()):
        assert "person-" not in shown
        for typed in ("zibble", "wobble", "write down", "coming now"):
            assert typed not in shown, "nobody's words are in the report"
    for reaches_out in ("http:", "https:", "<script", "<link", "<img"):
        assert reaches_out not in text


def test_no_name_is_markup_and_a_spreadsheet_runs_none(library: Library, tmp_path: Path) -> None:
    use = Use(topics=Counter({"<b>=1+1": 6, "=1+1": 7}))
    page, table = write_report(use, library, tmp_path, DAY, DAY)
    assert "&lt;b&gt;=1+1" in page.read_text() and "<b>" not in page.read_text()
    with table.open(newline="") as file:
        shown = [name for section, name, _ in csv.reader(file) if section == "Topics answered"]
    assert shown == ["'=1+1", "<b>=1+1"]


def test_few_conversations_show_no_counts(library: Library, tmp_path: Path) -> None:
    page, table = write_report(read_use(conversation(0)), library, tmp_path, DAY, DAY)
    counts = {count for _, _, count in csv.reader(table.open())} - {"count", ""}
    assert counts <= {TOO_FEW_TEXT, "5"}  # five messages
    assert "<svg" not in page.read_text().replace("Messages", "", 1).split("Topics answered")[1]


async def test_choices_are_counted_as_they_were_shown_and_taken(
    with_store: WithStore, store: RedactingTrackerStore, project: Project
) -> None:
    """An unsure answer offers topics that its event does not hold; pages are no topics."""
    assistant = with_store(store)
    questions = read_questions(project.root / "tests" / "nlu" / "topics-b.tsv")
    taken: Counter[str] = Counter()
    offered: Counter[str] = Counter()
    for number, question in enumerate(questions):
        conversation = f"report-{number}"
        reply = await assistant.reply(question.text, conversation)
        await assistant.finish()
        offered.update(topics_of(reply))
        if reply.kind == "answer" and reply.suggestions:
            chosen = reply.suggestions[0]
            after = await assistant.reply(f"/{chosen.replace('/', '.')}", conversation)
            offered.update(topics_of(after))
            taken[chosen] += 1
        if sum(taken.values()) == 5:
            break
    opened = await assistant.reply("signs walk-through", "report-guided")
    await assistant.reply(opened.buttons[0].payload, "report-guided")
    offered.update(topics_of(opened))
    use = read_use(store.events_between(0, time.time() + 60))
    assert sum(taken.values()) == 5 and use.taken == taken
    assert not [one for one in use.offered if one.startswith("guided")]
    assert offered <= use.offered


def topics_of(reply: Reply) -> set[str]:
    """The topics that a reply offers."""
    payloads = [button.payload[1:].replace(".", "/") for button in reply.buttons]
    return {one for one in payloads if current_content().title(one)}
