"""Rasa's file of stores and brokers, as the server and the commands beside it read it."""

from __future__ import annotations

from pathlib import Path

from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException

from assistant.project import ProjectError


def read_endpoints(path: Path) -> AvailableEndpoints:
    """What the file says.

    Raises:
        ProjectError: there is no such file, or a variable in it has no value. Rasa would go on
            without the file.
    """
    if not path.is_file():
        raise ProjectError(f"{path}: there is no such file.")
    try:
        return AvailableEndpoints.read_endpoints(str(path))
    except RasaException as error:
        raise ProjectError(f"{path}: {error}") from error
