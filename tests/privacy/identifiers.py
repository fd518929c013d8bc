"""Identifiers as people paste and type them, and messages that hold none.

``identifiers-a.tsv`` and ``without-identifiers-a.tsv`` were written before the recognisers were
read, and the rules were then corrected by them, as later by ``identifiers-b.tsv``. After
``identifiers-c.tsv`` was written no rule was changed for it. ``identifiers-d.tsv`` and
``without-identifiers-d.tsv`` are by another writer, who had seen no rule; the rules were corrected
by them after their first run. ``identifiers-e.tsv``, by a third who had seen neither, was asked
once, after that; ``-f`` to ``-l`` are by seven more, each asked once before any rule was
changed for it; ``-m`` and ``-n``, by two more, were asked so too. Their first figures, in
docs/privacy.md, tell what to expect. Nobody is meant: telephone numbers are from the ranges
reserved for drama, NHS and National Insurance numbers from those for tests. Invisible and
unusual characters stand as ``\\u00a0``.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|n)")

IDENTIFIES_NOBODY = frozenset(
    # Titles, relations and ranks before a name.
    "akela father aunty baby big coach daddy dr gran grampy grandad imam lil little mate miss "
    "mr mrs ms my nan nana "
    "pastor pc poppa reverend rev sgt sister sr step dad uncle ustadh cllr "
    # What a place is, without which one.
    "academy a&e c camp centre children’s church college comp e general grange hall health high "
    "holiday home hospital house infants juniors jamia leisure masjid nursery park practice "
    "primary rc room school scouts stables surgery gp medical day pre baptist gurdwara "
    # What a street is.
    "apartment caravan close cottages court drive flat gardens lane number road row street "
    "terrace tower way wharf yard station "
    # Small words, and what announces an identifier.
    "a and at b c d o for in is no of on ref s the old to upn born dob cad log crime nhs monday "
    "tuesday wednesday thursday friday saturday sunday".split()
)
"""Words of an identifier that may be left: they tell what it is, not whose."""


@dataclass(frozen=True)
class Identifier:
    """What identifies somebody in a message, and of which kind it is."""

    text: str
    kind: str
    occurrences: tuple[tuple[int, int], ...]
    places: tuple[tuple[int, int], ...]  # of each occurrence the words that identify


@dataclass(frozen=True)
class Message:
    """A message with its identifiers."""

    text: str
    writer: str
    identifiers: tuple[Identifier, ...]


def messages_with_identifiers(which: str = "a") -> list[Message]:
    """All messages of ``identifiers-a.tsv`` or another set in their order."""
    found: dict[str, list[Identifier]] = {}
    writers: dict[str, str] = {}
    with (_HERE / f"identifiers-{which}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            message, text = _written_out(row["message"]), _written_out(row["identifier"])
            writers[message] = row["writer"]
            found.setdefault(message, []).append(_identifier(message, text, row["kind"]))
    return [Message(text, writers[text], tuple(marks)) for text, marks in found.items()]


def messages_without_identifiers(which: str = "a") -> list[str]:
    """The messages of ``without-identifiers-a.tsv`` or another: nothing is to be masked.

    The writers of sets b, c and e wrote none.
    """
    path = _HERE / f"without-identifiers-{which}.tsv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [_written_out(line) for line in lines[1:]]


def _written_out(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else "\n", text)


def _identifier(message: str, text: str, kind: str) -> Identifier:
    edges = (r"(?<!\w)", r"(?!(?!s\b)\w)") if text.isascii() else ("", "")
    pattern = edges[0] + re.escape(text) + edges[1]
    occurrences = tuple(match.span() for match in re.finditer(pattern, message))
    words = [word.span() for word in re.finditer(r"[\w'’&\u00ad\u200b]+", text)]
    telling = [span for span in words if text[slice(*span)].lower() not in IDENTIFIES_NOBODY]
    places = tuple(
        (at + start, at + end) for at, _ in occurrences for start, end in telling or words
    )
    return Identifier(text, kind, occurrences, places)
