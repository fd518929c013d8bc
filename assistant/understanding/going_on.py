"""A message read in the light of what was said before in its conversation. Needs no Rasa.

"im 12", "i cant ring", "will he go to prison", "what if I don't" say little by themselves. They are
turned away as out of scope, or taken for the words of another reader. Three things are known of
what came before: the urgent reply that was given, who is typing, and whether anything was answered.

- After an urgent reply to a child or a survivor, what would be turned away gets a reply that goes
  on from it (``after:`` in ``data/urgency/replies``).
- A few words are no proof that somebody else is typing: an urgent reply to another reader than the
  one heard so far gives way to one that is right for both.
- A few words after an answer are not turned away: topics are offered.

In Welsh the first alone: nothing tells there who is typing.

Nothing becomes less urgent by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

from assistant.answers import Content
from assistant.guidance import GENERAL, WELSH, intent_name, is_urgent, topic_id_of
from assistant.guidance.names import (
    FALLBACK,
    LANGUAGE,
    NOBODY,
    NOT_UNDERSTOOD,
    OTHER_LANGUAGE,
    ROLE,
    VOICE,
    YOUNG_AGE_TOLD,
    is_out_of_scope,
)
from assistant.understanding.readers import (
    CLEAR_VOICE,
    MAX_HARM,
    OWN_REPLY,
    VoiceProbabilities,
    harmed,
    own_reply,
)
from assistant.understanding.urgency_patterns import match_patterns

LONGEST_FOLLOW_UP = 25
"""Words up to which a message can go on from an urgent reply; a longer one says enough itself."""

FEW_WORDS = 12
"""Words up to which a message says too little to show that somebody else is typing now."""

FEWEST_TO_BE_HEARD, HEARD = 6, 0.7
"""Words and probability from which on a message shows who is typing."""

FEWEST_TO_BE_ANOTHER, ANOTHER_HEARD = 10, 0.8
"""The same for somebody else than was heard before: children's words are repeated by others."""

CLEAR_TOPIC = 0.6
"""Confidence from which on a question is answered by its topic, after an urgent reply too."""

PLAIN_SITUATION = 0.6
"""The same for an urgent situation of its own, that is right for the same reader."""

OUT_OF_SCOPE_AFTER_AN_ANSWER = 0.1
"""How much of its probability what is out of scope keeps in a few words after an answer."""

CLEAR_AFTER_AN_ANSWER = 0.6
"""Share of the likeliest topic of all from which on a few words after an answer ask for it."""

PLAINLY_NOT_OURS = 0.95
"""Confidence from which on a few words are out of scope after an answer, too."""

PLAIN_TOPIC = 0.9
"""Confidence from which on a topic is answered although words of a follow-up were met, unless it
is the reader of the urgent reply who is heard in them."""

ADULT = 18
OLDEST = 110
LONGEST_AGE = 100
"""Characters of a message that says an age and nothing else: no longer one is looked through."""

