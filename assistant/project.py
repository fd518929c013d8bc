"""Where things are: the project's root and the files that Rasa knows by name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "NOTICE_HOME"


class ProjectError(RuntimeError):
    """The project's files are not where they are looked for; the message says the fix."""


@dataclass(frozen=True)
class Project:
    """A checkout, or a copy of its ``data``, ``config.yml`` and friends."""

    root: Path

    @property
    def data(self) -> Path:
        """Folder of all content and training data."""
        return self.root / "data"

    @property
    def models(self) -> Path:
        """Folder of trained model archives."""
        return self.root / "models"

    @property
    def content(self) -> Path:
        """All that is said, compiled from ``data/`` (:mod:`assistant.answers.compiling`)."""
        return self.models / "content.json"

    @property
    def changes(self) -> Path:
        """What changed in the guidance, written where the history of ``data/`` is."""
        return self.models / "changes.json"

    @property
    def vectors(self) -> Path:
        """Sentence vectors of the training examples, kept to train faster the next time."""
        return self.models / "vectors.npz"

    @property
    def training_log(self) -> Path:
        """What Rasa said while it trained."""
        return self.root / "build" / "training.log"

    @property
    def server_processes(self) -> Path:
        """Holds a file for each server that runs from this folder, named by its process id."""
        return self.root / "build" / "servers"

    @property
    def config(self) -> Path:
        """Rasa's pipeline and policies."""
        return self.root / "config.yml"

    @property
    def endpoints(self) -> Path:
        """Rasa's stores, brokers and action server."""
        return self.root / "endpoints.yml"

    @property
    def domain(self) -> Path:
        """Rasa's domain, hand-written part."""
        return self.root / "domain.yml"

    @property
    def switched_off(self) -> Path:
        """Folder in which a file with a channel's name turns that channel off."""
        return self.root / "switched-off"

    @property
    def credentials(self) -> Path:
        """Rasa's channels."""
        return self.root / "credentials.yml"


def find_project() -> Project:
    """The project in ``$NOTICE_HOME``, the current folder or above, or beside this package.

    Raises:
        ProjectError: none of these holds a ``config.yml`` with a ``data`` folder.
    """
    named = os.environ.get(HOME_VARIABLE)
    here = Path.cwd()
    beside = Path(__file__).resolve().parent.parent
    candidates = [Path(named)] if named else [here, *here.parents, beside]
    for candidate in candidates:
        if (candidate / "config.yml").is_file() and (candidate / "data" / "guidance").is_dir():
            return Project(candidate.resolve())
    raise ProjectError(
        "No project found: run notice in the folder that holds config.yml and data/, "
        f"or set {HOME_VARIABLE} to it."
    )
