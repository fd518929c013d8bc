"""Which points of an answer speak to what was asked.

"Will it hurt her?" and "who pays?" are asked of one topic, and each has a point of its own in the
answer, often among what the short answer leaves out. A point fits by what it means and by the
words it shares with the question, rare ones counting more. The first is chosen from the short
answer, where the writer put what most people need, in that order.
"""

from __future__ import annotations

import collections
import math
import re
from typing import Any, Iterable

import numpy as np
import numpy.typing as npt

from assistant.answers import Answer
from assistant.understanding.encoder import Vectors

# How much each tells, in standard deviations over the points of the answer. Chosen on 380
# questions for development (docs/understanding.md).
MEANING = 0.65
WORDS = 0.25

FURTHER_BACK = 0.6
"""What a point of the short answer loses by standing further back: for each unit of the logarithm
of its place."""

CLEARLY = 0.3
"""By how much a point that the short answer leaves out must fit better than all that it has."""

COMMON = 3.0
"""Added to the rarity of a point's words, so that a point of few words does not fit by one."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

Scores = npt.NDArray[np.float64]


class Rarity:
    """How rare a word is among the points of all answers."""

    def __init__(self, points: Iterable[str]) -> None:
        """Count the points that have each word."""
        having = [words_of(point) for point in points]
        self._all = len(having)
        self._having = collections.Counter(word for words in having for word in words)

    def __call__(self, words: Iterable[str]) -> float:
        """The rarity of these words together: the logarithm of how few points have each."""
        return sum(math.log(1 + self._all / (1 + self._having[word])) for word in words)


def words_of(text: str) -> frozenset[str]:
    """The words of a text, in lower case."""
    return frozenset(_WORD.findall(text.lower().replace("’", "'")))


class AnswerPoints:
    """The points of an answer, those left out of the short one too, ready to be asked for.

    Made once an answer: a message is then compared with them, and nothing of them made again.
    """

    def __init__(self, answer: Answer, vectors: Vectors, rarity: Rarity) -> None:
        """Take an answer.

        Args:
            answer: with at least one point in its short form.
            vectors: of all its points, shape ``(points, 384)``.
            rarity: of words.
        """
        self._marks = [point.mark for point in answer.every_point]
        self._short = len(answer.points)
        self._apart = vectors - vectors.mean(axis=0)
        self._words = [words_of(point.text) for point in answer.every_point]
        self._lengths = np.sqrt([rarity(words) + COMMON for words in self._words])
        self._rarity = rarity

    def asked_for(self, question: str, meaning: Vectors) -> list[str]:
        """The marks of the points to show first: the likeliest, then others that may be meant.

        The first is of the short answer; the second is one that it leaves out, if that fits
        clearly better than all that it has; then the rest of the short answer.

        Args:
            question: what was asked.
            meaning: its sentence vector, shape ``(384,)``.
        """
        fit = MEANING * _standardised(self._apart @ meaning)
        fit += WORDS * _standardised(self._shared(question))
        short = fit[: self._short]
        in_place = short - FURTHER_BACK * np.log(1 + np.arange(self._short))
        first, *others = np.argsort(-in_place, kind="stable")
        clearly = short.max() + CLEARLY
        left_out = [one for one in range(self._short, len(fit)) if fit[one] > clearly]
        best_left_out = sorted(left_out, key=lambda one: -fit[one])[:1]
        return [self._marks[one] for one in (first, *best_left_out, *others)]

    def _shared(self, question: str) -> Scores:
        """How much each point has of the question's words, for its own length."""
        asked = words_of(question)
        shared = np.array([self._rarity(asked & words) for words in self._words])
        for_their_length: Scores = shared / self._lengths
        return for_their_length


def _standardised(values: npt.NDArray[np.floating[Any]]) -> Scores:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros(len(values))


__all__ = ["AnswerPoints", "Rarity", "words_of"]
