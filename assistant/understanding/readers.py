"""Which reply is safe for whoever is typing. Needs no Rasa.

What has happened (the situation or topic) and who says it (the voice) are told apart. A reply that
is written for one voice is given only when that voice is clear; a reply that does harm to a reader
who may be typing is replaced. Invariant 3 of the design; the lists are content
(``data/urgency/replies``, ``data/urgency/harm.yml``).
"""

from __future__ import annotations

from typing import Iterable, Mapping, Optional, Sequence

from assistant.guidance import GENERAL, NO_TOPIC, is_urgent, topic_id_of
from assistant.guidance.names import OUT_OF_SCOPE

VoiceProbabilities = Mapping[str, float]

CLEAR_VOICE = 0.5
"""Probability that the readers a reply is written for must have together to be given it."""

MAX_HARM = 0.5
"""Probability of the readers whom a reply harms, from which on it is replaced."""

CLEARER_VOICE = {"urgent/risk-from-self": 0.9, "urgent/child-user": 0.7}
"""As :data:`CLEAR_VOICE`, for the two replies that are the worst to get wrong: to somebody who
may harm, and to a child."""

RISK_FROM_SELF = "urgent/risk-from-self"

PLAIN_CONFESSION = 0.5
"""Probability of the situation itself that the reply to somebody who may harm needs besides the
clear voice: it is given only where a message plainly speaks of what its writer might do or has
done. Every other message gets the general reply, which names the same helpline."""

OWN_REPLY = {
    "child": "urgent/child-user",
    "adult-survivor": "urgent/adult-survivor-in-crisis",
}
"""The urgent reply that is right for a voice whatever has happened."""


def safe_urgent(
    situation: str,
    voices: VoiceProbabilities,
    written_for: Mapping[str, Sequence[str]],
    harm: Mapping[str, Sequence[str]],
    certainty: float = 0.0,
) -> str:
    """The urgent reply to give where a situation was recognised.

    Args:
        situation: the urgent id.
        voices: how likely each voice is.
        written_for: by urgent id, the voices that it may be given to.
        harm: by voice, the replies that must not be given to it.
        certainty: how likely it is that the message is urgent and tells of this very situation.
    """
    for candidate in (situation, own_reply(voices)):
        if candidate is None or candidate == GENERAL:
            continue
        if candidate == RISK_FROM_SELF and certainty < PLAIN_CONFESSION:
            continue
        needed = CLEARER_VOICE.get(candidate, CLEAR_VOICE)
        fitting = sum(voices.get(voice, 0.0) for voice in written_for.get(candidate, ()))
        if fitting >= needed and harmed(candidate, voices, harm) < MAX_HARM:
            return candidate
    return GENERAL


def safe_topic(
    ranking: Iterable[str],
    voices: VoiceProbabilities,
    harm: Mapping[str, Sequence[str]],
    everyday: bool = False,
    ruled_out: bool = False,
) -> Optional[str]:
    """The intent to answer where nothing urgent was recognised.

    Args:
        ranking: intents, likeliest first; after the first, those of topics alone.
        voices: how likely each voice is.
        harm: by voice, the replies that must not be given to it.
        everyday: the message is plainly of everyday life. Children send such too: who writes for
            school about a stepfather and chips is not to be told that it is not their fault.
        ruled_out: the learned readings of urgency leave no doubt that nothing is urgent.

    Returns:
        The likeliest intent, unless its reply harms who is likely typing; then the urgent reply
        of that voice, as an urgent id. Where urgency is ruled out, only a child gets that, and
        others the likeliest topic that does no harm. None if the ranking is empty.
    """
    intents = list(ranking)
    first = intents[0] if intents else None
    if first is None or is_urgent(first) or (everyday and first == OUT_OF_SCOPE):
        return first
    harmless = [one for one in intents if harmed(reply_of(one), voices, harm) < MAX_HARM]
    own = own_reply(voices)
    if first in harmless:
        return first
    if not ruled_out or own == OWN_REPLY["child"] or not harmless:
        return own or GENERAL
    return harmless[0]


def harmed(reply: str, voices: VoiceProbabilities, harm: Mapping[str, Sequence[str]]) -> float:
    """How likely it is that a reply harms its reader."""
    return sum(share for voice, share in voices.items() if reply in harm.get(voice, ()))


def reply_of(intent: str) -> str:
    """The id of the reply to an intent, as the lists of harm name it."""
    return NO_TOPIC if intent == OUT_OF_SCOPE else topic_id_of(intent)


def own_reply(voices: VoiceProbabilities) -> Optional[str]:
    """The urgent reply that is right for a clear voice whatever has happened, or None."""
    voice, share = max(voices.items(), key=lambda item: item[1], default=("", 0.0))
    reply = OWN_REPLY.get(voice)
    needed = CLEARER_VOICE.get(reply or "", CLEAR_VOICE)
    return reply if share >= needed else None
