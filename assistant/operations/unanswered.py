"""What was asked in vain, read out of the redacted tracker store, for ``notice gaps``.

No answer, a suggestion that was not taken, an answer that was said to be of no use. What is
given on holds no id of a conversation and no time finer than the week.
"""

from __future__ import annotations

import datetime
import itertools
from typing import Iterable, Iterator, Optional, Sequence

from assistant.editing.gaps import Unanswered, Why
from assistant.operations.use_report import EventData, last_feedback, said_and_replies
from assistant.turn.replies import Turn, turns_of


def unanswered(events: Iterable[tuple[str, EventData]]) -> list[Unanswered]:
    """The questions asked in vain, in no order that tells anything.

    Args:
        events: conversation id and kept event, in the order of the conversations.
    """
    found: list[Unanswered] = []
    for number, (_, of_one) in enumerate(itertools.groupby(events, key=lambda pair: pair[0])):
        found += _of_one([event for _, event in of_one], number)
    return sorted(found, key=lambda one: one.text.casefold())


def _of_one(events: Sequence[EventData], number: int) -> Iterator[Unanswered]:
    feedback = last_feedback(events)
    turns = list(zip(said_and_replies(events), turns_of(events)))
    for place, ((said, replies), turn) in enumerate(turns):
        text = said.get("text") or ""
        if not text or text.startswith("/"):
            continue
        given = feedback.get(turn.message_id or "")
        follows = turns[place + 1][1].text if place + 1 < len(turns) else ""
        why = "not useful" if given and not given["useful"] else _why(replies, turn, follows)
        if why:
            yield Unanswered(text, why, number, _monday(said["timestamp"]))


def _why(replies: Sequence[EventData], turn: Turn, follows: str) -> Optional[Why]:
    metadata = (replies[-1].get("metadata") or {}).get("metadata") or {}
    if metadata.get("kind") == "out-of-scope":
        return "no answer"
    if metadata.get("kind") != "suggest":
        return None
    taken = follows in {button.payload for button in turn.reply.buttons}
    return None if taken else "suggestion not taken"


def _monday(timestamp: float) -> datetime.date:
    day = datetime.datetime.fromtimestamp(timestamp, datetime.UTC).date()
    return day - datetime.timedelta(days=day.weekday())
