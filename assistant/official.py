"""The official channels: what a person gets when nothing else can be answered.

Needs no model, no tracker store and no action: only the compiled responses of the domain.
"""

from __future__ import annotations

import logging
import secrets
import string
from typing import Any, Mapping, Optional

from assistant.answers import Answer
from assistant.guidance import response_name
from assistant.importer import OFFICIAL_ROUTES
from assistant.nlu.urgency_patterns import UrgencyPatterns
from assistant.replies import Reply

logger = logging.getLogger(__name__)

LONGEST_MATCHED = 8000
"""Characters of a message that the urgent patterns look at: far more than may be sent."""

SORRY = "Sorry, something went wrong and I cannot answer that now."
CALL_999 = "If a child is in danger, call 999 now."
TURNED_OFF = "This assistant is turned off at the moment. Please use the contacts above."
RESTARTING = f"The assistant is restarting. Please try again in a minute. {CALL_999}"


class OfficialChannels:
    """Urgent replies by pattern, and the official routes."""

    def __init__(self, responses: Mapping[str, Any]) -> None:
        """Take the responses of a domain that :mod:`assistant.importer` compiled."""
        self._responses = responses
        self._routes = responses[OFFICIAL_ROUTES][0]
        self._patterns = UrgencyPatterns(self._routes["metadata"]["patterns"])

    def is_urgent(self, text: str) -> bool:
        """Whether the patterns say that a message is urgent; never raises."""
        return self._urgent(text) is not None

    def reply(self, text: str, apology: str) -> Reply:
        """The urgent reply if the patterns say so, otherwise the routes; never raises.

        Args:
            text: what the person typed.
            apology: why there is no answer, in a sentence; it comes after the routes.
        """
        urgent = self._urgent(text)
        if urgent:
            response = self._responses[response_name(urgent)][0]
            answer = Answer.parse_raw(response["metadata"]["answer"])
            return Reply(
                kind="urgent",
                text=response["text"],
                topic=urgent,
                confidence=1.0,
                answer=answer,
                contacts=tuple(route.id for route in answer.contacts),
                failed=True,
            )
        # The routes first: nobody knows what the message was about.
        return Reply(
            kind="suggest",
            text=f"{self._routes['text']}\n{apology}",
            contacts=tuple(self._routes["metadata"]["contacts"]),
            failed=True,
        )

    def _urgent(self, text: str) -> Optional[str]:
        """The situation that the patterns find, if any."""
        try:
            return self._patterns.match(text[:LONGEST_MATCHED])
        except Exception as error:
            logger.error("Patterns failed: %s", type(error).__name__)
            return None


def apology_for(error: BaseException) -> str:
    """Log a failure and give the sentence that names it to the person.

    The type of the error only is logged: its message may hold what the person typed.
    """
    # Letters only: redaction would take digits for a case reference.
    incident = "".join(secrets.choice(string.ascii_lowercase) for _ in range(8))
    logger.error("No answer, incident %s: %s", incident, type(error).__name__)
    return f"{SORRY} (Reference for the log: {incident})"
