"""``facts/*.yml``: the facts of all files by id."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping

import yaml
from pydantic import ValidationError

from assistant.guidance.facts import Fact
from assistant.guidance.loading.files import ContentFiles, unknown
from assistant.guidance.loading.references import is_section
from assistant.guidance.names import REVIEW
from assistant.guidance.sources import Source


def load_facts(files: ContentFiles, sources: Mapping[str, Source]) -> dict[str, Fact]:
    """The facts of all files, each on an authority that is there.

    Read without line numbers: they are many, and right.
    """
    facts: dict[str, Fact] = {}
    for path in sorted((files.root / "facts").glob("*.yml")):
        try:
            listed = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            made = [Fact(**entry) for entry in listed["facts"]]
        except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, ValidationError):
            _explain(path, files)
            continue
        for i, fact in enumerate(made):
            authority = fact.authority
            if fact.id in facts:
                files.problem(path, ("facts", i), f"the id {fact.id} is taken; choose another")
            if authority.source not in sources:
                fix = f"{authority.source}: {unknown('source', 'sources.yml')}"
                files.problem(path, ("facts", i, "authority"), fix)
            elif authority.source == REVIEW and not is_section(authority.place, sources):
                fix = f"{authority.place}: {unknown('section', 'sources.yml')}"
                files.problem(path, ("facts", i, "authority"), fix)
            facts[fact.id] = fact
    return facts


def _explain(path: Path, files: ContentFiles) -> None:
    """Read a file of facts again with its lines, to say what is wrong with it."""
    entries = files.read(path).get("facts")
    if not isinstance(entries, list):
        files.problem(path, ("facts",), "'facts:' with a list of facts is missing; add it")
        return
    for i, fields in enumerate(entries):
        files.build(path, ("facts", i), Fact, fields)


__all__ = ["load_facts"]
