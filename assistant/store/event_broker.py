"""An event broker behind which nothing identifies a person."""

from __future__ import annotations

from typing import Any

from rasa.core.brokers.broker import EventBroker

from assistant.privacy.redaction import Redactor
from assistant.store.events import redacted_event


class RedactingEventBroker(EventBroker):
    """Redacts every event before the broker ``inner`` gets it.

    The tracker store puts it round the configured broker, so that events are redacted whichever
    way they take: Rasa's wrapper round a tracker store publishes on its own when writing fails.
    """

    def __init__(self, inner: EventBroker, redactor: Redactor) -> None:
        """Take the broker that Rasa made from ``endpoints.yml``."""
        self.inner = inner
        self._redactor = redactor

    def publish(self, event: dict[str, Any]) -> None:
        """Redact an event and pass it on."""
        self.inner.publish(redacted_event(event, self._redactor))

    def is_ready(self) -> bool:
        """True if the inner broker is."""
        ready: bool = self.inner.is_ready()
        return ready

    async def close(self) -> None:
        """Close the inner broker."""
        await self.inner.close()
