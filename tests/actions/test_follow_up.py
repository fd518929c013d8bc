"""Short follow-ups stay near the last answer."""

from __future__ import annotations

import pytest

from actions.follow_up import ActionFollowUp, follow_up_intent, nation_asked_for
from assistant.answers import current_content
from tests.actions.trackers import RECORDING, bot, run, tracker, user


def ranking(*intents: tuple[str, float]) -> list[dict[str, object]]:
    return [{"name": name, "confidence": confidence} for name, confidence in intents]


def test_what_is_near_is_preferred() -> None:
    last = current_content().answer(RECORDING)
    assert last
    near = last.next[0].id.replace("/", ".")
    ranked = ranking(
        ("ask_follow_up", 0.5),
        ("recognise.disabled-children", 0.2),
        ("talk.communication-needs", 0.1),
        (near, 0.09),
        ("talk.recording", 0.1),
    )
    topics = {"talk.recording", "talk.communication-needs", "recognise.disabled-children", near}
    assert follow_up_intent(last, ranked, topics) == near
    assert follow_up_intent(last, ranked, topics - {near}) == "talk.communication-needs"
    assert follow_up_intent(None, ranked, topics) is None
    assert follow_up_intent(last, ranked[:1], topics) is None


def test_it_is_answered_by_its_response() -> None:
    asked = user("ask_follow_up", (("recognise.disabled-children", 0.4),))
    (message,), _ = run(ActionFollowUp(), tracker(bot(RECORDING), asked))
    assert message["response"] == "utter_recognise.disabled-children"


def test_without_an_answer_before_it_suggests() -> None:
    asked = user("ask_follow_up", offered=(RECORDING,))
    (message,), _ = run(ActionFollowUp(), tracker(asked))
    assert message["metadata"]["suggestions"] == [RECORDING]


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("what about Wales", "Wales"),
        ("and in england?", "England"),
        ("the same for wales please", "Wales"),
        ("in Wales or in England?", None),
        ("and for boys", None),
        ("who do I ring when a child moves from Wales to us", None),
    ],
)
def test_a_nation_is_asked_for_in_few_words(text: str, nation: str | None) -> None:
    assert nation_asked_for(text) == nation


def test_the_last_answer_is_given_for_the_nation_that_is_named() -> None:
    asked = user("ask_follow_up", (("respond.wales", 0.4),), text="what about Wales")
    (message,), _ = run(ActionFollowUp(), tracker(bot("respond/mandatory-reporting"), asked))
    assert message["metadata"]["topic"] == "respond/mandatory-reporting"
    assert message["metadata"]["nation"] == message["metadata"]["nation_asked"] == "Wales"
    # Of one that is the same in both, nothing new can be said.
    (message,), _ = run(ActionFollowUp(), tracker(bot(RECORDING), asked))
    assert message["response"] == "utter_respond.wales"
