"""Rasa's rules, read only where one of them may hold.

``RulePolicy`` writes the conversation out as states, twice a prediction, and goes through all rules
for each. A rule holds only where its last state has the conversation's last action and, if it names
one, the last intent: for topics and urgent situations one look into a dictionary tells that none
does. What it says then is always the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, Mapping, Optional

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import DEFAULT_ACTION_MAPPINGS, RULES, RulePolicy
from rasa.engine.graph import GraphNode
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, ACTION_TEXT, INTENT

from assistant.rasa_inside import prediction_without_a_rule


class RulesThatMayHold:
    """A loaded ``RulePolicy``, asked as Rasa's graph asks it."""

    def __init__(self, node: GraphNode, policy: RulePolicy, needs: Mapping[str, str]) -> None:
        """Take the policy's place in the graph: by parameter, the component that gives it."""
        self.node = node
        """The policy as Rasa's graph asks it, for every conversation."""
        self._policy = policy
        self._tracker, self._domain = needs["tracker"], needs["domain"]
        self._intents_after: dict[Optional[str], set[Optional[str]]] = defaultdict(set)
        for rule in policy.lookup[RULES]:
            last = json.loads(rule)[-1]
            action = last.get(PREVIOUS_ACTION) or {}
            name = action.get(ACTION_NAME) or action.get(ACTION_TEXT)
            self._intents_after[name].add(last.get(USER, {}).get(INTENT))

    def __call__(self, *inputs: tuple[str, Any]) -> tuple[str, PolicyPrediction]:
        """The policy's prediction, of what other components gave, by their names."""
        given = dict(inputs)
        tracker: DialogueStateTracker = given[self._tracker]
        domain: Domain = given[self._domain]
        if self._may_one_hold(tracker):
            asked: tuple[str, PolicyPrediction] = self.node(*inputs)
            return asked
        return type(self._policy).__name__, prediction_without_a_rule(self._policy, domain)

    def _may_one_hold(self, tracker: DialogueStateTracker) -> bool:
        intent = tracker.latest_message.intent_name if tracker.latest_message else None
        if tracker.active_loop_name is not None or intent in DEFAULT_ACTION_MAPPINGS:
            return True
        named = self._intents_after.get(tracker.latest_action_name)
        return named is not None and (intent in named or None in named)


__all__ = ["RulesThatMayHold"]
