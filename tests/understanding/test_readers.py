"""No reply harms its reader: the guard against the whole table of harm."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import current_content
from assistant.guidance import GENERAL, NO_TOPIC, Library, intent_name, is_urgent, topic_id_of
from assistant.guidance.names import OUT_OF_SCOPE
from assistant.guidance.urgent import Voice
from assistant.understanding.readers import (
    CLEAR_VOICE,
    CLEARER_VOICE,
    MAX_HARM,
    OWN_REPLY,
    PLAIN_CONFESSION,
    RISK_FROM_SELF,
    harmed,
    reply_of,
    safe_topic,
    safe_urgent,
)

VOICES = get_args(Voice)

CERTAIN = 1.0
"""The situation itself is beyond doubt: what is left is who is typing."""


def given_reply(reply: str, voices: dict[str, float]) -> str:
    """What the guard gives in place of a reply that understanding has chosen."""
    content = current_content()
    if reply.startswith("urgent/"):
        return safe_urgent(reply, voices, content.written_for, content.harm, CERTAIN)
    intent = OUT_OF_SCOPE if reply == NO_TOPIC else intent_name(reply)
    chosen = safe_topic([intent], voices, content.harm)
    assert chosen is not None
    return chosen if chosen.startswith("urgent/") else reply_of(chosen)


def replies(library: Library) -> list[str]:
    return [*library.urgent, *library.topics, NO_TOPIC]


@pytest.mark.parametrize("voice", VOICES)
def test_a_clear_voice_never_gets_a_reply_that_harms_it(library: Library, voice: str) -> None:
    """Every voice with probability 1, every reply that there is."""
    high = set(current_content().harm.get(voice, ()))
    for reply in replies(library):
        assert given_reply(reply, {voice: 1.0}) not in high, reply


@pytest.mark.parametrize("voice", VOICES)
def test_a_reply_that_harms_nobody_who_may_be_typing_is_left(library: Library, voice: str) -> None:
    """The guard could otherwise give the general reply to everybody."""
    harm = current_content().harm.get(voice, ())
    for topic in library.topics:
        if topic not in harm:
            assert given_reply(topic, {voice: 1.0}) == topic
    for situation in library.urgent.values():
        if situation.id == GENERAL:
            assert given_reply(GENERAL, {voice: 1.0}) == OWN_REPLY.get(voice, GENERAL)
        elif voice in situation.written_for and situation.id not in harm:
            assert given_reply(situation.id, {voice: 1.0}) == situation.id


def test_every_voice_may_be_given_some_urgent_reply_and_the_general_one_harms_nobody(
    library: Library,
) -> None:
    harm = current_content().harm
    assert set(harm) <= set(VOICES)
    assert not [voice for voice, high in harm.items() if GENERAL in high]
    for voice, own in OWN_REPLY.items():
        assert own not in harm.get(voice, ()) and voice in library.urgent[own].written_for


def test_the_table_names_only_replies_that_there_are(library: Library) -> None:
    known = {*replies(library)}
    for voice, high in current_content().harm.items():
        assert set(high) <= known, voice
    assert "child" in current_content().harm and current_content().harm["child"]


MIXTURES = st.lists(st.floats(0, 1), min_size=len(VOICES), max_size=len(VOICES)).filter(any)


@given(shares=MIXTURES)
def test_in_doubt_the_reply_is_safe_for_whoever_is_likely(shares: list[float]) -> None:
    """Whatever the probabilities: no reply is given whose harmed readers are likelier than not."""
    content = current_content()
    total = sum(shares)
    voices = {voice: share / total for voice, share in zip(VOICES, shares)}
    for reply in (*content.written_for, *list(content.titles)[::7], NO_TOPIC):
        given_ = given_reply(reply, voices)
        assert given_ == GENERAL or harmed(given_, voices, content.harm) < MAX_HARM


@pytest.mark.parametrize("voice", VOICES)
def test_where_nothing_is_urgent_only_a_child_gets_an_urgent_reply(voice: str) -> None:
    """Who is an adult gets the likeliest topic that does no harm; if urgency is not ruled out, the
    urgent reply."""
    harm = current_content().harm
    topics = list(current_content().titles)
    harmless = next(one for one in topics if one not in harm.get(voice, ()))
    for reply in harm.get(voice, ()):
        if reply.startswith("urgent/"):
            continue
        first = OUT_OF_SCOPE if reply == NO_TOPIC else intent_name(reply)
        ranking = [first, intent_name(harmless)]
        own = OWN_REPLY.get(voice, GENERAL)
        calm = own if voice == "child" else intent_name(harmless)
        assert safe_topic(ranking, {voice: 1.0}, harm, ruled_out=True) == calm
        assert safe_topic(ranking, {voice: 1.0}, harm) == own


def test_no_voice_at_all_gets_the_general_reply() -> None:
    content = current_content()
    for situation in content.written_for:
        chosen = safe_urgent(situation, {}, content.written_for, content.harm, CERTAIN)
        assert chosen == GENERAL


@pytest.mark.parametrize(("situation", "needed"), CLEARER_VOICE.items())
def test_the_worst_replies_to_get_wrong_need_a_clearer_voice(situation: str, needed: float) -> None:
    content = current_content()
    (voice,) = content.written_for[situation]
    for share, expected in ((needed - 0.05, GENERAL), (needed + 0.05, situation)):
        voices = {voice: share, "practitioner": 1 - share}
        chosen = safe_urgent(situation, voices, content.written_for, content.harm, CERTAIN)
        assert chosen == expected


@pytest.mark.parametrize(
    ("certainty", "expected"),
    [
        (0.0, GENERAL),
        (PLAIN_CONFESSION - 0.01, GENERAL),
        (PLAIN_CONFESSION, RISK_FROM_SELF),
        (1.0, RISK_FROM_SELF),
    ],
)
def test_the_reply_to_who_may_harm_needs_a_plain_confession_besides_the_voice(
    certainty: float, expected: str
) -> None:
    content = current_content()
    (voice,) = content.written_for[RISK_FROM_SELF]
    clear = {voice: 1.0}
    written_for, harm = content.written_for, content.harm
    assert safe_urgent(RISK_FROM_SELF, clear, written_for, harm, certainty) == expected


def test_unless_it_is_said_how_certain_a_confession_is_it_is_none() -> None:
    content = current_content()
    (voice,) = content.written_for[RISK_FROM_SELF]
    assert safe_urgent(RISK_FROM_SELF, {voice: 1.0}, content.written_for, content.harm) == GENERAL


def test_a_confession_needs_the_clearest_voice_and_a_child_a_clearer_one() -> None:
    assert set(CLEARER_VOICE) == {"urgent/risk-from-self", "urgent/child-user"}
    assert CLEARER_VOICE["urgent/risk-from-self"] > CLEARER_VOICE["urgent/child-user"] > CLEAR_VOICE


def test_a_voice_that_is_not_clear_enough_is_not_given_its_own_reply_either() -> None:
    """Whatever situation was recognised: the reply to a child is only for who clearly is one."""
    content = current_content()
    voices = {"child": CLEAR_VOICE + 0.1, "practitioner": CLEAR_VOICE - 0.1}
    for situation in content.written_for:
        given_ = safe_urgent(situation, voices, content.written_for, content.harm, CERTAIN)
        assert given_ != "urgent/child-user", situation


def test_a_child_gets_its_own_reply_whatever_was_recognised(library: Library) -> None:
    harm = current_content().harm["child"]
    for situation in library.urgent:
        if "child" not in library.urgent[situation].written_for or situation in harm:
            assert given_reply(situation, {"child": 1.0}) == "urgent/child-user"


def test_an_empty_ranking_has_no_intent_and_an_urgent_one_is_not_this_functions() -> None:
    assert safe_topic([], {"child": 1.0}, {}) is None
    for voice, situation in itertools.product(VOICES, current_content().written_for):
        intent = intent_name(situation)
        assert is_urgent(intent)
        chosen = safe_topic([intent], {voice: 1.0}, current_content().harm)
        assert chosen is not None and topic_id_of(chosen) == situation
