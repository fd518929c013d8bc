"""A reply, and how it is read out of what Rasa said in a turn.

A turn that has just been answered and one that lies in the tracker store are read by the
same function, so that history, retries and the live answer can never differ.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional, Sequence

from assistant.answers import Answer
from assistant.answers.guided import with_role
from assistant.guidance import NO_TOPIC, payload, response_name, topic_id_of
from assistant.importer import GUIDED_PAGE, ROLE, ROLE_FIRST, ROLE_SET

# An answer given with less confidence also offers what else may have been meant; on the
# development questions answers above it were right in 99 of 100, those just below in 9 of 10
# (docs/understanding.md).
SURE = 0.9
WORTH_OFFERING = 0.02
OTHERWISE = 2

CARRY_ON = "/guided_continue"


@dataclass(frozen=True)
class Button:
    """A choice offered with a reply: what it says and the payload that picks it."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One whole answer to one message.

    ``kind`` is answer, urgent, suggest, out-of-scope, smalltalk or guided; ``topic`` the topic
    or urgent id; ``answer`` the structured answer where the reply has one. ``failed`` marks the
    official routes given because no answer could be.
    """

    kind: str
    text: str
    topic: Optional[str] = None
    confidence: float = 0.0
    answer: Optional[Answer] = None
    buttons: tuple[Button, ...] = ()
    contacts: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    failed: bool = field(default=False, compare=False)

    def as_json(self, question: str) -> dict[str, Any]:
        """The reply as plain data, as ``notice ask --json`` prints it."""
        places = self.answer.places if self.answer else ()
        return {
            "question": question,
            "kind": self.kind,
            "topic": self.topic,
            "confidence": round(self.confidence, 4),
            "text": self.text,
            "citations": [
                {
                    "section": place.section,
                    "source": place.source,
                    "label": place.label,
                    "url": place.url,
                }
                for place in places
            ],
            "contacts": list(self.contacts),
            "suggestions": list(self.suggestions),
        }


@dataclass(frozen=True)
class Turn:
    """What a person said, with the channel's id of the message, and the reply it got.

    ``text`` is what the tracker store kept: redacted, if the store redacts.
    """

    text: str
    message_id: Optional[str]
    read: Callable[[], Reply] = field(repr=False)

    @functools.cached_property
    def reply(self) -> Reply:
        """Read when it is first asked for: of a long conversation few are."""
        return self.read()


Messages = Sequence[Mapping[str, Any]]
"""What Rasa said in a turn: ``text``, ``buttons`` and ``metadata`` of each message."""


class ReplyReader:
    """Reads replies. Needs the responses of the trained domain for the topics' titles."""

    def __init__(self, responses: Mapping[str, Any]) -> None:
        self._responses = responses
        self._roles = {
            variation["metadata"][ROLE]: Answer.parse_raw(variation["metadata"]["answer"])
            for variation in responses.get(ROLE_SET, ())
            if ROLE in variation["metadata"]
        }

    def read(
        self, messages: Messages, parsed: Mapping[str, Any], slots: Mapping[str, Any]
    ) -> Reply:
        """The reply that these messages are.

        Args:
            messages: at least one.
            parsed: Rasa's parse data of the person's message.
            slots: the values of the slots after the turn.
        """
        metadata = messages[-1].get("metadata") or {}
        kind = metadata.get("kind", "smalltalk")
        answer = Answer.parse_raw(metadata["answer"]) if "answer" in metadata else None
        if answer and metadata.get(ROLE_FIRST):
            answer = with_role(answer, self._roles.get(slots.get(ROLE) or ""))
        confidence = float((parsed.get("intent") or {}).get("confidence") or 0.0)
        offered = tuple(
            Button(button["title"], button["payload"])
            for message in messages
            for button in message.get("buttons") or ()
        )
        suggestions = tuple(metadata.get("suggestions", ()))
        if kind == "urgent":
            suggestions = tuple(topic_id_of(button.payload[1:]) for button in offered)
        elif kind == NO_TOPIC or (kind in ("answer", "guided") and confidence < SURE):
            suggestions = self._otherwise(parsed.get("intent_ranking") or [], metadata.get("topic"))
            offered += tuple(Button(self._title(one), payload(one)) for one in suggestions)
        if kind not in ("urgent", "guided"):
            offered += self._carry_on(slots.get(GUIDED_PAGE))
        contacts = [route.id for route in answer.contacts] if answer else None
        return Reply(
            kind=kind,
            text="\n".join(message["text"] for message in messages if message.get("text")),
            topic=metadata.get("topic"),
            confidence=confidence,
            answer=answer,
            buttons=tuple(dict.fromkeys(offered)),
            contacts=tuple(contacts or metadata.get("contacts", ())),
            suggestions=suggestions,
        )

    def turns(self, events: Iterable[Mapping[str, Any]]) -> Iterator[Turn]:
        """The turns that a tracker's events tell of, oldest first.

        Args:
            events: Rasa's events as dictionaries. A message that got no reply is left out.
        """
        said: Optional[Mapping[str, Any]] = None
        messages: list[Mapping[str, Any]] = []
        slots: dict[str, Any] = {}
        for event in (*events, {"event": "user"}):
            if event["event"] == "user":
                if said is not None and messages:
                    parsed = said.get("parse_data") or {}
                    read = functools.partial(self.read, messages, parsed, dict(slots))
                    yield Turn(said.get("text") or "", said.get("message_id"), read)
                said, messages = event, []
            elif event["event"] == "bot":
                messages.append(_message(event))
            elif event["event"] == "slot":
                slots[event["name"]] = event["value"]

    def _carry_on(self, page: Optional[str]) -> tuple[Button, ...]:
        """The way back into the guided conversation that was left open, if there is more of it."""
        if not page:
            return ()
        metadata = self._responses[response_name(page)][0]["metadata"]
        if not metadata["after"]:
            return ()
        return (Button(f"Carry on: {metadata['guide']}", CARRY_ON),)

    def _otherwise(
        self, ranking: Sequence[Mapping[str, Any]], answered: Optional[str]
    ) -> tuple[str, ...]:
        """Topics that an unsure reply may have missed, likeliest first."""
        topics = [
            topic_id_of(entry["name"])
            for entry in ranking
            if entry["confidence"] >= WORTH_OFFERING and self._title(topic_id_of(entry["name"]))
        ]
        return tuple(topic for topic in topics if topic != answered)[:OTHERWISE]

    def _title(self, topic_id: str) -> str:
        """The title of a topic; empty if it is none."""
        variations = self._responses.get(response_name(topic_id)) or [{}]
        metadata = variations[0].get("metadata") or {}
        return str(metadata["title"]) if metadata.get("kind") == "answer" else ""


def _message(event: Mapping[str, Any]) -> dict[str, Any]:
    """A bot event as the message that it was; Rasa keeps the metadata one level down."""
    return {
        "text": event.get("text"),
        "buttons": (event.get("data") or {}).get("buttons"),
        "metadata": (event.get("metadata") or {}).get("metadata"),
    }
