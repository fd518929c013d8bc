"""Writes the project's training examples to a file: ``python -m adaptation.examples FILE``.

Run in the project's own environment; :mod:`adaptation.adapt` reads the file in another one.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from pathlib import Path
from typing import Optional

from assistant.guidance import intent_name
from assistant.guidance.names import OUT_OF_SCOPE, VOICE
from assistant.guidance.shorthand import expand
from assistant.project import find_project
from assistant.training.importer import GuidanceImporter

SECOND_TOPICS = Path(__file__).parent / "second-topics.tsv"
"""What else would be right for a message: the digest of its text, and ids separated by commas."""

OUT_OF_SCOPE_ID = "out-of-scope"


def main(target: Path) -> None:
    """Write one line an example: text as the encoder gets it, intent, voice, further intents."""
    project = find_project()
    importer = GuidanceImporter(str(project.config), str(project.domain), [str(project.data)])
    second = second_topics()
    rows: dict[str, list[str]] = {}
    for example in importer.get_nlu_data().training_examples:
        text: Optional[str] = example.get("text")
        if not text:
            continue
        also = ",".join(map(intent_of, second.get(digest(text), ())))
        row = rows.setdefault(text, [expand(text), "", "", also])
        # A message may stand among the questions of a topic and among the words of a voice.
        row[1] = row[1] or example.get("intent") or ""
        row[2] = row[2] or example.get(VOICE) or ""
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows(rows.values())


def second_topics() -> dict[str, list[str]]:
    """Further ids by the digest of a text."""
    with SECOND_TOPICS.open(encoding="utf-8", newline="") as file:
        return {key: ids.split(",") for key, ids in csv.reader(file, delimiter="\t")}


def digest(text: str) -> str:
    """The key of a text in :data:`SECOND_TOPICS`."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def intent_of(id_: str) -> str:
    """The intent of an id as question files write it."""
    return OUT_OF_SCOPE if id_ == OUT_OF_SCOPE_ID else intent_name(id_)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
