"""Train the model, and only when something it is made of has changed."""

from __future__ import annotations

import contextlib
import fcntl
import gc
import gzip
import hashlib
import importlib.metadata
import io
import json
import os
import sys
import tarfile
import tempfile
import warnings
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional

import yaml

from assistant.guidance.digests import LEARNED_FROM, digest_of, files_of
from assistant.guidance.shorthand import load_shorthand, use_shorthand
from assistant.project import Project
from assistant.training.without_tensorflow import have_rasa_refuse, refuse_tensorflow_components

MODEL_NAME = "notice"
STAMP = "notice.json"
"""In the archive, first: the fingerprint of what it was made of and each member's digest."""

COMPRESSION = 6  # of nine; the last three cost seconds and save a hundredth

# The code that a model is made of. Answers are no part of it.
_CODE = (
    "understanding",
    "training/importer.py",
    "guidance/examples.py",
    "guidance/names.py",
    "guidance/shorthand.py",
)
_LIBRARIES = ("rasa", "scikit-learn")  # scikit-learn's files are good for its own version


class TrainingError(RuntimeError):
    """The model could not be trained or cannot be used; the message says why in plain words."""


def model_fingerprint(project: Project) -> str:
    """sha256 over all that a model is made of: examples, names, configuration, code, libraries."""
    package = Path(__file__).parent.parent
    examples = [file for name in LEARNED_FROM for file in files_of(project.data / name)]
    code = [file for name in _CODE for file in files_of(package / name)]
    digest = hashlib.sha256(
        digest_of({project.root: [*examples, project.config], package: code}).encode()
    )
    digest.update(json.dumps(_names(project), sort_keys=True).encode())
    for library in _LIBRARIES:
        digest.update(importlib.metadata.version(library).encode())
    return digest.hexdigest()


def _names(project: Project) -> Mapping[str, Any]:
    """What of the answers is in the model: the names of topics, situations, pages and roles."""

    def below(folder: str) -> list[str]:
        return [f.relative_to(project.data).as_posix() for f in files_of(project.data / folder)]

    def keys(path: Path, key: str) -> list[str]:
        try:
            return list((_read_yaml(path) or {}).get(key) or ())
        except (OSError, yaml.YAMLError, AttributeError):
            return []  # loading the content says what is wrong with it

    domain = _read_yaml(project.domain)
    guides = sorted((project.data / "guided").glob("*.yml"))
    return {
        "answers": below("guidance") + below("urgency/replies"),
        "pages": {path.stem: keys(path, "pages") for path in guides},
        "roles": keys(project.data / "roles.yml", "roles"),
        "domain": {**domain, "responses": list(domain.get("responses", ()))},
    }


def _read_yaml(path: Path) -> Any:
    # In C: the same values, in a tenth of the time, at each start.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def archive_of(project: Project) -> Path:
    """Where the project's model archive is, or will be."""
    return project.models / f"{MODEL_NAME}.tar.gz"


def current_model(project: Project) -> Optional[Path]:
    """The trained model of exactly these examples and this code, or None if there is none."""
    archive = archive_of(project)
    stamp = _stamp(archive)
    if stamp is None or stamp.get("fingerprint") != model_fingerprint(project):
        return None
    return archive if not altered_members(archive) else None


def altered_members(archive: Path) -> list[str]:
    """The members of an archive that are not what was written when it was trained.

    An archive that cannot be read counts as altered whole: its own name is given.
    """
    stamp = _stamp(archive)
    if stamp is None:
        return [archive.name]
    expected: dict[str, str] = stamp.get("members", {})
    found: dict[str, str] = {}
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                if content is not None and member.name != STAMP:
                    found[member.name] = hashlib.sha256(content.read()).hexdigest()
    except (OSError, EOFError, tarfile.TarError, gzip.BadGzipFile):
        return [archive.name]
    names = {*expected, *found}
    return sorted(name for name in names if expected.get(name) != found.get(name))


def train(project: Project) -> Path:
    """Train a model. A second training of the same project waits for the first.

    Returns:
        The path of the archive, whole and stamped.

    Raises:
        ContentError: the content has problems.
        TrainingError: Rasa refused; the message names the log.
        TensorFlowNeededError: config.yml has a component that cannot run here.
    """
    project.models.mkdir(parents=True, exist_ok=True)
    with _alone(project), tempfile.TemporaryDirectory(dir=project.models) as folder:
        if (trained := current_model(project)) is not None:
            return trained  # the training that this one waited for made it
        use_shorthand(load_shorthand(project.data))  # as the fingerprint has it
        fingerprint = model_fingerprint(project)
        made = _train(project, Path(folder))
        stamped = Path(folder) / "stamped.tar.gz"
        _write_stamped(made, stamped, fingerprint)
        stamped.replace(archive_of(project))
    return archive_of(project)


def _train(project: Project, folder: Path) -> Path:
    os.environ.setdefault("LOG_LEVEL", "ERROR")  # no bars of Rasa's; the commands show their own
    # Rasa's cache is the project's, wherever the command is run.
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(project.root / ".rasa" / "cache"))
    import rasa.model_training

    have_rasa_refuse(refuse_tensorflow_components)

    project.training_log.parent.mkdir(parents=True, exist_ok=True)
    with (
        _garbage_left(),
        project.training_log.open("w", encoding="utf-8") as log,
        warnings.catch_warnings(),
        contextlib.redirect_stdout(log),
    ):
        warnings.simplefilter("ignore")
        result = rasa.model_training.train(
            domain=str(project.domain),
            config=str(project.config),
            training_files=[str(project.data)],
            output=str(folder),
            fixed_model_name=MODEL_NAME,
            force_training=False,
        )
    if not result.model:
        raise TrainingError(
            f"Rasa could not train the model (code {result.code}). See {project.training_log}"
        )
    return Path(result.model)


@contextlib.contextmanager
def _garbage_left() -> Iterator[None]:
    """Nothing is looked through for garbage: a training holds millions of objects that all stay."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


@contextlib.contextmanager
def _alone(project: Project) -> Iterator[None]:
    """One training of a project at a time, across processes."""
    with (project.models / ".training").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another training is under way; waiting for it.", file=sys.stderr)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write_stamped(source: Path, target: Path, fingerprint: str) -> None:
    """Copy an archive with a stamp as its first member."""
    members: list[tuple[tarfile.TarInfo, bytes]] = []
    with tarfile.open(source, "r:gz") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            members.append((member, file.read() if file else b""))
    digests = {
        member.name: hashlib.sha256(content).hexdigest()
        for member, content in members
        if member.isfile()
    }
    stamp = json.dumps({"fingerprint": fingerprint, "members": digests}).encode()
    info = tarfile.TarInfo(STAMP)
    info.size = len(stamp)
    with tarfile.open(target, "w:gz", compresslevel=COMPRESSION) as tar:
        tar.addfile(info, io.BytesIO(stamp))
        for member, content in members:
            tar.addfile(member, io.BytesIO(content) if member.isfile() else None)


def _stamp(archive: Path) -> Optional[dict[str, Any]]:
    """What the archive says of itself; None if it cannot be read or says nothing."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            member = tar.next()
            if member is None or member.name != STAMP:
                return None
            content = tar.extractfile(member)
            stamp: dict[str, Any] = json.loads(content.read()) if content else {}
            return stamp
    except (OSError, EOFError, tarfile.TarError, ValueError):
        return None


__all__ = [
    "TrainingError",
    "altered_members",
    "archive_of",
    "current_model",
    "model_fingerprint",
    "train",
]
