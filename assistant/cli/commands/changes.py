"""``notice changes`` and ``notice due``: what changed, and what is to be checked again."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from assistant.cli.commands import CONTENT
from assistant.cli.console import OK, CannotRunError, save
from assistant.project import Project, find_project

if TYPE_CHECKING:
    from assistant.answers.changes import Changes
    from assistant.editing.due import Due
    from assistant.guidance import Library

app = typer.Typer()


@app.command(rich_help_panel=CONTENT)
def changes(
    since: Annotated[
        Optional[str], typer.Option(help="A day (YYYY-MM-DD) or a revision; a year by default.")
    ] = None,
    quarter: Annotated[
        Optional[str], typer.Option(help="A mail with what changed in a quarter (2026-Q4).")
    ] = None,
    atom: Annotated[
        Optional[Path], typer.Option(metavar="FILE", help="Write an Atom feed.")
    ] = None,
    html: Annotated[Optional[Path], typer.Option(metavar="FILE", help="Write a page.")] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write it for the server's pages.")
    ] = False,
) -> int:
    """What changed in the guidance, and why."""
    project = find_project()
    from assistant.editing.change_log import a_year_before
    from assistant.editing.changes import QuarterError, change_lines, changes_file
    from assistant.editing.history import HistoryError

    today = datetime.date.today()
    since = since or a_year_before(today)
    try:
        if quarter:
            print(_mail(project, quarter, today), end="")
            return OK
        log = _log(project, since, today)
    except (HistoryError, QuarterError) as error:
        raise CannotRunError(str(error)) from error
    if write:
        save(project.changes, changes_file(log))
    if atom or html:
        _save_pages(log, atom, html)
    if not (write or atom or html):
        for change in log.changes:
            print("\n".join([*change_lines(change), ""]))
        print(f"{len(log.changes)} changed since {since}.")
    return OK


def _mail(project: Project, quarter: str, today: datetime.date) -> str:
    from assistant.editing import changes as editing
    from assistant.editing.change_log import reviewers
    from assistant.editing.history import edits_since

    start, end = editing.quarter(quarter)
    edits = [one for one in edits_since(project.root, start.isoformat()) if one.date < end]
    in_all = editing.with_reviewers(editing.changes_in_all(edits), reviewers(project))
    return editing.digest(quarter, in_all, end, today)


def _log(project: Project, since: str, today: datetime.date) -> Changes:
    from assistant.answers.changes import Changes, digest_of_told
    from assistant.editing.change_log import change_log
    from assistant.editing.history import revision

    return Changes(
        made=today.isoformat(),
        changes=change_log(project, since),
        content=digest_of_told(project),
        revision=revision(project.root),
    )


def _save_pages(log: Changes, atom: Optional[Path], html: Optional[Path]) -> None:
    from assistant.channels.web.changes_page import changes_atom, changes_html

    if atom:
        save(atom, changes_atom(log))
    if html:
        save(html, changes_html(log, alone=True))


@app.command(rich_help_panel=CONTENT)
def due(
    within: Annotated[int, typer.Option(metavar="DAYS", help="Days ahead.")] = 30,
    ics: Annotated[
        Optional[Path], typer.Option(metavar="FILE", help="Write all of it as a calendar.")
    ] = None,
    source: Annotated[
        Optional[str],
        typer.Option(metavar="ID", help="Every point that cites this source instead."),
    ] = None,
    owner: Annotated[
        Optional[str], typer.Option(metavar="ROLE", help="Only what this role looks at.")
    ] = None,
) -> int:
    """What is to be checked again, a year after it was."""
    project = find_project()
    from assistant.editing.due import due_by, icalendar, review_calendar
    from assistant.editing.owners import read_owners
    from assistant.guidance import load_library

    library = load_library(project.data)
    if source:
        return _citing(source, library)
    calendar = review_calendar(library, read_owners(project.data))
    if owner:
        calendar = _owned(calendar, owner)
    if ics:
        save(ics, icalendar(calendar, datetime.datetime.now(datetime.UTC)))
        return OK
    today = datetime.date.today()
    soon = due_by(calendar, today + datetime.timedelta(days=within))
    for one in soon:
        late = " OVERDUE" if one.due < today else ""
        told = f"{one.kind} {one.id}: {one.name}, last on {one.last} ({one.owner})"
        print(f"{one.due}{late} {told}")
    print(f"{len(soon)} due within {within} days, of {len(calendar)}.")
    return OK


def _owned(calendar: tuple[Due, ...], owner: str) -> tuple[Due, ...]:
    """What a role looks at.

    Raises:
        CannotRunError: it looks at nothing.
    """
    found = tuple(one for one in calendar if one.owner == owner)
    if not found:
        roles = ", ".join(sorted({one.owner for one in calendar}))
        raise CannotRunError(f"Nothing is looked at by {owner}. There are: {roles}.")
    return found


def _citing(source: str, library: Library) -> int:
    from assistant.editing.due import citing

    try:
        found = citing(source, library)
    except KeyError:
        raise CannotRunError(f"There is no source {source} in data/sources.yml.") from None
    for one in found:
        print(f"{one.answer}: {one.text}")
        print(f"    {'; '.join([*one.places, *one.facts])}")
    print(f"{len(found)} points cite {library.sources[source].title}.")
    return OK
