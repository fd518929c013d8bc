"""Rasa component: where somebody is pointed whose message is out of scope.

Family life, the care of an adult, money and the law, what the writer feels: each has a reply of its
own that says who can help (``out_of_scope.<signpost>`` in ``domain.yml``). It comes after
:mod:`assistant.understanding.safe_reply`, so it only ever makes a refusal kinder: nothing is out of
scope because of it. Where the kind is in doubt, the plain refusal stays.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.guidance.names import OUT_OF_SCOPE, SIGNPOST, signpost_intent
from assistant.understanding.classifying import ClassifyingComponent

CLEAR_SIGNPOST = 0.5
"""Probability from which on a signpost is given; below it the plain refusal."""

NO_SIGNPOST = "anything-else"
"""The signpost of examples that need none: the plain refusal is right for them."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SignpostFinder(ClassifyingComponent):
    """Puts ``out_of_scope.<signpost>`` in the place of ``out_of_scope``."""

    def learn(self, training_data: TrainingData) -> None:
        """Learn from the examples out of scope that have a signpost."""
        messages = [m for m in training_data.training_examples if m.get(SIGNPOST)]
        self.fit(messages, [message.get(SIGNPOST) for message in messages])

    def process(self, messages: list[Message]) -> list[Message]:
        """Name the signpost of each message that is out of scope; leave others alone."""
        for message in messages:
            intent = message.get(INTENT) or {}
            if message.get(TEXT) and intent.get("name") == OUT_OF_SCOPE:
                self._point(message)
        return messages

    def _point(self, message: Message) -> None:
        shares = self.shares(message)
        if not shares:
            return
        message.set(SIGNPOST, shares, add_to_output=True)
        likeliest = max(shares, key=lambda label: shares[label])
        if likeliest == NO_SIGNPOST or shares[likeliest] < CLEAR_SIGNPOST:
            return
        _, *others = message.get(INTENT_RANKING_KEY)
        pointed = {**message.get(INTENT), "name": signpost_intent(likeliest)}
        message.set(INTENT, pointed, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [pointed, *others], add_to_output=True)
