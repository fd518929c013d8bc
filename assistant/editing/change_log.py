"""The log of changes of a project: its history, who reviewed what, and the file for the server."""

from __future__ import annotations

import datetime
from typing import Mapping

from assistant.answers import load_content
from assistant.answers.changes import Change, Changes, digest_of_told, read_changes
from assistant.editing.changes import DAYS_SHOWN, changes_file, changes_of, with_reviewers
from assistant.editing.history import HistoryError, edits_since, revision
from assistant.editing.sign_off import read_signatures, signed_as_they_are
from assistant.guidance import ContentError
from assistant.project import Project


def a_year_before(today: datetime.date) -> str:
    """The day from which changes are told of where nothing else is said."""
    return (today - datetime.timedelta(days=DAYS_SHOWN)).isoformat()


def change_log(project: Project, since: str) -> tuple[Change, ...]:
    """What changed in each place on each day, newest first, with who reviewed it.

    Args:
        project: a clone with its history.
        since: a day (``2026-10-01``, which is included) or a revision (which is not).

    Raises:
        HistoryError: there is no history, or no such revision.
    """
    return with_reviewers(changes_of(edits_since(project.root, since)), reviewers(project))


def reviewers(project: Project) -> Mapping[str, str]:
    """Who signed off what is told now, by its id; nobody where the content has problems."""
    try:
        if not read_signatures(project.data):
            return {}
        signed = signed_as_they_are(project.data, load_content(project))
    except ContentError:
        return {}
    return {name: f"{one.role} ({one.by})" for name, one in signed.items()}


def write_change_log(project: Project, today: datetime.date) -> bool:
    """Write ``models/changes.json`` anew, unless it is of this commit and content.

    Returns:
        False where there is no history to write it from; an old file then stays as it is, and the
        server marks it if it is of other content.
    """
    try:
        now = revision(project.root)
        content = digest_of_told(project)
        kept = read_changes(project.changes)
        if kept and kept.fits(content) and kept.revision == now:
            return True
        changes = change_log(project, a_year_before(today))
    except HistoryError:
        return False
    project.changes.parent.mkdir(parents=True, exist_ok=True)
    log = Changes(made=today.isoformat(), changes=changes, content=content, revision=now)
    project.changes.write_text(changes_file(log), encoding="utf-8")
    return True
