"""Short follow-ups: "and for a disabled child?" after an answer on talking."""

from __future__ import annotations

from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.reading import last_answer, topics_by_intent
from actions.suggest_topics import suggest
from assistant.answers import Answer
from assistant.guidance import intent_name, response_name, topic_id_of

# How much likelier a topic becomes by being close to what was just answered. A fragment
# such as "and in Wales?" names a subject and leaves the rest to what was said before.
NEXT_OF_LAST = 100.0
SAME_THEME = 50.0


class ActionFollowUp(Action):
    """Answers with the likeliest topic close to the last one."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_follow_up"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the topic's response; without an answer before it, suggest topics."""
        last = last_answer(tracker)
        ranking = tracker.latest_message.get("intent_ranking") or []
        intent = follow_up_intent(last, ranking, set(topics_by_intent()))
        if intent is None:
            suggest(dispatcher, tracker)
        else:
            dispatcher.utter_message(response=response_name(topic_id_of(intent)))
        return []


def follow_up_intent(
    last: Optional[Answer], ranking: list[dict[str, Any]], topics: set[str]
) -> Optional[str]:
    """The intent that a fragment means after the last answer.

    Args:
        last: the last answer, or None.
        ranking: Rasa's intent ranking of the fragment: ``name`` and ``confidence``.
        topics: the intents that are topics.

    Returns:
        The likeliest topic, weighed by its closeness to the last one, or None if there
        was no answer before or no topic is in the ranking.
    """
    if last is None:
        return None
    theme = f"{last.topic.partition('/')[0]}."
    close = {intent_name(topic.id) for topic in last.next}

    def weight(intent: str) -> float:
        if intent in close:
            return NEXT_OF_LAST
        return SAME_THEME if intent.startswith(theme) else 1.0

    candidates = {
        entry["name"]: entry["confidence"] * weight(entry["name"])
        for entry in ranking
        if entry["name"] in topics and entry["name"] != intent_name(last.topic)
    }
    return max(candidates, key=candidates.__getitem__) if candidates else None
