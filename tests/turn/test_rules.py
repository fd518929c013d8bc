"""The rules that are left out could not have held: what is predicted is what Rasa's policy says."""

from __future__ import annotations

from typing import Any, Iterator

import pytest
from rasa.core.policies.policy import PolicyPrediction
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.guidance import response_name, topic_id_of
from assistant.turn.assistant import Assistant
from assistant.turn.rules import RulesThatMayHold
from tests.performance.counting import Calls

SEARCH = [ActiveLoop("service_form"), ActionExecuted("service_form")]
SEARCH_ENDED = [*SEARCH, ActiveLoop(None)]


@pytest.fixture
def rules(assistant: Assistant) -> RulesThatMayHold:
    nodes = assistant.agent.processor.graph_runner.nodes.values()
    (found,) = (node for node in nodes if isinstance(node, RulesThatMayHold))
    return found


def conversations(assistant: Assistant) -> Iterator[list[Event]]:
    """Each intent after each thing that may have come before, and what may follow it."""
    domain = assistant.agent.domain
    assert domain is not None
    actions = [ACTION_LISTEN_NAME, "utter_greet", "action_suggest_topics", "action_show_services"]
    for intent in [*domain.intents, "restart", "nobody.knows", None]:
        said = UserUttered("something", {"name": intent, "confidence": 1.0})
        for before in ([], SEARCH, SEARCH_ENDED):
            for action in [*actions, response_name(topic_id_of(intent or ""))]:
                then = [] if action == ACTION_LISTEN_NAME else [ActionExecuted(action)]
                yield [*before, ActionExecuted(ACTION_LISTEN_NAME), said, *then]
    yield SEARCH
    yield SEARCH_ENDED
    yield []


def predicted(ask: Any, tracker: DialogueStateTracker, assistant: Assistant) -> tuple[Any, ...]:
    inputs = {
        "__tracker__": tracker,
        "domain_provider": assistant.agent.domain,
        "rule_only_data_provider": {},
    }
    prediction: PolicyPrediction
    _, prediction = ask(*inputs.items())
    return (
        list(prediction.probabilities),
        prediction.policy_name,
        prediction.policy_priority,
        prediction.events,
        prediction.optional_events,
        prediction.is_end_to_end_prediction,
        prediction.is_no_user_prediction,
        prediction.hide_rule_turn,
        prediction.diagnostic_data,
        prediction.action_metadata,
    )


def test_it_predicts_what_rasas_policy_does(assistant: Assistant, rules: RulesThatMayHold) -> None:
    domain = assistant.agent.domain
    for events in conversations(assistant):
        tracker = DialogueStateTracker.from_events("rules", events, domain and domain.slots)
        quick = predicted(rules, tracker, assistant)
        assert quick == predicted(rules.node, tracker, assistant), events


@pytest.mark.parametrize(
    ("intent", "is_asked"),
    [("talk.recording", False), ("urgent.general", False), ("greet", True), ("restart", True)],
)
def test_rasas_policy_is_asked_where_a_rule_may_hold(
    assistant: Assistant,
    rules: RulesThatMayHold,
    monkeypatch: pytest.MonkeyPatch,
    intent: str,
    is_asked: bool,
) -> None:
    calls = Calls(monkeypatch)
    calls.count(rules, "node", "asked")
    said = UserUttered("something", {"name": intent, "confidence": 1.0})
    events = [ActionExecuted(ACTION_LISTEN_NAME), said]
    predicted(rules, DialogueStateTracker.from_events("rules", events), assistant)
    assert bool(calls.taken()) == is_asked
