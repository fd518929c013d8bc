"""The floors under the figures of docs/privacy.md for what people paste and type."""

from __future__ import annotations

import pytest

from assistant.privacy.redaction import Redactor, shared_redactor
from benchmarks.redaction import NUMBERS, Pasted, score_pasted
from tests.privacy.identifiers import messages_with_identifiers, messages_without_identifiers

FLOORS = {
    "name": 0.97,
    "phone": 0.99,
    "number": 0.99,
    "car": 0.99,
    "email": 0.99,
    "user": 0.99,
    "date": 0.95,
    "address": 0.95,
    "place": 0.90,
}


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return shared_redactor()


@pytest.fixture(scope="module")
def pasted(redactor: Redactor) -> Pasted:
    return score_pasted(redactor)


def test_the_sets_are_large_enough_and_every_identifier_is_found_in_its_message() -> None:
    messages = messages_with_identifiers()
    identifiers = [each for message in messages for each in message.identifiers]
    assert len(identifiers) >= 400
    assert len(messages_without_identifiers()) >= 300
    assert all(identifier.places for identifier in identifiers)
    assert {message.writer for message in messages} == {"practitioner", "public"}


@pytest.mark.parametrize("kind", FLOORS)
def test_recall_by_kind(pasted: Pasted, kind: str) -> None:
    assert set(pasted.kinds) == set(FLOORS)
    assert pasted.kinds[kind].recall >= FLOORS[kind], pasted.misses


def test_recall_of_numbers_telephones_and_cars_together(pasted: Pasted) -> None:
    assert pasted.recall("number", "phone", "car") >= 0.99, pasted.misses


def test_recall_and_precision_of_set_c_that_no_rule_was_changed_for(redactor: Redactor) -> None:
    last = score_pasted(redactor, "c")
    assert last.kinds["name"].recall >= 0.95, last.misses
    assert last.recall() >= 0.95, last.misses
    assert last.precision >= 0.98, last.needless


# Set d has another writer, who had seen no rule. At its first, blind run 90.1 % were masked whole
# (names 95.7 %, numbers 82.5 %, addresses 71 %); then rules were changed for it, so its figures
# since, 100 % of every kind, say only that nothing has come undone.
def test_set_d_by_another_writer_stays_masked(redactor: Redactor) -> None:
    other = score_pasted(redactor, "d")
    assert sum(kind.number for kind in other.kinds.values()) >= 500
    assert other.recall("number", "phone", "car") >= 0.99, other.misses
    assert all(kind.recall >= 0.96 for kind in other.kinds.values()), other.misses
    assert other.precision >= 0.985, other.needless


def test_set_e_by_a_third_writer_stays_masked(redactor: Redactor) -> None:
    """Blind: 95.0 % whole, names 96.1 %, numbers with telephones and cars 98.6 %."""
    third = score_pasted(redactor, "e")
    assert third.kinds["name"].recall >= 0.97, third.misses
    assert third.recall("number", "phone", "car") >= 0.99, third.misses
    assert third.recall() >= 0.98 and third.precision >= 0.97, third.misses


@pytest.mark.parametrize("which", ["f", "g"])
def test_sets_f_and_g_stay_masked(redactor: Redactor, which: str) -> None:
    """At their first run f gave names 94.7 %, numbers 97.6 %; g, after changes for f, 93.4, 98.3.

    Rules were changed for both since. The writer of g marks dates of births only; the day of an
    event is masked all the same, so the share of masks that cover an identifier is lower there.
    """
    scored = score_pasted(redactor, which)
    assert scored.kinds["name"].recall >= 0.96, scored.misses
    assert scored.recall("number", "phone", "car") >= 0.99, scored.misses
    assert scored.precision >= (0.98 if which == "f" else 0.95), scored.needless


