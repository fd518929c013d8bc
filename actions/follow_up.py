"""Short follow-ups: "and for a disabled child?" after an answer on talking."""

from __future__ import annotations

from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.last_answer import utter_answer
from actions.reading import last_answer, topics_by_intent
from actions.suggest_topics import suggest
from assistant.answers import Answer, current_content
from assistant.answers.kept import ANSWER, NATION_ASKED
from assistant.answers.nation_asked import nation_named
from assistant.guidance import Nation, intent_name, response_name, topic_id_of
from assistant.guidance.names import NATION, ROLE

# How much likelier a topic becomes by being close to what was just answered. A fragment
# such as "and in Wales?" names a subject and leaves the rest to what was said before.
NEXT_OF_LAST = 100.0
SAME_THEME = 50.0

WORDS_BESIDE_A_NATION = 5
"""Words that "and what about Wales?" has at most, the nation's name among them."""


class ActionFollowUp(Action):
    """Answers with the likeliest topic close to the last one, or the last one of another nation."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_follow_up"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter the topic's response; without an answer before it, suggest topics."""
        last = last_answer(tracker)
        said = tracker.latest_message.get("text") or ""
        if last is not None and (nation := nation_asked_for(said)):
            role = tracker.get_slot(ROLE) or None
            answer = current_content().answer(last.topic, role, nation)
            # Only where the nation's own rules are in it; else it is asked for what is there.
            if answer is not None and any(one.territory == nation for one in answer.points):
                named = {NATION: nation, NATION_ASKED: nation}
                kept = {ANSWER: answer.topic, **named, **({ROLE: role} if role else {})}
                utter_answer(dispatcher, answer, kept)
                return []
        ranking = tracker.latest_message.get("intent_ranking") or []
        intent = follow_up_intent(last, ranking, set(topics_by_intent()))
        if intent is None:
            suggest(dispatcher, tracker)
        else:
            dispatcher.utter_message(response=response_name(topic_id_of(intent)))
        return []


def nation_asked_for(text: str) -> Optional[Nation]:
    """The nation that a fragment names and little else ("and in Wales?"), or None."""
    return nation_named(text) if len(text.split()) <= WORDS_BESIDE_A_NATION else None


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
