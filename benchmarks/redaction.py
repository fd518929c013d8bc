"""What redaction finds, what it misses, what it masks needlessly, and what it costs.

Generated messages, hand-written hard ones, others written after the rules were settled (all
with their identifiers marked, see ``tests/privacy/messages.py``), and this project's own test
questions, in which nothing identifies anybody. Run it with ``python -m benchmarks.redaction``;
``--misses`` lists them.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass, field
from typing import Iterable

from assistant.evaluation import read_questions
from assistant.privacy.name_recogniser import fold, names
from assistant.privacy.redaction import Redactor, shared_redactor
from assistant.project import find_project
from tests.privacy import messages
from tests.privacy.messages import Marked, generated_messages, hard_messages, held_out_messages


@dataclass
class Score:
    """Counts over a set of messages. Spans are those of identifiers and those of masks."""

    identifiers: int = 0
    found: int = 0
    masks: int = 0
    right_masks: int = 0
    misses: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of identifiers of which not one letter or digit is left."""
        return self.found / self.identifiers if self.identifiers else 1.0

    @property
    def precision(self) -> float:
        """Share of masks that cover some of an identifier."""
        return self.right_masks / self.masks if self.masks else 1.0


def score(redactor: Redactor, marked: Iterable[Marked]) -> Score:
    """Redact each message and compare with its marks."""
    total = Score()
    for message in marked:
        masks = redactor.find(message.text)
        for start, end in message.identifiers:
            total.identifiers += 1
            left = [
                place
                for place in range(start, end)
                if message.text[place].isalnum() and not any(a <= place < b for a, b in masks)
            ]
            total.found += not left
            if left:
                total.misses.append(f"{message.text[start:end]!r} in: {message.text}")
        for start, end in masks:
            right = any(a < end and start < b for a, b in message.identifiers)
            total.masks += 1
            total.right_masks += right
            if not right:
                total.needless.append(f"{message.text[start:end]!r} in: {message.text}")
    return total


def questions_without_identifiers() -> list[Marked]:
    """The project's test questions, written without any name or number of a person."""
    folder = find_project().root / "tests" / "nlu"
    files = sorted(set(folder.glob("*.tsv")) - {folder / "known-failures.tsv"})
    return [Marked(one.text, ()) for path in files for one in read_questions(path)]


def main() -> None:
    """Print the figures of docs/privacy.md."""
    redactor = shared_redactor()
    sets = {
        "generated": generated_messages(),
        "hard": hard_messages(),
        "held out": held_out_messages(),
        "questions": questions_without_identifiers(),
    }
    known = sum(fold(name) in names() for name in messages.GIVEN_NAMES)
    print(f"{known} of {len(messages.GIVEN_NAMES)} given names of the generator are in names.txt")
    for name, marked in sets.items():
        total = score(redactor, marked)
        print(
            f"{name}: {len(marked)} messages, {total.identifiers} identifiers, "
            f"recall {total.recall:.1%}, precision {total.precision:.1%}, "
            f"needless masks {len(total.needless)}"
        )
        if "--misses" in sys.argv:
            for line in [*total.misses, "needless:", *total.needless]:
                print(f"    {line}")
    print(f"cost of a message: {_cost(redactor, sets['generated']):.1f} ms (median)")


def _cost(redactor: Redactor, marked: Iterable[Marked]) -> float:
    taken = []
    for message in marked:
        start = time.perf_counter()
        redactor.redact(message.text)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


if __name__ == "__main__":
    main()
