"""What was asked in vain, read out of the redacted tracker store, for ``notice gaps``.

No answer, a suggestion that was not taken, an answer that was said to be of no use, a message in
another language: of these the text only where it is Welsh, the others are counted. What is given
on holds no id of a conversation and no time finer than the week.
"""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from pathlib import Path
from typing import Callable, Iterable, Iterator, Optional, Sequence

from assistant.editing.gaps import Unanswered, Why
from assistant.guidance import load_examples
from assistant.operations.use_report import EventData, last_feedback, said_and_replies
from assistant.turn.replies import Turn, turns_of
from assistant.understanding.language import is_welsh, words_of
from assistant.understanding.language_finder import MIN_COUNT
from assistant.understanding.welsh_examples import welsh_examples


def unanswered(
    events: Iterable[tuple[str, EventData]], reads: Callable[[str], bool]
) -> list[Unanswered]:
    """The questions asked in vain, in no order that tells anything.

    Args:
        events: conversation id and kept event, in the order of the conversations.
        reads: whether a text in another language may be listed, because editors read it.
    """
    found: list[Unanswered] = []
    for number, (_, of_one) in enumerate(itertools.groupby(events, key=lambda pair: pair[0])):
        found += _of_one([event for _, event in of_one], number, reads)
    return sorted(found, key=lambda one: one.text.casefold())


def welsh_of(data: Path) -> Callable[[str], bool]:
    """What tells whether a text is in Welsh, from the examples; nothing is without Welsh ones.

    The tracker store does not keep in which language a message is.

    Raises:
        ContentError: the examples have problems.
    """
    examples = load_examples(data)
    asked = (*examples.questions.values(), *examples.urgent.values())
    counts = Counter(word for texts in asked for text in texts for word in set(words_of(text)))
    english = frozenset(word for word, count in counts.items() if count >= MIN_COUNT)
    welsh = frozenset(
        part for text, _ in welsh_examples() for word in words_of(text) for part in word.split("'")
    )
    return lambda text: is_welsh(text, english, welsh)


def _of_one(
    events: Sequence[EventData], number: int, reads: Callable[[str], bool]
) -> Iterator[Unanswered]:
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
            told = "" if why == "other language" and not reads(text) else text
            yield Unanswered(told, why, number, _monday(said["timestamp"]))


def _why(replies: Sequence[EventData], turn: Turn, follows: str) -> Optional[Why]:
    metadata = (replies[-1].get("metadata") or {}).get("metadata") or {}
    if metadata.get("kind") == "out-of-scope":
        return "no answer"
    if metadata.get("kind") == "other-language":
        return "other language"
    if metadata.get("kind") != "suggest":
        return None
    taken = follows in {button.payload for button in turn.reply.buttons}
    return None if taken else "suggestion not taken"


def _monday(timestamp: float) -> datetime.date:
    day = datetime.datetime.fromtimestamp(timestamp, datetime.UTC).date()
    return day - datetime.timedelta(days=day.weekday())
