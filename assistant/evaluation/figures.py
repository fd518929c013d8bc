"""The figures of an evaluation: shares with their intervals, calibration, confusion."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass
from typing import Iterable, Sequence

from scipy.stats import binomtest

from assistant.evaluation.questions import URGENT_THEME, Outcome
from assistant.guidance import NO_TOPIC

EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""The bands of confidence in which sureness is held against rightness."""


@dataclass(frozen=True)
class Measure:
    """How many of a group: ``hits`` of ``total``."""

    name: str
    hits: int
    total: int

    @property
    def share(self) -> float:
        """The share of hits, 0 to 1; 0 of nothing."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The share's 95% Wilson interval."""
        return wilson(self.hits, self.total)


@dataclass(frozen=True)
class Band(Measure):
    """Answers within a band of confidence; ``hits`` were right."""

    low: float
    high: float


@dataclass(frozen=True)
class Confusion:
    """One thing asked about and another answered, so many times."""

    asked: str
    answered: str
    times: int


class Evaluation:
    """What a set of outcomes says."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self.outcomes = outcomes
        self._urgent = [o for o in outcomes if o.question.urgent]
        self._calm = [
            o for o in outcomes if not any(a.startswith(URGENT_THEME) for a in o.question.accept)
        ]
        self._near = [o for o in outcomes if o.question.sounds_urgent]
        self._outside = [o for o in outcomes if o.question.accept == (NO_TOPIC,)]
        self._read = [o for o in outcomes if o.question.reader]
        self._plain = [
            o for o in outcomes if o.question.about_topic and not o.question.sounds_urgent
        ]

    @property
    def measures(self) -> list[Measure]:
        """The measures for which there are questions."""
        plain, near, calm = self._plain, self._near, self._calm
        measured = [
            _measure("right topic first", (o.right for o in plain)),
            _measure("right topic first or suggested", (o.suggested for o in plain)),
            _measure("suggestions instead of an answer", (_suggests(o) for o in plain)),
            _measure("a wrong topic answered", (o.answered_wrong for o in plain)),
            _measure("urgent recognised", (o.got_urgent for o in self._urgent)),
            _measure("urgent, situation right", (o.right for o in self._urgent)),
            _measure("false alarms, only sounding urgent", (o.got_urgent for o in near)),
            _measure("false alarms, all that is not urgent", (o.got_urgent for o in calm)),
            _measure("out of scope, recognised", (o.right for o in self._outside)),
            _measure("out of scope, given an urgent reply", (o.got_urgent for o in self._outside)),
            _measure("out of scope, answered wrongly", (_answers(o) for o in self._outside)),
            _measure("replies that harm their reader", (o.harms for o in self._read)),
            _measure("replies that harm a little", (o.harms_a_little for o in self._read)),
        ]
        return [measure for measure in measured if measure.total]

    def measure(self, name: str) -> Measure:
        """The measure with this name.

        Raises:
            KeyError: there is no question for it.
        """
        return {measure.name: measure for measure in self.measures}[name]

    @property
    def calibration(self) -> list[Band]:
        """How sure and how right: questions about topics that were answered, by confidence."""
        answered = [o for o in self._plain if o.reply.kind == "answer"]
        bands = []
        for low, high in itertools.pairwise(EDGES):
            # The last band holds full certainty too.
            top = math.inf if high == EDGES[-1] else high
            right = [o.right for o in answered if low <= o.reply.confidence < top]
            if right:
                bands.append(Band(f"{low:.1f} - {high:.1f}", sum(right), len(right), low, high))
        return bands

    @property
    def confused(self) -> list[Confusion]:
        """Wrong answers to questions about topics, the most frequent first."""
        pairs = Counter((o.question.accept[0], o.got) for o in self._plain if o.answered_wrong)
        return [Confusion(asked, got, times) for (asked, got), times in pairs.most_common()]

    @property
    def themes(self) -> dict[str, Counter[str]]:
        """Questions by the theme asked about and the theme, or kind of reply, that came."""
        table: dict[str, Counter[str]] = {}
        for outcome in self.outcomes:
            accepted = outcome.question.accept
            asked = outcome.got if outcome.right else accepted[0]
            table.setdefault(_theme(asked), Counter())[_theme(outcome.got)] += 1
        return table

    @property
    def worst(self) -> list[Outcome]:
        """The misses that matter most: urgent ones missed, then wrong answers, surest first."""
        missed = [o for o in self._urgent if not o.got_urgent]
        wrong = [o for o in self.outcomes if not o.suggested and o not in missed]
        return missed + sorted(wrong, key=lambda o: (not _answered(o), -o.reply.confidence))


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95% Wilson interval of a share."""
    if not total:
        return 0.0, 1.0
    interval = binomtest(hits, total).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def _measure(name: str, hits: Iterable[bool]) -> Measure:
    values = list(hits)
    return Measure(name, sum(values), len(values))


def _theme(name: str) -> str:
    return name.partition("/")[0]


def _suggests(outcome: Outcome) -> bool:
    return outcome.reply.kind == "suggest"


def _answers(outcome: Outcome) -> bool:
    return outcome.reply.kind == "answer"


def _answered(outcome: Outcome) -> bool:
    return outcome.reply.kind in ("answer", "urgent")
