"""Which sentences name a test that is not theirs. The rule over all content: ``test_rules.py``."""

from __future__ import annotations

import pytest

from assistant.editing.standard_of_proof import wrong_tests


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Refer on the balance of probabilities.", "is not the test to refer or enquire"),
        ("Do not refer until it is more likely than not.", "is not the test to refer or enquire"),
        ("No referral without criminal proof.", "is not the test to refer or enquire"),
        ("We go by the balance of probabilities.", "say in this sentence which court's test"),
    ],
)
def test_a_wrong_test_is_named_with_what_to_do(text: str, said: str) -> None:
    (fix,) = wrong_tests(text)
    assert said in fix


@pytest.mark.parametrize(
    "text",
    [
        "Reasonable cause to suspect is enough to refer.",
        "You need no criminal proof to refer.",
        "A court finds facts on the balance of probabilities.",
        "The balance of probabilities is not the test to refer.",
    ],
)
def test_a_courts_test_and_a_denied_one_are_sound(text: str) -> None:
    assert list(wrong_tests(text)) == []
