"""Groups of questions that one answer could serve, whatever their words.

The sentence encoder was trained on the topics, so its strongest directions tell the topics apart
and say little of what no topic answers: they are left out here, once few and once many. What is
left is compared word by word, each word with the likest of the other question, and a word counts
more the fewer of the project's own questions have it. A question that is like many others is no
nearer to each of them for it: what each has in common with its neighbours is taken off.
"""

from __future__ import annotations

import collections
import math
import re
from typing import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.cluster import AgglomerativeClustering

from assistant.understanding.encoder import Vectors
from assistant.understanding.word_vectors import encode_words

# Chosen on tests/editing/gaps-development.tsv and gaps-development-b.tsv.
TOPIC_DIRECTIONS = (10, 80)
"""Left out: few keep what a question is about at large, many keep what sets it apart."""

NEIGHBOURS = 15
"""So many of the likest show how much a question has in common with others anyway."""

TOGETHER = 1.5
"""So many standard deviations above the average likeness of two questions they belong together."""

BACKGROUND = 100
"""So many of the project's questions stand among those to be grouped, for a few of one kind are
alike only beside others."""

_WORD = re.compile(r"\w+")

Likeness = npt.NDArray[np.float64]


def grouped(questions: Sequence[str], known: Sequence[str], vectors: Vectors) -> list[list[int]]:
    """Group questions, largest group first.

    Args:
        questions: what was asked.
        known: the project's own questions.
        vectors: their sentence vectors, in the same order.

    Returns:
        The places of the questions of each group, in the order given; every question is in one.
    """
    if len(questions) < 2:
        return [[place] for place in range(len(questions))]
    beside = known[:: max(1, len(known) // BACKGROUND)]
    likeness = likenesses([*questions, *beside], known, vectors)
    apart = ~np.eye(len(likeness), dtype=bool)
    threshold = likeness[apart].mean() + TOGETHER * likeness[apart].std()
    most = likeness[apart].max()
    distance = most - likeness[: len(questions), : len(questions)]
    np.fill_diagonal(distance, 0)
    found = AgglomerativeClustering(
        n_clusters=None,
        distance_threshold=most - threshold,
        metric="precomputed",
        linkage="average",
    ).fit_predict(distance)
    groups: dict[int, list[int]] = collections.defaultdict(list)
    for place, group in enumerate(found):
        groups[group].append(place)
    return sorted(groups.values(), key=lambda group: (-len(group), group))


def likenesses(questions: Sequence[str], known: Sequence[str], vectors: Vectors) -> Likeness:
    """How much more each two questions have in common than they have with their neighbours."""
    weight = _rarity(known)
    words, of_words = zip(*map(encode_words, questions))
    weights = [np.array([weight(word) for word in of_one]) for of_one in words]
    middle = vectors.mean(axis=0)
    _, directions = np.linalg.eigh(np.cov((vectors - middle).T))  # the strongest come last
    from_middle = np.vstack(of_words) - middle
    likeness = sum(
        _standard(_word_by_word(_without(from_middle, directions[:, -left_out:]), weights))
        for left_out in TOPIC_DIRECTIONS
    )
    return _beyond_neighbours(np.asarray(likeness))


def _word_by_word(together: Vectors, weights: Sequence[Likeness]) -> Likeness:
    """How like the words of each two questions are.

    Args:
        together: the vectors of all words, question by question.
        weights: what each word of each question weighs.
    """
    ends = np.cumsum([len(one) for one in weights])
    starts = ends - [len(one) for one in weights]
    likeness = np.zeros((len(weights), len(weights)))
    for row, (start, end) in enumerate(zip(starts, ends)):
        # Each word of this question with the likest word of every other.
        likest = np.maximum.reduceat(together[start:end] @ together.T, starts, axis=1)
        likeness[row] = weights[row] @ likest / weights[row].sum()
    both: Likeness = (likeness + likeness.T) / 2
    return both


def _standard(likeness: Likeness) -> Likeness:
    """In standard deviations, so that measures of two kinds can be added."""
    apart = likeness[~np.eye(len(likeness), dtype=bool)]
    standard: Likeness = (likeness - apart.mean()) / apart.std()
    return standard


def _beyond_neighbours(likeness: Likeness) -> Likeness:
    """Likeness less what either question has in common with those nearest to it."""
    others = likeness.copy()
    np.fill_diagonal(others, -np.inf)
    near = np.sort(others, axis=1)[:, 1:][:, -NEIGHBOURS:].mean(axis=1)  # the first is itself
    beyond: Likeness = 2 * likeness - near[:, None] - near[None, :]
    return beyond


def _rarity(known: Iterable[str]) -> Callable[[str], float]:
    """What a word weighs: the square of its inverse document frequency."""
    questions = [set(_WORD.findall(question.casefold())) for question in known]
    counts = collections.Counter(word for words in questions for word in words)
    return lambda word: math.log((len(questions) + 2) / (counts[word] + 1)) ** 2


def _without(words: Vectors, directions: Vectors) -> Vectors:
    """Unit vectors of words without some directions, around their middle."""
    rest = words - words @ directions @ directions.T
    rest = rest - rest.mean(axis=0)
    unit: Vectors = rest / np.linalg.norm(rest, axis=1, keepdims=True)
    return unit
