"""Linear machines, one for each label."""

from __future__ import annotations

import numpy as np
from scipy.sparse import random as random_rows

from assistant.understanding.linear import fit_one_against_rest


def test_the_same_examples_give_the_same_weights_again() -> None:
    """Machines that are learned at the same time in one process would disturb each other."""
    chance = np.random.default_rng(7)
    rows = random_rows(3000, 400, density=0.05, format="csr", random_state=7)
    labels = [f"label {number}" for number in chance.integers(0, 12, size=3000)]
    first, again = (fit_one_against_rest(rows, labels, 0.5) for _ in range(2))
    for column in range(12):
        assert np.array_equal(first.column(column), again.column(column))
