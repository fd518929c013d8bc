"""``content.json``: compiled anew whenever anything that it is made of has changed."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path

import yaml

from assistant.answers.compiling import compile_content
from assistant.answers.content import Content
from assistant.guidance import load_library
from assistant.guidance.digests import LEARNED_FROM, digest_of, files_of
from assistant.project import Project

_CODE = ("answers", "guidance")


def load_content(project: Project) -> Content:
    """The content of a project: compiled anew if anything that it is made of has changed.

    Raises:
        ContentError: the content has problems.
    """
    digest = content_digest(project)
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        content = Content.read(project.content)
        if content.digest == digest:
            return content
    responses = yaml.safe_load(project.domain.read_text(encoding="utf-8")).get("responses", {})
    compiled = compile_content(load_library(project.data), responses, digest)
    # A folder that cannot be written to (a read-only container) costs the next start a second.
    with contextlib.suppress(OSError):
        _write(project.content, json.dumps(compiled, ensure_ascii=False))
    return Content(compiled)


def content_digest(project: Project) -> str:
    """sha256 over everything that the compiled content is made of."""
    package = Path(__file__).parent.parent
    shown = [
        file
        for file in files_of(project.data)
        if not file.relative_to(project.data).as_posix().startswith(LEARNED_FROM)
    ]
    code = [file for name in _CODE for file in files_of(package / name)]
    return digest_of({project.root: [*shown, project.domain], package: code})


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, whoever else writes it now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(part).chmod(0o644)
    Path(part).replace(path)


__all__ = ["content_digest", "load_content"]
