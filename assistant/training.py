"""Train the model, and only when something it is made of has changed."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import sys
import warnings
from pathlib import Path
from typing import Iterable, Iterator, Optional

from assistant.project import Project
from assistant.without_tensorflow import have_rasa_refuse, refuse_tensorflow_components

MODEL_NAME = "notice"
_STAMP = "notice.json"

# What in the code changes a model, besides the content: the pipeline's own parts.
_CODE = ("answers", "guidance", "nlu", "importer.py", "service_search.py")
_LIBRARIES = ("rasa", "scikit-learn")  # scikit-learn's files are good for its own version


class TrainingError(RuntimeError):
    """The model could not be trained; the message says why in plain words."""


def content_fingerprint(project: Project) -> str:
    """sha256 over all files below ``data/``, by name and content."""
    return _digest(_files_of(project.data))


def model_fingerprint(project: Project) -> str:
    """sha256 over everything a model is made of: content, configuration, code, libraries."""
    package = Path(__file__).parent
    code = [file for name in _CODE for file in _files_of(package / name)]
    digest = hashlib.sha256(content_fingerprint(project).encode())
    digest.update(_digest([project.config, project.domain, *code]).encode())
    for package_name in _LIBRARIES:
        digest.update(importlib.metadata.version(package_name).encode())
    return digest.hexdigest()


def current_model(project: Project) -> Optional[Path]:
    """The trained model of exactly this content and code, or None if there is none."""
    archive = project.models / f"{MODEL_NAME}.tar.gz"
    stamp = project.models / _STAMP
    if not (archive.is_file() and stamp.is_file()):
        return None
    try:
        trained = json.loads(stamp.read_text(encoding="utf-8")).get("fingerprint")
    except ValueError:
        return None
    return archive if trained == model_fingerprint(project) else None


def train(project: Project) -> Path:
    """Train a model and stamp it with its fingerprint.

    Returns:
        The path of the archive.

    Raises:
        ContentError: the content has problems.
        TrainingError: Rasa refused.
        TensorFlowNeededError: config.yml has a component that cannot run here.
    """
    os.environ.setdefault("TQDM_DISABLE", "1")  # Rasa's bars; the command line shows its own
    import rasa.model_training

    have_rasa_refuse(refuse_tensorflow_components)
    fingerprint = model_fingerprint(project)
    before = Path.cwd()
    os.chdir(project.root)  # Rasa's cache and relative paths are those of the project
    try:
        # Standard output belongs to the answers (`notice ask --json`), not to Rasa's progress.
        with warnings.catch_warnings(), contextlib.redirect_stdout(sys.stderr):
            warnings.simplefilter("ignore")
            result = rasa.model_training.train(
                domain=str(project.domain),
                config=str(project.config),
                training_files=[str(project.data)],
                output=str(project.models),
                fixed_model_name=MODEL_NAME,
                force_training=False,
            )
    finally:
        os.chdir(before)
    if not result.model:
        raise TrainingError(f"Rasa could not train the model (code {result.code})")
    (project.models / _STAMP).write_text(json.dumps({"fingerprint": fingerprint}), encoding="utf-8")
    return Path(result.model)


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.name).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
