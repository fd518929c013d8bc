"""How the assistant is used: what is asked and what it could not answer, nothing per person.

Read from the redacted tracker store, over a period. Counts under five are not shown, and no
figure is of a day, a conversation or a person. Written as one HTML page, which loads nothing
from anywhere, and as CSV. No message stands in it: what was asked in vain is for ``notice gaps``,
which shows no group that fewer than five conversations speak in.
"""

from __future__ import annotations

import csv
import datetime
import itertools
import statistics
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.answers import current_content
from assistant.guidance import Library, topic_id_of
from assistant.guidance.table_cells import as_cell
from assistant.turn.replies import turns_of

SMALLEST_SHOWN = 5
"""A smaller count is not shown: it could point to somebody."""
TOO_FEW_TEXT = f"fewer than {SMALLEST_SHOWN}"
SLOWEST_SHOWN = 5
WIDEST_BAR_PX = 200
NOT_ANSWERED = frozenset({"suggest", "out-of-scope"})
FEEDBACK = "feedback"
"""The slot that holds the feedback on an answer (assistant/channels/feedback.py)."""

_TEMPLATE = Path(__file__).with_name("use-report.html.jinja")

EventData = Mapping[str, Any]


@dataclass
class Use:
    """What happened in a period. Topics and situations by their ids."""

    conversations: int = 0
    messages: int = 0
    topics: Counter[str] = field(default_factory=Counter)
    urgent: Counter[str] = field(default_factory=Counter)
    offered: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    useful: Counter[str] = field(default_factory=Counter)
    not_useful: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    not_answered: int = 0
    seconds: list[float] = field(default_factory=list)


def read_use(events: Iterable[tuple[str, EventData]]) -> Use:
    """Count what the events tell of.

    Args:
        events: conversation id and kept event, in the order of the conversations.
    """
    use = Use()
    for _, of_one in itertools.groupby(events, key=lambda pair: pair[0]):
        kept = [event for _, event in of_one]
        use.conversations += 1
        offered: set[str] = set()
        for (said, replies), turn in zip(said_and_replies(kept), turns_of(kept)):
            _count_turn(use, said, replies, offered)
            # As they were shown: an unsure answer has more of them than its event.
            shown = {button.payload for button in turn.reply.buttons}
            offered = {one for one in shown if current_content().title(topic_id_of(one[1:]))}
            use.offered.update(topic_id_of(payload[1:]) for payload in offered)
        _count_feedback(use, kept)
    return use


def said_and_replies(
    events: Sequence[EventData],
) -> Iterator[tuple[EventData, list[EventData]]]:
    """Each message that got a reply, and the events of the reply."""
    said: Optional[EventData] = None
    replies: list[EventData] = []
    for event in (*events, {"event": "user"}):
        if event["event"] == "user":
            if said is not None and replies:
                yield said, replies
            said, replies = event, []
        elif event["event"] == "bot":
            replies.append(event)


def _count_turn(
    use: Use, said: EventData, replies: Sequence[EventData], offered: Iterable[str]
) -> None:
    use.messages += 1
    text = said.get("text") or ""
    metadata = (replies[-1].get("metadata") or {}).get("metadata") or {}
    kind, topic = metadata.get("kind"), metadata.get("topic")
    if kind == "answer" and topic:
        use.topics[topic] += 1
    elif kind == "urgent" and topic:
        use.urgent[topic] += 1
    elif kind in NOT_ANSWERED and text and not text.startswith("/"):
        use.not_answered += 1
    if text in offered:
        use.taken[topic_id_of(text[1:])] += 1
    use.seconds.append(replies[-1]["timestamp"] - said["timestamp"])


def _count_feedback(use: Use, events: Sequence[EventData]) -> None:
    for given in last_feedback(events).values():
        topic = given.get("topic") or "no topic"
        (use.useful if given["useful"] else use.not_useful)[topic] += 1
        if given.get("reason"):
            use.reasons[given["reason"]] += 1


def last_feedback(events: Iterable[EventData]) -> dict[str, Mapping[str, Any]]:
    """What was said last on each message, by its id.

    Rasa repeats a slot's event in a new session, and people change their minds.
    """
    return {
        event["value"]["message"]: event["value"]
        for event in events
        if event["event"] == "slot" and event.get("name") == FEEDBACK and event.get("value")
    }


def write_report(
    use: Use, library: Library, folder: Path, start: datetime.date, end: datetime.date
) -> list[Path]:
    """Write ``report.html`` and ``report.csv``.

    Args:
        use: the figures.
        library: knows the titles.
        folder: is made if it is not there.
        start, end: first and last day of the period.

    Returns:
        The paths of the files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    titles = {topic.id: topic.title for topic in library.topics.values()}
    titles |= {situation.id: situation.title for situation in library.urgent.values()}
    sections = _sections(use, titles)
    page, table = folder / "report.html", folder / "report.csv"
    page.write_text(_html(use, sections, f"{start} to {end}"), encoding="utf-8")
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["section", "entry", "count"])
        for title, rows in sections:
            writer.writerows([title, as_cell(name), shown_count(count)] for name, count in rows)
    return [page, table]


Rows = list[tuple[str, int]]


def _sections(use: Use, titles: Mapping[str, str]) -> list[tuple[str, Rows]]:
    def named(counts: Counter[str]) -> Rows:
        return [(titles.get(one, one), count) for one, count in counts.most_common()]

    totals = [("Conversations", use.conversations), ("Messages", use.messages)]
    totals.append(("Messages that got no answer at once", use.not_answered))
    return [
        ("In all", totals),
        ("Topics answered", named(use.topics)),
        ("Urgent messages, by kind", named(use.urgent)),
        ("Choices offered", named(use.offered)),
        ("Choices taken", named(use.taken)),
        ("Answers found useful", named(use.useful)),
        ("Answers not found useful", named(use.not_useful)),
        ("Why not useful", named(use.reasons)),
    ]


def shown_count(count: int) -> str:
    """A count as it may be shown."""
    return str(count) if count >= SMALLEST_SHOWN or count == 0 else TOO_FEW_TEXT


def _html(use: Use, sections: Sequence[tuple[str, Rows]], period: str) -> str:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATE.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    enough = len(use.seconds) >= SMALLEST_SHOWN
    return environment.get_template(_TEMPLATE.name).render(
        period=period,
        few=TOO_FEW_TEXT,
        sections=[
            {"title": title, "rows": [_row(name, count, rows) for name, count in rows]}
            for title, rows in sections
        ],
        median=statistics.median(use.seconds) if enough else None,
        slowest=sorted(use.seconds, reverse=True)[:SLOWEST_SHOWN],
    )


def _row(name: str, count: int, rows: Rows) -> dict[str, Any]:
    """A row of a table; the bar is for the eye only, the number beside it says the same."""
    most = max(count for _, count in rows)
    width = round(WIDEST_BAR_PX * count / most) if count >= SMALLEST_SHOWN else 0
    return {"name": name, "count": shown_count(count), "bar": width}
