"""Which topics a reply offers besides what it says."""

from __future__ import annotations

from typing import Any, Mapping

import pytest

from assistant.answers import current_content
from assistant.guidance import intent_name
from assistant.understanding.offered_topics import (
    MOST_BELOW_URGENT,
    MOST_OFFERED,
    RISK_OF_HARM,
    offered_topics,
)

LIKELY = ("respond/refer", "respond/section-47", "respond/mash", "talk/recording", "review/about")
PRACTITIONER = {"practitioner": 1.0}
NOBODY = {"nobodys-emergency": 1.0}


def offered(
    first: str,
    confidence: float,
    shares: Mapping[str, float],
    voices: Mapping[str, float] = PRACTITIONER,
    **more: Any,
) -> tuple[str, ...]:
    intent = {"name": first, "confidence": confidence}
    others = [{"name": intent_name(one), "confidence": share} for one, share in shares.items()]
    parsed = {"intent": intent, "intent_ranking": [intent, *others], "voice": voices, **more}
    return offered_topics(parsed, current_content())


def test_an_unsure_answer_offers_what_else_is_likely_but_what_it_answers_or_is_no_topic() -> None:
    shares = {"talk/recording": 0.5, "urgent/child-user": 0.2, "respond/no-such-topic": 0.1}
    shares |= {"respond/refer": 0.1, "respond/section-47": 0.05, "respond/mash": 0.001}
    assert offered("talk.recording", 0.5, shares) == ("respond/refer", "respond/section-47")
    assert offered("talk.recording", 0.95, shares) == ()


def test_it_offers_no_more_than_a_person_reads() -> None:
    shares = dict.fromkeys(LIKELY, 0.19)
    assert offered("nlu_fallback", 0.3, shares) == LIKELY[:MOST_OFFERED]
    assert offered("urgent.general", 0.99, shares) == LIKELY[:MOST_BELOW_URGENT]


@pytest.mark.parametrize("first", ["ask_more", "greet", "talk.recording"])
def test_a_reply_that_is_sure_offers_nothing(first: str) -> None:
    assert offered(first, 0.95, dict.fromkeys(LIKELY, 0.025)) == ()


@pytest.mark.parametrize(
    "first", ["urgent.general", "out_of_scope", "out_of_scope.family-life", "ask_follow_up"]
)
def test_where_something_else_is_likelier_by_far_what_stands_out_is_offered(first: str) -> None:
    shares = {"respond/refer": 0.008, "respond/section-47": 0.001, "respond/mash": 0.0001}
    assert offered(first, 0.99, shares) == ("respond/refer", "respond/section-47")


def test_everyday_life_that_is_out_of_scope_is_left_so() -> None:
    shares = {"respond/refer": 0.008, "respond/section-47": 0.001}
    assert offered("out_of_scope", 0.99, shares, NOBODY) == ()
    likely = {"respond/refer": 0.08}
    assert offered("out_of_scope", 0.9, likely, NOBODY) == ("respond/refer",)


@pytest.mark.parametrize("first", ["urgent.general", "out_of_scope", "talk.recording"])
def test_nothing_is_offered_that_may_harm_whoever_is_typing(first: str) -> None:
    content = current_content()
    for voice, replies in content.harm.items():
        harmful = [one for one in replies if content.title(one)]
        shares = dict.fromkeys([*harmful, "support/adult-survivors"], 0.05)
        there = offered(first, 0.5, shares, {voice: RISK_OF_HARM, "somebody": 1 - RISK_OF_HARM})
        assert not set(there) & set(harmful), voice


def test_voices_are_not_heard_in_another_language() -> None:
    """They are learned in English."""
    harmful = next(one for one in current_content().harm["child"] if current_content().title(one))
    child = {"child": 1.0}
    assert offered("other_language", 1.0, {harmful: 0.3}, child) == ()
    assert offered("other_language", 1.0, {harmful: 0.3}, child, language="fr") == (harmful,)


def test_a_message_that_could_not_be_read_offers_nothing() -> None:
    assert offered_topics({}, current_content()) == ()
