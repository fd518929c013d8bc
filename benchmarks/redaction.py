"""What redaction finds, what it misses, what it masks needlessly, and what it costs.

Identifiers as people paste and type them, by kind (``tests/privacy/identifiers.py``), and messages
without any; then older sets: generated messages, hand-written hard ones, others written after the
first rules were settled (``tests/privacy/messages.py``), and this project's own test questions, in
which nothing identifies anybody. Run it with ``python -m benchmarks.redaction``; ``--misses``
lists them.
"""

from __future__ import annotations

import csv
import statistics
import sys
import time
from dataclasses import dataclass, field
from typing import Iterable

from assistant.privacy.redaction import Redactor, shared_redactor
from assistant.privacy.vocabulary import fold, names
from assistant.project import find_project
from tests.privacy import messages
from tests.privacy.identifiers import (
    Identifier,
    messages_with_identifiers,
    messages_without_identifiers,
)
from tests.privacy.messages import Marked, generated_messages, hard_messages, held_out_messages

NUMBERS = frozenset("number phone car ref nhs passport bank nino upn plate".split())
"""The kinds of numbers, telephones and cars: the writer of set n tells more of them apart."""


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


@dataclass
class KindScore:
    """How many identifiers of a kind there are, and of how many nothing is left."""

    number: int = 0
    whole: int = 0

    @property
    def recall(self) -> float:
        """Share that is masked whole."""
        return self.whole / self.number if self.number else 1.0


@dataclass
class Pasted:
    """The figures of one set: ``identifiers-a.tsv`` and ``without-identifiers-a.tsv``."""

    kinds: dict[str, KindScore] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    masks: int = 0
    right_masks: int = 0
    needless: list[str] = field(default_factory=list)
    clean: int = 0
    clean_touched: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of masks that cover some of an identifier."""
        return self.right_masks / self.masks if self.masks else 1.0

    @property
    def untouched(self) -> float:
        """Share of the messages without identifiers that stay as they are."""
        return 1 - len(self.clean_touched) / self.clean if self.clean else 1.0

    def recall(self, *kinds: str) -> float:
        """Share masked whole over some kinds together, or over all."""
        chosen = [self.kinds[kind] for kind in kinds or self.kinds]
        return sum(kind.whole for kind in chosen) / sum(kind.number for kind in chosen)


def score_pasted(redactor: Redactor, which: str = "a") -> Pasted:
    """Recall by kind on what people paste and type, and precision on what identifies nobody."""
    total = Pasted()
    for message in messages_with_identifiers(which):
        masks = redactor.find(message.text)
        for identifier in message.identifiers:
            kind = total.kinds.setdefault(identifier.kind, KindScore())
            whole = _is_masked_whole(message.text, identifier, masks)
            kind.number += 1
            kind.whole += whole
            if not whole:
                total.misses.append(f"{identifier.kind} {identifier.text!r} in: {message.text}")
        for start, end in masks:
            right = any(
                first < end and start < last
                for identifier in message.identifiers
                for first, last in identifier.occurrences
            )
            total.masks += 1
            total.right_masks += right
            if not right:
                total.needless.append(f"{message.text[start:end]!r} in: {message.text}")
    for text in messages_without_identifiers(which):
        total.clean += 1
        if redactor.find(text):
            total.clean_touched.append(f"{redactor.redact(text)} (was: {text})")
    return total


def _is_masked_whole(text: str, identifier: Identifier, masks: Iterable[tuple[int, int]]) -> bool:
    spans = list(masks)
    return all(
        any(start <= place < end for start, end in spans)
        for first, last in identifier.places
        for place in range(first, last)
        if text[place].isalnum()
    )


WITH_NAMES = ("welsh", "as-if-public-development")
"""Test files left out: the recognisers know English names and words only, and the other has places,
dates, brands and characters of books, of which many are rightly masked."""


def questions_without_identifiers() -> list[Marked]:
    """The project's test questions, written without any name or number of a person."""
    folder = find_project().root / "tests" / "nlu"
    texts: list[str] = []
    for path in sorted(folder.glob("*.tsv")):
        if path.stem in WITH_NAMES:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            texts += [row["question"].strip() for row in rows]
    return [Marked(text, ()) for text in texts]


def main() -> None:
    """Print the figures of docs/privacy.md."""
    redactor = shared_redactor()
    for which in "abcdefghijklmn":
        print(f"identifiers-{which}.tsv")
        _print_pasted(score_pasted(redactor, which))
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


def _print_pasted(pasted: Pasted) -> None:
    for kind, figures in pasted.kinds.items():
        print(f"{kind}: {figures.whole} of {figures.number} masked whole, {figures.recall:.1%}")
    numbers = pasted.recall(*NUMBERS & set(pasted.kinds))
    print(f"all: {pasted.recall():.1%}, numbers, telephones and cars together {numbers:.1%}")
    print(
        f"precision of masks {pasted.precision:.1%}; {len(pasted.clean_touched)} of {pasted.clean} "
        "messages without identifiers touched"
    )
    if "--misses" in sys.argv:
        lines = [*pasted.misses, "needless:", *pasted.needless, *pasted.clean_touched]
        print("\n".join(f"    {line}" for line in lines))


def _cost(redactor: Redactor, marked: Iterable[Marked]) -> float:
    taken = []
    for message in marked:
        start = time.perf_counter()
        redactor.redact(message.text)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


if __name__ == "__main__":
    main()
