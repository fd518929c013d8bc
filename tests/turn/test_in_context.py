"""A message's parse data in the light of what was said before: what changes in it, and what not."""

from __future__ import annotations

from typing import Any

from assistant.guidance import WELSH
from assistant.guidance.names import LANGUAGE, NOT_UNDERSTOOD, OTHER_LANGUAGE, THANK
from assistant.turn.in_context import in_context
from assistant.understanding.going_on import Heard

TOLD = Heard("urgent/child-user", "child", answered=True)
IN_WELSH = Heard("urgent/child-user", answered=True, in_welsh=True)


def read(intent: str, **more: Any) -> dict[str, Any]:
    named = {"name": intent, "confidence": 0.9}
    return {"intent": named, "intent_ranking": [named], "voice": {}, "entities": [], **more}


def test_what_says_enough_by_itself_stays_as_it_is() -> None:
    for parsed in (read("talk.recording"), read(OTHER_LANGUAGE, **{LANGUAGE: "pl"})):
        for heard in (Heard(), TOLD, IN_WELSH):
            assert in_context(heard, "jak to zapisać", parsed) is parsed


def test_a_reply_that_goes_on_comes_first_and_says_what_decided_it() -> None:
    parsed = in_context(TOLD, "i cant ring anyone", read(NOT_UNDERSTOOD))
    assert parsed["intent"]["name"] == parsed["intent_ranking"][0]["name"]
    assert parsed["intent"]["name"] == "urgent.child-cannot-ring"
    assert parsed["urgency"] == {
        "situation": "urgent/child-cannot-ring",
        "by": "what was said before",
    }


def test_a_few_words_after_welsh_are_welsh_if_they_can_be() -> None:
    for few_words in ("dwi'n 12", "12", "na"):
        parsed = in_context(IN_WELSH, few_words, read(NOT_UNDERSTOOD))
        assert (parsed["intent"]["name"], parsed[LANGUAGE]) == ("urgent.child-goes-on", WELSH)
    for english in ("but what happens then", "i'm 12"):
        assert in_context(IN_WELSH, english, read(NOT_UNDERSTOOD)).get(LANGUAGE) is None


def test_thanks_are_thanks_after_anything_but_never_undo_what_is_urgent() -> None:
    for heard in (Heard(), TOLD, IN_WELSH):
        assert in_context(heard, "ok ta x", read(NOT_UNDERSTOOD))["intent"]["name"] == THANK
        urgent = in_context(heard, "ok ta x", read("urgent.child-user"))
        assert urgent["intent"]["name"].startswith("urgent.")
