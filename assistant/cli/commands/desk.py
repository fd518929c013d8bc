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
    host: Annotated[
        str, typer.Option(help="Address to listen on; another only behind a sign-on.")
    ] = "127.0.0.1",
    sign_on_header: Annotated[
        Optional[str],
        typer.Option(
            metavar="NAME", help="Behind a proxy that signs people on: its header with who it is."
        ),
    ] = None,
    proxy: Annotated[
        Optional[str],
        typer.Option(metavar="ADDRESS", help="The address that the header may come from."),
    ] = None,
    public_host: Annotated[
        Optional[str], typer.Option(metavar="NAME", help="The host name that people type.")
    ] = None,
) -> int:
    """The reading room: every answer, and what is behind it, on this machine."""
    project = find_project()
    from assistant.operations.desk.room import Rooms
    from assistant.operations.desk.server import serve_desk
    from assistant.operations.desk.sign_on import SignOnError, sign_on_of

    try:
        sign_on = sign_on_of(sign_on_header, proxy, public_host, host)
    except SignOnError as error:
        raise CannotRunError(str(error)) from error
    rooms = Rooms(project, _history(project, since), _use(project, endpoints))
    rooms.now()  # its problems are said here, before anybody reads
    who = f"for the proxy at {sign_on.proxy} only" if sign_on else "on this machine only"
    errors().print(f"The desk is at http://{host}:{port}/, {who}. Ctrl+C ends.")
    try:
        serve_desk(rooms, host, port, sign_on)
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
