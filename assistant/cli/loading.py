"""What commands run on: the trained model, the assistant, the tracker store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Optional

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assistant.cli.console import errors
from assistant.project import Project, ProjectError
from assistant.training.train import current_model, train

if TYPE_CHECKING:
    from assistant.store.tracker_store import RedactingTrackerStore
    from assistant.turn.assistant import Assistant


def ready_model(project: Project) -> Path:
    """The model of the present content; trained now if there is none."""
    from assistant.privacy.logs import configure_private_logging

    model: Optional[Path] = current_model(project)
    if model is None:
        configure_private_logging()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=errors()) as progress:
            progress.add_task("Training: the content has changed. This takes three to five minutes")
            model = train(project)
    return model


def load_assistant(project: Project) -> Assistant:
    """The assistant, on a model of the present content."""
    model = ready_model(project)
    with errors().status("Loading the assistant ..."):
        from assistant.turn.assistant import Assistant

        return Assistant.load(model)


def tracker_store(project: Project) -> RedactingTrackerStore:
    """The tracker store of ``endpoints.yml``.

    Raises:
        ProjectError: it is another one, or its database cannot be reached.
    """
    from rasa.core.tracker_store import TrackerStore
    from rasa.core.utils import AvailableEndpoints
    from rasa.shared.exceptions import RasaException

    from assistant.store.forgetting import inner_store
    from assistant.store.tracker_store import RedactingTrackerStore

    endpoints = AvailableEndpoints.read_endpoints(str(project.endpoints))
    try:
        store = inner_store(TrackerStore.create(endpoints.tracker_store))
    except RasaException as error:
        raise ProjectError(f"{project.endpoints}: {error}") from error
    if not isinstance(store, RedactingTrackerStore):
        raise ProjectError(f"{project.endpoints}: tracker_store.type must be RedactingTrackerStore")
    return store
