"""What changed in the guidance, as it is kept for the server: ``models/changes.json``.

``notice train``, ``notice serve`` and ``notice changes --write`` make the file where the content's
history is; a server without it only reads the file. ``content`` tells which content it is of.
"""

from __future__ import annotations

import datetime
import functools
import json
from pathlib import Path
from typing import Literal, Optional, Sequence

from pydantic import validator

from assistant.answers.answer import Answer, Frozen
from assistant.answers.text import day_text
from assistant.guidance.digests import digest_of, files_of
from assistant.project import Project, find_project

TOLD = (
    "data/guidance",
    "data/urgency/replies",
    "data/guided",
    "data/contacts.yml",
    "data/services.yml",
    "data/roles.yml",
    "data/welsh",
)
"""Files that tell people something, below the project's root."""

CITED = ("data/sources.yml", "data/facts")
"""Files by which a change reaches every answer that cites what changed."""

SHOWN_DAYS = 60
"""How long an answer says that it changed."""


class Reworded(Frozen):
    """A text before and after."""

    before: str
    after: str


class Change(Frozen):
    """What changed on one day in one place, and why.

    ``about`` is the id: ``talk/recording``, ``urgent/general``, ``guided/signs``,
    ``contact/childline``, ``service/childline``, ``welsh/talk/recording``. ``why`` are the reasons
    that were given with the changes, ``reviewed_by`` the roles of who reviewed them. ``sources``
    are documents that are cited otherwise: another edition, place or authority. A new one tells
    its lead only, as does one that was taken out.
    """

    date: str
    about: str
    title: str
    kind: Literal["new", "changed", "taken-out"]
    why: tuple[str, ...]
    reviewed_by: tuple[str, ...] = ()
    lead: Optional[Reworded] = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[Reworded, ...] = ()
    sources: tuple[Reworded, ...] = ()

    @validator("date")
    def _is_a_day(cls, date: str) -> str:
        return datetime.date.fromisoformat(date).isoformat()


class Changes(Frozen):
    """All that changed, newest first, and when that was looked up.

    ``content`` is the digest of what was told then (:func:`digest_of_told`), ``revision`` its
    commit.
    """

    made: str
    changes: tuple[Change, ...]
    content: str = ""
    revision: str = ""

    def fits(self, digest: str) -> bool:
        """True if nothing that people are told has changed since; ``digest`` is of the present."""
        return self.content == digest


def read_changes(path: Path) -> Optional[Changes]:
    """The changes in a file, or None where there is none that can be read."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None


@functools.lru_cache(maxsize=1)
def _read(path: Path, modified: int) -> Changes:
    return Changes.parse_obj(json.loads(path.read_text(encoding="utf-8")))


def digest_of_told(project: Project) -> str:
    """The digest of all files whose changes are told of."""
    files = [file for path in (*TOLD, *CITED) for file in files_of(project.root / path)]
    return digest_of({project.root: files})


def changed_lately(
    topic: str, changes: Sequence[Change], today: datetime.date
) -> Optional[datetime.date]:
    """The day of a topic's last change, if that is no more than :data:`SHOWN_DAYS` ago.

    Args:
        topic: its id.
        changes: newest first.
        today: the day of reading.
    """
    for change in changes:
        day = datetime.date.fromisoformat(change.date)
        if today - day > datetime.timedelta(days=SHOWN_DAYS):
            return None
        if change.about == topic and change.kind == "changed":
            return day
    return None


def changed_text(answer: Answer) -> Optional[str]:
    """What an answer to a topic says for :data:`SHOWN_DAYS`: "Changed 12 March 2026".

    Of English answers only: what is logged are changes of the English, and a translation goes its
    own way.
    """
    if answer.kind != "answer" or answer.own_words is not None:
        return None
    kept = read_changes(find_project().changes)
    day = changed_lately(answer.topic, kept.changes, datetime.date.today()) if kept else None
    return f"Changed {day_text(day.isoformat())}" if day else None


__all__ = [
    "CITED",
    "SHOWN_DAYS",
    "TOLD",
    "Change",
    "Changes",
    "Reworded",
    "changed_lately",
    "changed_text",
    "digest_of_told",
    "read_changes",
]
