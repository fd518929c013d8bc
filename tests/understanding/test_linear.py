"""Linear machines, one for each label."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse import random as random_rows

from assistant.understanding import linear
from assistant.understanding.linear import LinearWeights, fit_one_against_rest


def test_the_same_examples_give_the_same_weights_again() -> None:
    """Machines that are learned at the same time in one process would disturb each other."""
    chance = np.random.default_rng(7)
    rows = random_rows(3000, 400, density=0.05, format="csr", random_state=7)
    labels = [f"label {number}" for number in chance.integers(0, 12, size=3000)]
    first, again = (fit_one_against_rest(rows, labels, 0.5) for _ in range(2))
    for column in range(12):
        assert np.array_equal(first.column(column), again.column(column))


def test_one_row_gives_what_scipy_gives_to_the_last_bit() -> None:
    """A message must get the same reply whichever way its features are multiplied."""
    weights = random_rows(400, 12, density=0.3, format="csr", dtype=np.float32, random_state=7)
    rows = random_rows(60, 400, density=0.05, format="csr", dtype=np.float32, random_state=8)
    empty = csr_matrix((1, 400), dtype=np.float32)
    linear = LinearWeights(weights, np.arange(12, dtype=np.float32))
    for row in [*rows, empty]:
        expected = (row @ weights).toarray().astype(np.float64) + np.arange(12)
        assert np.array_equal(linear.margins(row), expected)


def test_a_machine_of_few_examples_is_that_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is learned from a part of the examples, and what it was not shown changes nothing."""
    chance = np.random.default_rng(7)
    rows = random_rows(4000, 300, density=0.05, format="csr", random_state=7)
    wanted = np.asarray(rows[:, :3].sum(axis=1)).ravel() + chance.normal(0, 0.1, 4000) > 0.6
    shown: list[int] = []
    learned = linear.learned_machine

    def noting(*given: Any) -> Any:
        shown.append(int(given[2].sum()))
        return learned(*given)

    monkeypatch.setattr(linear, "TOLERANCE", 1e-6)
    monkeypatch.setattr(linear, "learned_machine", noting)
    of_all = linear.fit_one_machine(rows, wanted, 0.5)
    monkeypatch.setattr(linear, "ALL_BELOW", 0)
    monkeypatch.setattr(linear, "HARDEST", 200)
    monkeypatch.setattr(linear, "HARDEST_TIMES", 1)
    of_few = linear.fit_one_machine(rows, wanted, 0.5)
    assert len(shown) == 4 and shown[0] == 4000 and max(shown[1:]) < 3000, shown
    assert of_few[0] == pytest.approx(of_all[0], abs=1e-3)
    assert of_few[1] == pytest.approx(of_all[1], abs=1e-3)