@pytest.mark.parametrize(("which", "precision"), [("h", 0.98), ("i", 0.945)])
def test_sets_h_and_i_stay_masked(redactor: Redactor, which: str, precision: float) -> None:
    """At their first run h gave names 96.3 %, numbers 97.2 %; i, after changes for h, 98.0, 98.1.

    Rules were changed for both since. The writer of i counts no town as telling who somebody is,
    and several write in Polish, where no word is known.
    """
    scored = score_pasted(redactor, which)
    assert scored.kinds["name"].recall >= 0.97, scored.misses
    assert scored.recall("number", "phone", "car") >= 0.99, scored.misses
    assert scored.recall() >= 0.965, scored.misses
    assert scored.precision >= precision, scored.needless


def test_set_j_stays_masked(redactor: Redactor) -> None:
    """At its first run names 92.5 %, numbers with telephones 97.4 %, precision 97.0 %.

    Rules were changed for it since. The writer counts large towns as telling who somebody is,
    which stay by the rule of this project: most of what is left of its places.
    """
    scored = score_pasted(redactor, "j")
    assert scored.kinds["name"].recall >= 0.975, scored.misses
    assert scored.kinds["address"].recall >= 0.95, scored.misses
    assert scored.kinds["place"].recall >= 0.85, scored.misses
    assert scored.recall("number", "phone") >= 0.99, scored.misses
    assert scored.recall() >= 0.955, scored.misses
    assert scored.precision >= 0.985, scored.needless


@pytest.mark.parametrize(("which", "names", "precision"), [("k", 0.985, 0.985), ("l", 0.97, 0.95)])
def test_sets_k_and_l_stay_masked(
    redactor: Redactor, which: str, names: float, precision: float
) -> None:
    """At their first run names 95.0 and 96.1 %, all 90.0 and 93.8 %, precision 97.0 and 92.8 %.

    Rules were changed for both since. Their writers mark dates of births only; days of events are
    masked all the same, and are most of the masks that cover no identifier.
    """
    scored = score_pasted(redactor, which)
    assert scored.kinds["name"].recall >= names, scored.misses
    assert scored.kinds["address"].recall >= 0.99, scored.misses
    assert scored.kinds["place"].recall >= 0.90, scored.misses
    assert scored.recall("number", "phone") >= 0.99, scored.misses
    assert scored.recall() >= 0.975, scored.misses
    assert scored.precision >= precision, scored.needless


@pytest.mark.parametrize(("which", "most_touched"), [("m", 11), ("n", 6)])
def test_sets_m_and_n_stay_masked(redactor: Redactor, which: str, most_touched: int) -> None:
    """At their first run names 95.7 and 94.7 %, numbers 96.4 and 94.5 %, precision 97.3 and 97.6 %.

    Rules were changed for both since; of their messages without identifiers 18 and 26 were touched.
    """
    scored = score_pasted(redactor, which)
    assert scored.kinds["name"].recall >= 0.985, scored.misses
    assert scored.recall(*NUMBERS & set(scored.kinds)) >= 0.99, scored.misses
    assert scored.kinds["address"].recall >= 0.95, scored.misses
    assert scored.kinds["place"].recall >= 0.97, scored.misses
    assert scored.recall() >= 0.985, scored.misses
    assert scored.precision >= 0.98, scored.needless
    assert scored.clean >= 125 and len(scored.clean_touched) <= most_touched, scored.clean_touched


def test_messages_of_other_writers_without_identifiers_stay_as_they_are(redactor: Redactor) -> None:
    messages = [*messages_without_identifiers("d"), *messages_without_identifiers("f")]
    touched = [redactor.redact(text) for text in messages if redactor.find(text)]
    assert len(messages) >= 300
    assert len(touched) <= 0.02 * len(messages), touched


def test_few_masks_are_needless(pasted: Pasted) -> None:
    assert pasted.precision >= 0.98, pasted.needless
    assert pasted.untouched >= 0.98, pasted.clean_touched


def test_redacting_what_was_pasted_twice_changes_nothing(redactor: Redactor) -> None:
    for message in messages_with_identifiers():
        once = redactor.redact(message.text)
        assert redactor.redact(once) == once
