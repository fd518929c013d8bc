"""What an operator runs on the conversations kept: ``notice retention``, ``notice report``."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path
from typing import Annotated, Optional

import typer

from assistant.cli.commands import OPERATE
from assistant.cli.console import OK
from assistant.cli.loading import EndpointsFile, tracker_store
from assistant.project import find_project

app = typer.Typer()


@app.command(rich_help_panel=OPERATE)
def retention(
    days: Annotated[
        Optional[int], typer.Option(help="Older than this (as in endpoints.yml).")
    ] = None,
    endpoints: EndpointsFile = None,
) -> int:
    """Delete old conversations now."""
    store = tracker_store(find_project(), endpoints)
    days = store.days if days is None else days
    deleted = asyncio.run(store.delete_older_than(days))
    print(f"{deleted} conversation(s) older than {days} days deleted.")
    return OK


@app.command(rich_help_panel=OPERATE)
def report(
    start: Annotated[
        datetime.datetime,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The first day."),
    ],
    end: Annotated[
        datetime.datetime,
        typer.Option("--to", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The last day."),
    ],
    folder: Annotated[Path, typer.Option(help="Where to write.")] = Path("report"),
    endpoints: EndpointsFile = None,
) -> int:
    """How the assistant is used, nothing per person."""
    project = find_project()
    from assistant.guidance import load_library
    from assistant.operations.use_report import read_use, write_report

    after = end + datetime.timedelta(days=1)
    store = tracker_store(project, endpoints)
    use = read_use(store.events_between(start.timestamp(), after.timestamp()))
    for written in write_report(use, load_library(project.data), folder, start.date(), end.date()):
        print(written)
    return OK
