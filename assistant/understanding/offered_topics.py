"""Which topics a reply offers besides what it says: what the message may be about as well.

Needs no Rasa. One rule for every reply: what is likely enough, and would not harm who is typing
(``data/urgency/harm.yml``). docs/understanding.md says how the numbers were chosen.
"""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Sequence

from assistant.answers import Content
from assistant.guidance import is_urgent, topic_id_of
from assistant.guidance.names import (
    ASK_FOLLOW_UP,
    FALLBACK,
    LANGUAGE,
    NOBODY,
    NOT_UNDERSTOOD,
    OTHER_LANGUAGE,
    VOICE,
    is_out_of_scope,
)
from assistant.understanding.readers import VoiceProbabilities, harmed

CONFIDENT = 0.9
"""An answer given with less confidence also offers what else may have been meant."""

LEAST_CONFIDENCE = 0.02
"""What a topic needs to be offered below an answer."""

LEAST_SHARE = 0.1
"""What a topic needs, of the probability of all topics, where something else is likelier than all
of them: an urgent reply is given, say, or the words that a message is out of scope."""

MAY_SAY_NOTHING = (FALLBACK, NOT_UNDERSTOOD, OTHER_LANGUAGE, ASK_FOLLOW_UP)
"""Intents whose replies may have no answer in them, as those to what is out of scope have none."""

MOST_OFFERED = 3
MOST_BELOW_URGENT = 2
"""Fewer: an urgent reply has topics of its own, and one of these stays."""

RISK_OF_HARM = 0.1
"""Probability of the readers whom a topic harms, from which on it is not offered: smaller than
where an answer must be found, since nobody misses what is left out here."""

PLAINLY_NOBODYS = 0.7
"""Probability of the voice of everyday life from which on a message that is out of scope is left
so: topics on abuse would only puzzle."""


def offered_topics(parsed: Mapping[str, Any], content: Content) -> tuple[str, ...]:
    """The topics that the reply to a message offers, likeliest first.

    Args:
        parsed: Rasa's parse data of the message, as it is to be answered.
        content: the compiled content.
    """
    intent = parsed.get("intent") or {}
    name, confidence = intent.get("name") or "", float(intent.get("confidence") or 0.0)
    # The voices are learned in English: of another language they tell nothing.
    voices = {} if parsed.get(LANGUAGE) else parsed.get(VOICE) or {}
    ranking = parsed.get("intent_ranking") or ()
    likely = list(_harmless(ranking, topic_id_of(name), voices, content))
    if is_urgent(name):
        return _clear(likely)[:MOST_BELOW_URGENT]
    says_nothing = is_out_of_scope(name) or name in MAY_SAY_NOTHING
    if confidence >= CONFIDENT and not says_nothing:
        return ()
    offered = tuple(topic for topic, share in likely if share >= LEAST_CONFIDENCE)
    if not offered and says_nothing and voices.get(NOBODY, 0.0) < PLAINLY_NOBODYS:
        offered = _clear(likely)
    return offered[:MOST_OFFERED]


def _harmless(
    ranking: Sequence[Mapping[str, Any]],
    answered: str,
    voices: VoiceProbabilities,
    content: Content,
) -> Iterator[tuple[str, float]]:
    """The topics of a ranking but for the one answered, with their probability."""
    for entry in ranking:
        topic = topic_id_of(entry["name"])
        if topic == answered or topic not in content.titles:
            continue
        if harmed(topic, voices, content.harm) < RISK_OF_HARM:
            yield topic, float(entry["confidence"])


def _clear(likely: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    total = sum(share for _, share in likely)
    return tuple(topic for topic, share in likely if share >= LEAST_SHARE * total > 0)


__all__ = ["offered_topics"]
