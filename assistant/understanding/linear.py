"""Linear classifiers after training: weights and intercepts only, small and quick.

A scikit-learn classifier over a hundred thousand features holds its weights in the most expensive
form there is. Nearly all of them are next to nothing: without those, sparse and in single
precision, a fraction of the size gives nearly always the same answer. Plain arrays, so nothing in
the file can run as code.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Sequence, Union

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, vstack

Rows = Union[csr_matrix, npt.NDArray[np.float32]]
"""Features, one row a text."""

Margins = npt.NDArray[np.float64]

SMALLEST_WEIGHT = 0.025
"""Weights below this are dropped: the same first choice for 998 of 1,000 development questions."""

TOLERANCE = 0.1  # liblinear's own; a tenth of it gives the same topics on the development sets
PROCESSORS = 2

# Which examples a machine is learned from: docs/performance.md.
ALL_BELOW = 10_000  # examples below which it is learned from all of them at once
FIRST_OF = 16  # the first time it sees one in so many of the others
HARDEST = 2000  # the second time also those that it took most wrongly for its own; at least so many
HARDEST_TIMES = 4  # or so many times its own
BEYOND = 0.1  # the last time all that lie within its margin, or this little beyond


class LinearWeights:
    """``rows @ weights + intercepts``: one column a class, or one column for yes and no."""

    def __init__(
        self,
        weights: Union[csr_matrix, npt.NDArray[np.float32]],
        intercepts: npt.NDArray[np.float32],
    ) -> None:
        """Take the weights, one row a feature and one column a class."""
        self._weights = weights
        self._intercepts = intercepts

    @classmethod
    def sparse(cls, coefficients: Sequence[Any], intercepts: Any) -> LinearWeights:
        """Weights of a classifier over words, without the smallest.

        Args:
            coefficients: one array of weights a class.
            intercepts: one number a class.
        """
        columns = []
        for row in coefficients:
            kept = np.asarray(row, dtype=np.float32).reshape(1, -1)
            columns.append(csr_matrix(np.where(np.abs(kept) < SMALLEST_WEIGHT, 0, kept)))
        return cls(vstack(columns).T.tocsr(), np.asarray(intercepts, dtype=np.float32))

    @classmethod
    def dense(cls, coefficients: Any, intercepts: Any) -> LinearWeights:
        """Weights of a classifier over sentence vectors."""
        weights = np.ascontiguousarray(np.asarray(coefficients, dtype=np.float32).T)
        return cls(weights, np.asarray(intercepts, dtype=np.float32))

    def margins(self, rows: Rows) -> Margins:
        """How far each row lies on each class's side: shape ``(rows, classes)``."""
        both_sparse = isinstance(rows, csr_matrix) and isinstance(self._weights, csr_matrix)
        if both_sparse and rows.shape[0] == 1:
            plain = _product_of_one(rows, self._weights)
        else:
            product = rows @ self._weights
            plain = product.toarray() if hasattr(product, "toarray") else product
        margins: Margins = np.asarray(plain, dtype=np.float64) + self._intercepts
        return margins

    def column(self, column: int) -> npt.NDArray[np.float32]:
        """The weights of one class, one number a feature."""
        part = self._weights[:, column]
        weights: npt.NDArray[np.float32] = (
            part.toarray().ravel() if hasattr(part, "toarray") else np.asarray(part)
        )
        return weights

    def save(self, file: Path) -> None:
        """Write them as plain arrays (``.npz``)."""
        if isinstance(self._weights, csr_matrix):
            w = self._weights
            arrays = {"data": w.data, "indices": w.indices, "indptr": w.indptr, "shape": w.shape}
        else:
            arrays = {"dense": self._weights}
        np.savez_compressed(file, intercepts=self._intercepts, **arrays)

    @classmethod
    def load(cls, file: Path) -> LinearWeights:
        """Read what :meth:`save` wrote; nothing in the file is run."""
        with np.load(file, allow_pickle=False) as kept:
            if "dense" in kept:
                return cls(kept["dense"], kept["intercepts"])
            parts = (kept["data"], kept["indices"], kept["indptr"])
            return cls(csr_matrix(parts, shape=tuple(kept["shape"])), kept["intercepts"])


