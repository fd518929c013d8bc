"""Digests of files: what tells whether a model or the compiled content is still true."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Iterable, Iterator, Mapping

LEARNED_FROM = (
    "questions",
    "voices",
    "nlu",
    "rules.yml",
    "shorthand.yml",
    "urgency/examples",
    "urgency/not-urgent.yml",
    "welsh/questions.yml",
)
"""What of ``data/`` a model is made of: examples, and how they are read. The rest is said."""


def files_of(path: Path) -> Iterator[Path]:
    """A file itself, or all files below a folder in order; no byte code."""
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file


def digest_of(files: Mapping[Path, Iterable[Path]]) -> str:
    """sha256 over files by their path and content, as hexadecimal digits.

    Args:
        files: files below each folder. Their paths count relative to it, so that a renamed
            folder gives another digest and a moved project does not.
    """
    digest = hashlib.sha256()
    for folder, below in files.items():
        for file in below:
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
