"""Writes the project's training examples to a file: ``python -m adaptation.examples FILE``.

Run in the project's own environment; :mod:`adaptation.adapt` reads the file in another one.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from assistant.training.importer import GuidanceImporter
from assistant.guidance.shorthand import expand
from assistant.project import find_project


def main(target: Path) -> None:
    """Write one line an example: the text as the encoder gets it, and the intent."""
    project = find_project()
    importer = GuidanceImporter(str(project.config), str(project.domain), [str(project.data)])
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        for example in importer.get_nlu_data().intent_examples:
            writer.writerow([expand(example.get("text")), example.get("intent")])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
