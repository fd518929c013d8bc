"""Rasa policy: an intent with a response of its own name is answered by it; urgent ones first.

Topics, urgent situations and guided pages need no rule each: one look into a dictionary takes the
place of some two hundred rules. Rasa's forms look at every message before any rule does, and ask
the action server; an urgent message is answered before that, with the action server down.
"""

from __future__ import annotations

from typing import Any, Optional

from rasa.core.constants import RULE_POLICY_PRIORITY
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.guidance import is_urgent, response_name, topic_id_of


class _ResponsePolicy(Policy):
    """Predicts the response of the last message's intent, then to listen. Learns nothing."""

    @staticmethod
    def supported_data() -> SupportedData:
        """Rules and stories alike: it looks at neither."""
        return SupportedData.ML_AND_RULE_DATA

    def train(
        self,
        training_trackers: list[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        """Nothing is learned."""
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> _ResponsePolicy:
        """Nothing was stored."""
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[dict[str, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The response right after the message, listening right after the response."""
        intent = tracker.latest_message.intent.get("name") if tracker.latest_message else None
        action = None
        if intent and self._answers(intent, tracker):
            response = response_name(topic_id_of(intent))
            following = {ACTION_LISTEN_NAME: response, response: ACTION_LISTEN_NAME}
            action = following.get(tracker.latest_action_name or "")
        probabilities = [0.0] * domain.num_actions
        if action in domain.action_names_or_texts:
            probabilities[domain.index_for_action(action)] = 1.0
        # Forms predict "without user"; only a prediction of that kind can overrule them.
        return self._prediction(
            probabilities, is_no_user_prediction=intent is not None and is_urgent(intent)
        )

    def _answers(self, intent: str, tracker: DialogueStateTracker) -> bool:
        raise NotImplementedError


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class UrgentFirst(_ResponsePolicy):
    """The reply to an urgent intent, before rules and forms."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration: before rules and forms."""
        return {"priority": RULE_POLICY_PRIORITY + 1}

    def _answers(self, intent: str, tracker: DialogueStateTracker) -> bool:
        return is_urgent(intent)


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class AnswerPolicy(_ResponsePolicy):
    """The response of any other intent that has one of its own name, after rules and forms."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration: before Rasa's own fallback, after rules and forms."""
        return {"priority": RULE_POLICY_PRIORITY - 1}

    def _answers(self, intent: str, tracker: DialogueStateTracker) -> bool:
        return "." in intent and not is_urgent(intent)
