"""Which answer a message in Welsh asks for, or which urgent situation it tells of. Needs no Rasa.

A small model over words and groups of letters, learned from ``data/welsh/questions.yml`` alone: the
sentence encoder reads English. Mutations change the first letters of a word and dialects its
spelling, which groups of letters bear. Patterns find the words of danger where the model does not,
and where no model can be asked.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import AbstractSet, Mapping, Optional, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from assistant.guidance import GENERAL
from assistant.guidance.names import URGENT
from assistant.guidance.patterns import CompiledPatterns
from assistant.understanding.linear import LinearWeights, fit_one_against_rest
from assistant.understanding.long_texts import bounded
from assistant.understanding.words import Counted, WordFeatures, learned_with_rows

NOTHING = "other"
"""The label of messages that no answer in Welsh fits."""

# Chosen by leaving out a fifth of the examples in turn: docs/welsh.md.
PENALTY = 0.3
TEMPERATURE = 0.2  # turns margins into probabilities

URGENT_FROM = -0.35
"""Margin from which on a message is urgent: on the calm side, for a missed one is the worst."""

CLEARLY_URGENT_FROM = 0.0
"""Margin from which on the reply may be that of a situation; below it the general one is given."""

SITUATION_FROM = 0.5
"""How likely one situation must be to be replied to; else the general reply is given."""

SAFE_FROM = 0.8
"""How likely one must be whose reply does harm where a child is typing."""

_JOINED = re.compile(r"[-‐‑]")
_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE_END = re.compile(r"[.!?;\n]+")
_LABELS = "welsh.json"


@dataclass(frozen=True)
class WelshReading:
    """What a message asks for: ``first`` an id or None, ``topics`` the likeliest first."""

    first: Optional[str]
    probability: float
    topics: tuple[tuple[str, float], ...]


def plain(text: str) -> str:
    """A text in lower case, without accents, hyphens and signs: as it is typed in a hurry."""
    letters = unicodedata.normalize("NFKD", _JOINED.sub("", text.lower()))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(kept))


def match_welsh(text: str, compiled: CompiledPatterns) -> Optional[str]:
    """The first urgent situation whose pattern a sentence in Welsh meets, or None."""
    sentences = [plain(piece) for piece in _SENTENCE_END.split(bounded(text))]
    for situation, expressions in compiled.items():
        for expression in expressions:
            if any(_compiled(expression).search(sentence) for sentence in sentences):
                return situation
    return None


@functools.lru_cache(maxsize=256)
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


COUNTED = Counted(prepare=plain, longest_group=2, letters=(2, 5), letters_from=2, most_letters=None)
"""What of a message in Welsh is counted."""


class WelshModel:
    """A trained model. Make one with :meth:`fit` or :meth:`load`."""

    def __init__(self, features: WordFeatures, parts: Mapping[str, _Part]) -> None:
        self._features = features
        self._parts = parts

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> WelshModel:
        """Learn from examples and their labels: ids, or :data:`NOTHING`."""
        # Imported where something is learned: assistant/understanding/words.py says why.
        from sklearn.svm import LinearSVC

        # Past the cache: it may hold the English features, which the next step has to find there.
        features, rows = learned_with_rows.__wrapped__(tuple(texts), COUNTED)
        urgent = np.array([label.startswith(f"{URGENT}/") for label in labels])
        of = np.array(labels)
        machine = LinearSVC(C=PENALTY, class_weight="balanced", dual=True, random_state=0)
        machine.fit(rows, urgent)
        return cls(
            features,
            {
                _URGENT: _Part([_URGENT], LinearWeights.dense(machine.coef_, machine.intercept_)),
                _TOPICS: _Part.fit(rows[~urgent], of[~urgent].tolist()),
                _SITUATIONS: _Part.fit(rows[urgent], of[urgent].tolist()),
            },
        )

    def read(self, text: str, harmful: AbstractSet[str] = frozenset()) -> WelshReading:
        """What a message in Welsh asks for.

        Args:
            text: the message.
            harmful: situations whose reply does harm to a child: given only where they are clear,
                for nothing tells in Welsh who is typing.
        """
        row = self._features([text])
        urgency = float(self._parts[_URGENT].weights.margins(row)[0, 0])
        shares = self._parts[_TOPICS].shares(row)
        topics = tuple(pair for pair in shares if pair[0] != NOTHING)
        if urgency >= URGENT_FROM:
            situation, share = self._parts[_SITUATIONS].shares(row)[0]
            needed = SAFE_FROM if situation in harmful else SITUATION_FROM
            clear = urgency >= CLEARLY_URGENT_FROM and share >= needed
            return WelshReading(situation if clear else GENERAL, share, topics)
        best, share = shares[0]
        return WelshReading(best if best != NOTHING else None, share, topics)

    def save(self, folder: Path) -> None:
        """Write it as plain data."""
        labels = {name: part.labels for name, part in self._parts.items()}
        (folder / _LABELS).write_text(json.dumps(labels), encoding="utf-8")
        self._features.save(folder)
        for name, part in self._parts.items():
            part.weights.save(folder / f"welsh-{name}.npz")

    @staticmethod
    def is_in(folder: Path) -> bool:
        """True if there is one in a folder."""
        return (folder / _LABELS).exists()

    @classmethod
    def load(cls, folder: Path) -> WelshModel:
        """Read what :meth:`save` wrote; nothing in the files is run."""
        labels = json.loads((folder / _LABELS).read_text(encoding="utf-8"))
        parts = {
            name: _Part(of_part, LinearWeights.load(folder / f"welsh-{name}.npz"))
            for name, of_part in labels.items()
        }
        return cls(WordFeatures.load(folder, COUNTED), parts)


@dataclass(frozen=True)
class _Part:
    """Linear weights and the labels of their columns."""

    labels: Sequence[str]
    weights: LinearWeights

    @classmethod
    def fit(cls, rows: csr_matrix, labels: Sequence[str]) -> _Part:
        return cls(
            sorted(set(labels)),
            fit_one_against_rest(rows, labels, PENALTY),
        )

    def shares(self, row: csr_matrix) -> list[tuple[str, float]]:
        """The labels with their probabilities, likeliest first."""
        margins = self.weights.margins(row)[0] / TEMPERATURE
        raised = np.exp(margins - margins.max())
        shares = zip(self.labels, (raised / raised.sum()).tolist())
        return sorted(shares, key=lambda pair: -pair[1])


_URGENT, _TOPICS, _SITUATIONS = "urgent", "topics", "situations"


__all__ = ["NOTHING", "WelshModel", "WelshReading", "match_welsh", "plain"]
