"""What commands run on: the trained model, the assistant, the tracker store."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assistant.cli.console import errors
from assistant.project import Project, ProjectError
from assistant.training.train import current_model, train

if TYPE_CHECKING:
    from assistant.store.tracker_store import RedactingTrackerStore
    from assistant.turn.assistant import Assistant

EndpointsFile = Annotated[
    Optional[Path],
    typer.Option("--endpoints", metavar="FILE", help="Rasa's file of stores and brokers."),
]
"""The option of every command that opens a store. Without it: ``endpoints.yml``."""


def ready_model(project: Project) -> Path:
    """The model of the present content; trained now if there is none."""
    from assistant.privacy.logs import configure_private_logging

    model: Optional[Path] = current_model(project)
    if model is None:
        configure_private_logging()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=errors()) as progress:
            progress.add_task("Training: the content has changed. Some three minutes, more if busy")
            model = train(project)
    return model


def keep_change_log(project: Project) -> None:
    """Write what changed for the server's pages, where the content's history is."""
    from assistant.editing.change_log import write_change_log

    # Where it cannot be written (a read-only container) the pages show what was written before.
    with contextlib.suppress(OSError):
        write_change_log(project, datetime.date.today())


def load_assistant(project: Project) -> Assistant:
    """The assistant, on a model of the present content."""
    model = ready_model(project)
    with errors().status("Loading the assistant ..."):
        from assistant.turn.assistant import Assistant

        return Assistant.load(model)


def tracker_store(project: Project, endpoints: Optional[Path]) -> RedactingTrackerStore:
    """The tracker store that conversations are kept in.

    Args:
        project: the files.
        endpoints: the file that names the store, in place of the project's ``endpoints.yml``.

    Raises:
        ProjectError: it is another one, or its database cannot be reached.
    """
    from rasa.core.tracker_store import TrackerStore
    from rasa.shared.exceptions import RasaException

    from assistant.operations.endpoints import read_endpoints
    from assistant.store.forgetting import inner_store
    from assistant.store.tracker_store import RedactingTrackerStore

    file = endpoints or project.endpoints
    configured = read_endpoints(file).tracker_store
    try:
        store = inner_store(TrackerStore.create(configured))
    except RasaException as error:
        raise ProjectError(f"{file}: {error}") from error
    if not isinstance(store, RedactingTrackerStore):
        raise ProjectError(f"{file}: tracker_store.type must be RedactingTrackerStore")
    return store
