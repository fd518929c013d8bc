"""Word features of messages, as the component adds them."""

from __future__ import annotations

from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from scipy.sparse import csr_matrix

from assistant.understanding.word_featurizer import NAME, WordRow


def row(columns: list[int], values: list[float]) -> WordRow:
    features = csr_matrix((values, columns, [0, len(columns)]), shape=(1, 9))
    return WordRow(features, FEATURE_TYPE_SENTENCE, TEXT, NAME)


def test_another_column_or_value_gives_another_fingerprint() -> None:
    rows = [row([1, 2], [0.5, 0.5]), row([1, 3], [0.5, 0.5]), row([1, 2], [0.5, 0.25]), row([], [])]
    assert len({one.fingerprint() for one in rows}) == len(rows)
    assert row([1, 2], [0.5, 0.5]).fingerprint() == rows[0].fingerprint()
