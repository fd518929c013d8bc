"""Rasa policy: an urgent message is answered first, also in the middle of a form.

Rasa's forms look at every message before any rule does, and ask the action server. This
policy needs neither, so that an urgent message breaks in with the action server down.
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

from assistant.guidance import response_name, topic_id_of

URGENT = "urgent."


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class UrgentFirst(Policy):
    """Predicts the reply to an urgent intent, then to listen; nothing else. Learns nothing."""

    @staticmethod
    def supported_data() -> SupportedData:
        """Rules and stories alike: it looks at neither."""
        return SupportedData.ML_AND_RULE_DATA

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration: before rules and forms."""
        return {"priority": RULE_POLICY_PRIORITY + 1}

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
    ) -> UrgentFirst:
        """Nothing was stored."""
        return cls(config, model_storage, resource, execution_context)

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[dict[str, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The urgent reply right after the message, listening right after the reply."""
        intent = tracker.latest_message.intent.get("name") if tracker.latest_message else None
        action = None
        if intent and intent.startswith(URGENT):
            reply = response_name(topic_id_of(intent))
            following = {ACTION_LISTEN_NAME: reply, reply: ACTION_LISTEN_NAME}
            action = following.get(tracker.latest_action_name)
        probabilities = [0.0] * domain.num_actions
        if action is not None:
            probabilities[domain.index_for_action(action)] = 1.0
        # Forms predict "without user"; only a prediction of that kind can overrule them.
        return self._prediction(probabilities, is_no_user_prediction=action is not None)
