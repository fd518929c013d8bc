"""``notice desk``: the reading room."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from assistant.cli.commands import CONTENT
from assistant.cli.console import OK, CannotRunError, errors
from assistant.cli.loading import EndpointsFile, tracker_store
from assistant.project import Project, ProjectError, find_project

if TYPE_CHECKING:
    from assistant.operations.desk.room import History
    from assistant.operations.use_report import Use

app = typer.Typer()


@app.command(rich_help_panel=CONTENT)
def desk(
    port: Annotated[int, typer.Option(help="Port of this machine to listen on.")] = 5006,
    since: Annotated[
        Optional[str],
        typer.Option(help="Show what changed since: a day (YYYY-MM-DD) or a revision."),
    ] = None,
    endpoints: EndpointsFile = None,
) -> int:
    """The reading room: every answer, and what is behind it, on this machine."""
    project = find_project()
    from assistant.operations.desk.room import Rooms
    from assistant.operations.desk.server import LOOPBACK, serve_desk

    rooms = Rooms(project, _history(project, since), _use(project, endpoints))
    rooms.now()  # its problems are said here, before anybody reads
    errors().print(f"The desk is at http://{LOOPBACK}:{port}/, on this machine only. Ctrl+C ends.")
    try:
        serve_desk(rooms, port)
    except OSError as error:
        raise CannotRunError(f"{error}. Choose another with --port.") from error
    return OK


def _history(project: Project, since: Optional[str]) -> History:
    from assistant.editing.change_log import a_year_before
    from assistant.editing.changes import changes_in_all
    from assistant.editing.history import HistoryError, edits_since, last_release
    from assistant.operations.desk.room import History

    try:
        since = since or last_release(project.root) or a_year_before(datetime.date.today())
        made = changes_in_all(edits_since(project.root, since))
    except HistoryError as error:
        return History(since=since or "the last release", problem=str(error))
    return History(since=since, changes={change.about: change for change in made})


def _use(project: Project, endpoints: Optional[Path]) -> Optional[Use]:
    """How the assistant was used; None where no tracker store can be read."""
    from sqlalchemy.exc import SQLAlchemyError

    from assistant.operations.desk.server import USE_DAYS
    from assistant.operations.use_report import read_use

    now = datetime.datetime.now()
    start = now - datetime.timedelta(days=USE_DAYS)
    try:
        store = tracker_store(project, endpoints)
        return read_use(store.events_between(start.timestamp(), now.timestamp()))
    except (ProjectError, SQLAlchemyError, OSError) as error:
        errors().print(f"No use is shown: {error}", markup=False)
        return None
