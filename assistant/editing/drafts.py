"""Drafts for a group of questions that had no answer: for an editor to finish.

What people asked is put beside the draft in comments, which nothing loads. They are theirs: an
editor writes questions of their own and takes the comments out, and ``notice check`` sees to it.

A draft is marked at every place that is still to be written. Content with such a mark is not
loaded, so nothing unfinished is trained on or shown; ``notice check`` names each place.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Sequence

from assistant.guidance.names import TO_FINISH
from assistant.guidance.topics import TOPIC_ID

_GUIDANCE = """\
# A draft. Write every part marked below, from facts that stand in data/facts/, then take out
# these two lines. docs/editing-content.md explains each part. A line in data/catalogue.yml too.
title: "{mark} at most 80 characters"
lead: "{mark} answers the likeliest question outright, in at most 40 words"
points:  # 4 to 7, in the order a person acts; at most 35 words each
  - text: "{mark} what to do first"
    facts: []  # ids in data/facts/ that carry every claim of the text
    duty: should
    territory: both
review:
  - cite: national-review
    says: "{mark} one sentence that ties this section to the question"
    fit: nearest
contacts: []
next: [{nearest}]
open:
  - "{mark} what is still to be settled, and where to look"
reviewed: {today}
"""


ASKED = "# asked in vain:"
"""Begins a comment with what somebody asked."""

_WRITE = "questions of your own that ask for the same; then take out the comments above"

_ITEM = re.compile(r"^( *)- ", re.MULTILINE)


class DraftError(ValueError):
    """The draft cannot be written; the message says why."""


def write_draft(
    data: Path,
    topic: str,
    questions: Sequence[str],
    nearest: Sequence[str],
    today: datetime.date,
) -> list[Path]:
    """Add what was asked to a topic's file of questions, or write the files of a new topic.

    Args:
        data: the ``data`` folder.
        topic: its id, ``theme/topic``.
        questions: of the group, redacted.
        nearest: ids of topics that a new one is offered with.
        today: the day of a new answer.

    Returns:
        The files written.

    Raises:
        DraftError: the id is of no topic's form, or of no theme.
    """
    theme = topic.partition("/")[0]
    if not TOPIC_ID.fullmatch(topic) or not (data / "guidance" / theme).is_dir():
        raise DraftError(
            f"{topic} is no topic's id. Write theme/topic, for instance talk/recording."
        )
    answer = data / "guidance" / f"{topic}.yml"
    asked = data / "questions" / f"{topic}.yml"
    written = [asked]
    if not answer.exists():
        named = ", ".join(nearest)
        answer.write_text(
            _GUIDANCE.format(mark=TO_FINISH, nearest=named, today=today), encoding="utf-8"
        )
        written.append(answer)
    before = asked.read_text(encoding="utf-8") if asked.exists() else "questions:\n"
    indent = (_ITEM.findall(before) or ["  "])[-1]
    lines = [f"{indent}{ASKED} {' '.join(question.split())}\n" for question in questions]
    lines.append(f'{indent}- "{TO_FINISH} {_WRITE}"\n')
    asked.write_text(before.rstrip("\n") + "\n" + "".join(lines), encoding="utf-8")
    return written