_CHILD, _SURVIVOR = OWN_REPLY["child"], OWN_REPLY["adult-survivor"]
_NUMBERS = "six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_IN_WORDS = {word: age for age, word in enumerate(_NUMBERS.split(), start=6)}
_AGE = re.compile(
    r"^(?:(?:hi|hello|and|so|well|also|btw|ok|yes|no|sorry)\b[ ,.]*)*"
    r"(?:(?:i ?['’]? ?a?m|my age is|i just turned|i turned|age)\b[ :]*)?"
    r"(?:(?:only|just|nearly|almost|still)\b *)*"
    rf"(?P<age>\d{{1,3}}|{'|'.join(_IN_WORDS)})"
    r"(?: *(?:years? old|yrs? old|years?|yrs?|yo|y/o))?"
    r"(?:[ ,]*(?:now|btw|by the way|if (?:that|it) helps|today))?[ .!]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heard:
    """What is known of a conversation before a message.

    Attributes:
        told: the urgent id of the last urgent reply, if there was one; a child's or a survivor's
            own where theirs is the voice that got it.
        voice: who is typing, where that was clear.
        answered: whether the last reply was an answer or an urgent one; topics offered since, or a
            role noted, leave it so.
        in_welsh: whether the last message was in Welsh.
    """

    told: Optional[str] = None
    voice: Optional[str] = None
    answered: bool = False
    in_welsh: bool = False


def hear(
    before: Heard,
    text: str,
    parsed: Optional[Mapping[str, Any]],
    kind: str,
    topic: Optional[str],
    content: Content,
) -> Heard:
    """What is known of a conversation after one more message and its reply.

    Args:
        before: what was known before.
        text: the message.
        parsed: Rasa's parse data of it, if the model could be asked.
        kind: of the reply.
        topic: the topic or urgent id of the reply.
        content: the compiled content.
    """
    language = (parsed or {}).get(LANGUAGE)
    # The voices are learned in English: of another language they tell nothing.
    voices = {} if language is not None else (parsed or {}).get(VOICE) or {}
    voice = _voice(before.voice, text, parsed or {}, voices)
    told = before.told
    if kind == "urgent":
        told = _told(before.told, voice, topic, voices, content)
    goes_on = kind in ("suggest", "guided") and before.answered
    answered = kind in ("answer", "urgent") or goes_on
    return Heard(told, voice, answered, in_welsh=language == WELSH)


def intent_in_context(
    heard: Heard, text: str, parsed: Mapping[str, Any], content: Content
) -> Optional[str]:
    """The intent that a message has in the light of what was said before.

    Args:
        heard: what is known of the conversation.
        text: the message.
        parsed: Rasa's parse data of it, in English or Welsh.
        content: the compiled content.

    Returns:
        An urgent intent, a topic's, :data:`FALLBACK` for topics to choose from, or
        :data:`YOUNG_AGE_TOLD`; None where the message is what it is by itself.
    """
    if parsed.get(LANGUAGE) is not None:
        in_welsh = _going_on_in_welsh(heard, text, parsed, content)
        return intent_name(in_welsh) if in_welsh else None
    reply = _going_on(heard, text, parsed, content) or _for_both_readers(
        heard, text, parsed, content
    )
    if reply is not None:
        return intent_name(reply)
    age = age_told(text)
    if heard == Heard() and age is not None and age < ADULT:
        return YOUNG_AGE_TOLD
    if heard.answered and _turns_away_a_few_words(text, parsed):
        return _topic_after_an_answer(heard, parsed, content) or FALLBACK
    return None


def age_told(text: str) -> Optional[int]:
    """The age of a message that says its writer's age and nothing else ("im 12"), or None."""
    found = _AGE.match(text.strip()) if len(text) <= LONGEST_AGE else None
    if found is None:
        return None
    age = found["age"].lower()
    years = _IN_WORDS.get(age) or int(age)
    return years if years <= OLDEST else None


def _voice(
    before: Optional[str], text: str, parsed: Mapping[str, Any], voices: VoiceProbabilities
) -> Optional[str]:
    """Who is typing, as far as messages have shown it."""
    if any(one.get("entity") == ROLE for one in parsed.get("entities") or ()):
        return "practitioner"
    age = age_told(text)
    if before is None and age is not None and age < ADULT:
        return "child"
    voice, share = max(voices.items(), key=lambda item: item[1], default=(NOBODY, 0.0))
    fewest, least = (FEWEST_TO_BE_HEARD, HEARD)
    if before not in (None, voice):
        fewest, least = (FEWEST_TO_BE_ANOTHER, ANOTHER_HEARD)
    clear = share >= least and len(text.split()) >= fewest and voice != NOBODY
    return voice if clear else before


def _told(
    before: Optional[str],
    voice: Optional[str],
    topic: Optional[str],
    voices: VoiceProbabilities,
    content: Content,
) -> Optional[str]:
    """What the next message goes on from: a clear child's or survivor's own reply before others."""
    followed = {*content.follow_ups, *content.goes_on_from}
    if topic in followed:
        return topic
    own = OWN_REPLY.get(voice) if voice else own_reply(voices)
    return own or (before if before in followed else topic)


def _going_on(
    heard: Heard, text: str, parsed: Mapping[str, Any], content: Content
) -> Optional[str]:
    """The reply that goes on from the last urgent one."""
    if heard.told is None:
        return None
    first = content.goes_on_from.get(heard.told, heard.told)
    readers = content.written_for.get(first, ())
    age = age_told(text)
    if age is not None:
        return _after_an_age(age, first, heard.voice, content)
    replies = _replies_after(first, heard, text, LONGEST_FOLLOW_UP, content)
    if not replies:
        return None
    matched = match_patterns(text, content.follow_up_patterns, content.follow_up_forms)
    matched = matched if matched in replies else None
    if heard.voice is None and _is_anothers_own(parsed, first):
        return None
    enough = _is_plainly_urgent if matched else _says_enough
    if enough(text, parsed, readers, content):
        return None
    if matched and _asks_for_a_topic(parsed, readers, content):
        return None
    reply = matched or replies[-1]
    return None if harmed(reply, parsed.get(VOICE) or {}, content.harm) >= MAX_HARM else reply


def _replies_after(
    first: str, heard: Heard, text: str, longest: int, content: Content
) -> Sequence[str]:
    """The replies that go on from a first one; none after more words, or to another reader."""
    right_reader = heard.voice in (None, *content.written_for.get(first, ()))
    few_words = len(text.split()) <= longest
    return content.follow_ups.get(first, ()) if right_reader and few_words else ()


def _going_on_in_welsh(
    heard: Heard, text: str, parsed: Mapping[str, Any], content: Content
) -> Optional[str]:
    """The reply that goes on from the last urgent one, where a few words say nothing of their own
    that is right for the same reader."""
    if heard.told is None:
        return None
    first = content.goes_on_from.get(heard.told, heard.told)
    replies = _replies_after(first, heard, text, FEW_WORDS, content)
    if not replies:
        return None
    intent = parsed["intent"]["name"]
    situation = topic_id_of(intent) if is_urgent(intent) else None
    if situation is None:
        return replies[-1] if intent == OTHER_LANGUAGE else None
    readers = content.written_for
    same_reader = set(readers.get(first, ())) & set(readers.get(situation, ()))
    return None if same_reader and situation not in (GENERAL, first) else replies[-1]


def _asks_for_a_topic(parsed: Mapping[str, Any], readers: Sequence[str], content: Content) -> bool:
    """Whether a message asks for a topic, plainly, and not in the reader's own voice."""
    intent, voices = parsed["intent"], parsed.get(VOICE) or {}
    if topic_id_of(intent["name"]) not in content.titles or intent["confidence"] < PLAIN_TOPIC:
        return False
    return bool(sum(voices.get(one, 0.0) for one in readers) < CLEAR_VOICE)


def _is_anothers_own(parsed: Mapping[str, Any], first: str) -> bool:
    """Whether a message is read as a child's in place of a survivor's, or the other way round."""
    reply = topic_id_of(parsed["intent"]["name"])
    return reply in OWN_REPLY.values() and reply != first


def _after_an_age(age: int, first: str, voice: Optional[str], content: Content) -> str:
    own = _CHILD if age < ADULT else _SURVIVOR
    if first == own:
        return content.follow_ups.get(own, (own,))[-1]
    if first in OWN_REPLY.values() or voice in OWN_REPLY:
        return own
    # Of who is known to be neither hurt nor a child, an age changes nothing; a child is told of
    # Childline, whoever they fear to be.
    return own if first == GENERAL and age < ADULT and voice is None else GENERAL


def _for_both_readers(
    heard: Heard, text: str, parsed: Mapping[str, Any], content: Content
) -> Optional[str]:
    """The urgent reply in place of one that harms the reader who was heard so far."""
    intent = parsed["intent"]["name"]
    if heard.voice is None or not is_urgent(intent) or len(text.split()) > FEW_WORDS:
        return None
    reply = topic_id_of(intent)
    return OWN_REPLY.get(heard.voice, GENERAL) if _harms(reply, heard.voice, content) else None


def _harms(reply: str, voice: str, content: Content) -> bool:
    return reply in content.harm.get(voice, ()) or reply in content.harm_low.get(voice, ())


def _topic_after_an_answer(
    heard: Heard, parsed: Mapping[str, Any], content: Content
) -> Optional[str]:
    """The intent of the topic that a few words after an answer ask for, where one is clear."""
    ranking = [(one["name"], one["confidence"]) for one in parsed.get("intent_ranking") or ()]
    topics = [one for one in ranking if topic_id_of(one[0]) in content.titles]
    turned_away = sum(share for name, share in ranking if is_out_of_scope(name))
    if not topics:
        return None
    intent, share = topics[0]
    whole = sum(one for _, one in topics) + OUT_OF_SCOPE_AFTER_AN_ANSWER * turned_away
    if heard.voice is not None and _harms(topic_id_of(intent), heard.voice, content):
        return None
    return intent if share >= CLEAR_AFTER_AN_ANSWER * whole else None


def _turns_away_a_few_words(text: str, parsed: Mapping[str, Any]) -> bool:
    intent, words = parsed["intent"], len(text.split())
    if intent["name"] == NOT_UNDERSTOOD:
        return words > 1
    if not is_out_of_scope(intent["name"]):
        return False
    return words <= FEW_WORDS and intent["confidence"] < PLAINLY_NOT_OURS


def _says_enough(
    text: str, parsed: Mapping[str, Any], readers: Sequence[str], content: Content
) -> bool:
    """Whether a message has an answer of its own that is right for the reader."""
    intent = parsed["intent"]["name"]
    if is_urgent(intent):
        return _is_plainly_urgent(text, parsed, readers, content)
    if is_out_of_scope(intent) or intent in (NOT_UNDERSTOOD, FALLBACK):
        return False
    topic = topic_id_of(intent)
    if topic not in content.titles:
        return True  # thanks, a guided conversation, "who reads this?"
    clear = bool(parsed["intent"]["confidence"] >= CLEAR_TOPIC)
    return clear and not any(_harms(topic, one, content) for one in readers)


def _is_plainly_urgent(
    text: str, parsed: Mapping[str, Any], readers: Sequence[str], content: Content
) -> bool:
    """Whether a message tells plainly of another situation, whose reply is right for the reader."""
    intent = parsed["intent"]["name"]
    if not is_urgent(intent):
        return False
    situation = topic_id_of(intent)
    if situation == GENERAL or situation in OWN_REPLY.values():
        return False
    if not set(readers) & set(content.written_for.get(situation, ())):
        return False
    certainty = (parsed.get("urgency") or {}).get("certainty") or 0.0
    by_words = match_patterns(text, content.patterns, content.pattern_forms)
    return bool(certainty >= PLAIN_SITUATION) or by_words is not None


__all__ = ["Heard", "age_told", "hear", "intent_in_context"]