def _product_of_one(row: csr_matrix, weights: csr_matrix) -> npt.NDArray[np.float32]:
    """``row @ weights`` to the last bit, summed in the same order.

    SciPy checks, and makes a matrix, at each step: that takes most of its time.
    """
    begins = weights.indptr[row.indices]
    lengths = weights.indptr[row.indices + 1] - begins
    before = np.cumsum(lengths) - lengths
    places = np.arange(lengths.sum()) + np.repeat(begins - before, lengths)
    product = np.zeros((1, weights.shape[1]), dtype=np.float32)
    parts = np.repeat(row.data, lengths) * weights.data[places]
    np.add.at(product[0], weights.indices[places], parts)
    return product


def fit_one_against_rest(rows: csr_matrix, labels: Sequence[str], penalty: float) -> LinearWeights:
    """A linear support vector machine for each label against all others.

    Args:
        rows: word features, one row a text.
        labels: the label of each text.
        penalty: C of the machine.

    Returns:
        Weights whose columns are the labels in alphabetical order.
    """
    # Imported where something is learned: assistant/understanding/words.py says why.
    from joblib import Parallel, delayed

    wanted = np.asarray(labels)
    rows = rows.astype(np.float64)  # once: the machine would convert them for each label
    # Processes, which share the features in memory. Threads would share liblinear's one generator
    # of random numbers: whatever the seed, no two trainings would be the same.
    fitted = Parallel(n_jobs=PROCESSORS, prefer="processes")(
        delayed(fit_one_machine)(rows, wanted == label, penalty) for label in np.unique(wanted)
    )
    return LinearWeights.sparse([weights for weights, _ in fitted], [b for _, b in fitted])


def fit_one_machine(
    rows: csr_matrix, wanted: npt.NDArray[np.bool_], penalty: float
) -> tuple[npt.NDArray[np.float32], float]:
    """The weights and the intercept of one machine.

    An example beyond the margin has no part in what is learned, and most are: a first and a second
    machine find out which are not, and the third is that of all examples.
    """
    own = int(wanted.sum())
    hardest = max(HARDEST, HARDEST_TIMES * own)
    chosen = np.ones_like(wanted)
    if len(wanted) >= ALL_BELOW and 2 * hardest <= len(wanted):
        chosen = wanted.copy()
        chosen[::FIRST_OF] = True
        margins = _margins_of_others(rows, wanted, chosen, penalty)
        near = np.argpartition(margins, -hardest)[-hardest:]
        chosen[near[margins[near] > -1]] = True
        margins = _margins_of_others(rows, wanted, chosen, penalty)
        chosen = wanted | (margins > -1 - BEYOND)
    weights, intercept = learned_machine(rows, wanted, chosen, penalty)
    return weights.astype(np.float32), intercept


def _margins_of_others(
    rows: csr_matrix,
    wanted: npt.NDArray[np.bool_],
    chosen: npt.NDArray[np.bool_],
    penalty: float,
) -> Margins:
    """Where a machine that is learned from some examples sees all: its own far away."""
    weights, intercept = learned_machine(rows, wanted, chosen, penalty)
    margins: Margins = rows @ weights + intercept
    margins[wanted] = -np.inf
    return margins


def learned_machine(
    rows: csr_matrix,
    wanted: npt.NDArray[np.bool_],
    chosen: npt.NDArray[np.bool_],
    penalty: float,
) -> tuple[npt.NDArray[np.float64], float]:
    """The weights and the intercept that are learned from the chosen rows alone."""
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=penalty, tol=TOLERANCE, random_state=0, dual=True)
    if chosen.all():
        machine.fit(rows, wanted)
    else:
        machine.fit(rows[np.flatnonzero(chosen)], wanted[chosen])
    return machine.coef_.ravel(), float(machine.intercept_[0])
