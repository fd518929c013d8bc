"""The official channels: what a person gets when nothing else can be answered.

Needs no model, no tracker store and no action: only the compiled content, which is in memory.
"""

from __future__ import annotations

import logging
import secrets
import string
from typing import Optional, Sequence

from assistant.answers import Answer, Route, answer_text, current_content
from assistant.faults import place_of
from assistant.guidance import GENERAL, WELSH
from assistant.guidance.names import OFFICIAL_ROUTES
from assistant.turn.outcome import Outcome
from assistant.turn.readable import readable
from assistant.turn.replies import Button, Reply
from assistant.understanding.long_texts import LONGEST_READ
from assistant.understanding.urgency_patterns import match_patterns
from assistant.understanding.welsh import match_welsh

logger = logging.getLogger(__name__)

ALWAYS_URGENT = "Is anyone in danger now? Call 999."
"""Shown when even the content cannot be read."""

MOST_TOPICS_OFFERED = 3
"""Topics below an urgent reply."""


def urgent_reply(
    situation: str,
    confidence: float = 1.0,
    also_about: Sequence[str] = (),
    language: Optional[str] = None,
) -> Reply:
    """The urgent reply of a situation, from content in memory.

    Args:
        situation: the urgent id; one that the content no longer has gets the general reply.
        confidence: how sure the reading is.
        also_about: topics that the message is about as well, offered below.
        language: of the message.

    Raises:
        ContentError: there is no content.
    """
    content = current_content()
    answer = content.answer(situation, language=language) or content.answer(GENERAL)
    assert answer is not None, "loading refuses content without the general reply"
    offered = offered_below(answer, also_about)
    return Reply(
        kind="urgent",
        text=answer_text(answer),
        topic=answer.topic,
        confidence=confidence,
        answer=answer,
        shows_answer=True,
        buttons=tuple(Button(**content.choice(one, answer.language).dict()) for one in offered),
        contacts=tuple(route.id for route in answer.contacts),
        suggestions=offered,
        outcome=Outcome.URGENT,
    )


def offered_below(answer: Answer, also_about: Sequence[str]) -> tuple[str, ...]:
    """The topics to offer below an urgent reply: what the message is about, then its own."""
    known = [topic for topic in also_about if current_content().title(topic)]
    return tuple(dict.fromkeys([*known, *(topic.id for topic in answer.next)]))[
        :MOST_TOPICS_OFFERED
    ]


def first_lines() -> tuple[str, tuple[Route, ...]]:
    """What stands above every error: the first lines of the general urgent reply, its contacts.

    Never raises: nobody is sent away with an error alone.
    """
    try:
        answer = current_content().answer(GENERAL)
        assert answer is not None, "loading refuses content without the general reply"
        return answer.lead, answer.contacts
    except Exception as error:
        logger.error("No content: %s", place_of(error))
        return ALWAYS_URGENT, ()


def urgent_by_pattern(text: str) -> Optional[str]:
    """The situation that the patterns find in a message, if any; never raises."""
    try:
        content = current_content()
        text = readable(text[:LONGEST_READ])
        return match_patterns(text, content.patterns, content.pattern_forms)
    except Exception as error:
        logger.error("Patterns failed: %s", place_of(error))
        return None


def urgent_without_a_model(text: str) -> Optional[Reply]:
    """The urgent reply that the patterns of English or Welsh find for a message, if any.

    Raises:
        ContentError: there is no content.
    """
    situation = urgent_by_pattern(text)
    return urgent_reply(situation) if situation else urgent_in_welsh(text)


def urgent_in_welsh(text: str) -> Optional[Reply]:
    """The urgent reply that the patterns of Welsh find for a sentence of a text, if any.

    Raises:
        ContentError: there is no content.
    """
    try:
        situation = match_welsh(text, current_content().welsh["patterns"])
    except Exception as error:
        logger.error("Patterns failed: %s", place_of(error))
        return None
    return urgent_reply(situation, language=WELSH) if situation else None


def instead_of_an_answer(outcome: Outcome, incident: Optional[str] = None) -> Reply:
    """The official routes and why there is no answer; never raises.

    Args:
        outcome: what happened.
        incident: the reference of a fault in the log.
    """
    sentence = outcome.sentence or ""
    if incident:
        sentence = f"{sentence} (Reference for the log: {incident})"
    try:
        said = current_content().said(OFFICIAL_ROUTES)
    except Exception as error:
        logger.error("No content: %s", place_of(error))
        said = None
    # The routes first: nobody knows what the message was about.
    text = said.text if said else ALWAYS_URGENT
    return Reply(
        kind="suggest",
        text=f"{text}\n{sentence}".strip(),
        contacts=said.contacts if said else (),
        outcome=outcome,
    )


def log_fault(error: BaseException) -> str:
    """Log a fault and give its reference: letters only, or redaction would take it for a case.

    Its type and place are logged, never its message, which may hold what a person typed.
    """
    incident = "".join(secrets.choice(string.ascii_lowercase) for _ in range(8))
    logger.error("No answer, incident %s: %s", incident, place_of(error))
    return incident
