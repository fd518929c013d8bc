"""What an operator runs to serve it: ``notice serve``, ``reload``, ``doctor`` and the like."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import gc
import os
import signal
from pathlib import Path
from typing import Annotated, Optional

import typer

from assistant.cli.commands import OPERATE
from assistant.cli.console import FAILED, OK, CannotRunError, errors
from assistant.cli.loading import EndpointsFile, keep_change_log, ready_model
from assistant.project import find_project

LOOPBACK, PORT = "127.0.0.1", 5005

CredentialsFile = Annotated[
    Optional[Path],
    typer.Option("--credentials", metavar="FILE", help="Rasa's file of channels."),
]
"""Without it: ``credentials.yml``."""

app = typer.Typer()


@app.command(rich_help_panel=OPERATE)
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = LOOPBACK,
    port: Annotated[int, typer.Option(help="Port to listen on.")] = PORT,
    credentials: CredentialsFile = None,
    endpoints: EndpointsFile = None,
    open_metrics: Annotated[
        bool, typer.Option("--open-metrics", help="Show /metrics to other machines too.")
    ] = False,
) -> int:
    """Serve the web page, the widget and the channels."""
    project = find_project()
    model = ready_model(project)
    keep_change_log(project)
    # What is made while a server starts stays: to look for garbage in it takes a second. The server
    # begins to look when it is ready.
    gc.disable()
    with errors().status("Loading the assistant ..."):
        from assistant.operations.server import ServerError, serve
    try:
        serve(
            project,
            model,
            host,
            port,
            credentials or project.credentials,
            endpoints or project.endpoints,
            open_metrics,
        )
    except ServerError as error:
        raise CannotRunError(str(error)) from error
    return OK


@app.command(rich_help_panel=OPERATE)
def reload() -> int:
    """Have the running server take up changed answers."""
    project = find_project()
    from assistant.answers import load_content
    from assistant.operations.process_file import running

    content = load_content(project)  # its problems are said here, before the server is asked
    servers = running(project.server_processes)
    for process in servers:
        try:
            with contextlib.suppress(ProcessLookupError):  # it has just ended
                os.kill(process, signal.SIGHUP)
        except PermissionError:
            raise CannotRunError("The server runs as another user: reload as that one.") from None
    if not servers:
        raise CannotRunError("No server of this project is running.")
    print(f"The server takes up content {content.digest[:12]}.")
    return OK


@app.command(rich_help_panel=OPERATE)
def doctor(
    credentials: CredentialsFile = None,
    endpoints: EndpointsFile = None,
    launch: Annotated[
        bool, typer.Option("--launch", help="Fail where anything is not signed off.")
    ] = False,
) -> int:
    """What is wrong with the set-up, and the fix."""
    project = find_project()
    from assistant.operations.doctor import Finding, check, former_names, overdue, signed_off
    from assistant.operations.endpoints import read_endpoints
    from assistant.operations.server import ServerError, build_app

    configured = read_endpoints(endpoints or project.endpoints)
    channels, app = Finding("channels"), None
    try:
        app = build_app(credentials or project.credentials)
    except ServerError as error:
        channels = Finding("channels", str(error))
    findings = [
        channels,
        *asyncio.run(check(project, configured, app)),
        former_names(project, configured),
        overdue(project, datetime.date.today()),
        signed_off(project, launch),
    ]
    for found in findings:
        warning = f"warning: {found.warning}" if found.warning else "in order"
        print(f"{found.what}: {found.problem or warning}")
    return FAILED if any(found.problem for found in findings) else OK


@app.command(rich_help_panel=OPERATE)
def unavailable() -> int:
    """Write the proxy's own error pages."""
    project = find_project()
    from assistant.guidance import load_library
    from assistant.operations.unavailable import write_unavailable

    write_unavailable(load_library(project.data), project.root / "deploy" / "nginx")
    return OK


@app.command(rich_help_panel=OPERATE)
def teams_package(
    app_id: Annotated[str, typer.Option(help="The bot's application id in Entra ID.")],
    host: Annotated[str, typer.Option(help="Where the assistant is reached over https.")],
    output: Annotated[Path, typer.Option()] = Path("notice-teams.zip"),
) -> int:
    """Build the app package for Teams."""
    project = find_project()
    from assistant.channels.teams.package import PackageError, build_package

    try:
        package = build_package(project.root, app_id, host, output)
    except PackageError as error:
        raise CannotRunError(str(error)) from error
    errors().print(f"Package ready: {package}", markup=False, highlight=False)
    return OK
