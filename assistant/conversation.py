"""One conversation with the assistant: text in, one complete reply out, always.

:class:`Assistant` runs a trained model with its rules and, in this process, its actions.
Whatever breaks inside, the person gets the official channels: first the urgent reply if
the patterns say so, otherwise the routes with a plain apology.
"""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from assistant.answers import Answer
from assistant.guidance import NO_TOPIC, topic_id_of
from assistant.importer import OFFICIAL_ROUTES, payload, response_name
from assistant.logs import keep_messages_out_of_logs
from assistant.nlu.urgency_patterns import UrgencyPatterns
from assistant.without_tensorflow import refuse_tensorflow_components

logger = logging.getLogger(__name__)

CHANNEL = "notice"
REPLY_WITHIN = 10.0  # seconds; then the person gets the official channels instead
LONGEST_MESSAGE = 2000  # characters

# An answer given with less confidence also offers what else may have been meant; on the
# development questions answers above it were right in 98 of 100 (docs/understanding.md).
SURE = 0.7
WORTH_OFFERING = 0.02
OTHERWISE = 2

SORRY = "Sorry, something went wrong and I cannot answer that now."
TOO_LONG = (
    f"That message is longer than {LONGEST_MESSAGE:,} characters. "
    "Please ask the question on its own, without the case notes."
)
NOTHING_SAID = "Please type a question."


@dataclass(frozen=True)
class Button:
    """A choice offered with a reply: what it says and the payload that picks it."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One whole answer to one message.

    ``kind`` is answer, urgent, suggest, out-of-scope or smalltalk; ``topic`` the topic or
    urgent id; ``answer`` the structured answer where the reply has one.
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


class Assistant:
    """A loaded model. Make one with :meth:`load`."""

    def __init__(self, agent: Agent, store: InMemoryTrackerStore) -> None:
        self._agent = agent
        self._store = store  # the agent has it wrapped
        self._issued: dict[str, set[str]] = {}
        responses = agent.domain.responses
        self._routes = responses[OFFICIAL_ROUTES][0]
        self._responses = responses
        self._patterns = UrgencyPatterns(self._routes["metadata"]["patterns"])

    @classmethod
    def load(cls, model: Path, actions: Optional[EndpointConfig] = None) -> Assistant:
        """Load a model archive.

        Args:
            model: a ``.tar.gz`` that ``notice train`` or ``rasa train`` made.
            actions: where custom actions run; by default in this process.

        Raises:
            TensorFlowNeededError: the model has a component that this process cannot run.
            rasa.exceptions.ModelNotFound, EncoderError: the archive cannot be used.
        """
        keep_messages_out_of_logs()
        store = InMemoryTrackerStore(None)
        agent = Agent.load(
            model_path=str(model),
            tracker_store=store,
            lock_store=InMemoryLockStore(),
            action_endpoint=actions or InProcessActions(),
        )
        nodes = agent.processor.model_metadata.predict_schema.nodes.values()
        refuse_tensorflow_components(node.uses.__name__ for node in nodes)
        return cls(agent, store)

    async def reply(self, text: str, conversation: str) -> Reply:
        """Answer one message; never raises, never stays silent.

        Args:
            text: what the person typed, or the payload of a button of an earlier reply.
            conversation: id of the conversation; replies depend on what came before in it.
        """
        text = self._allowed(text, conversation)
        if not text:
            return Reply(kind="smalltalk", text=NOTHING_SAID)
        if len(text) > LONGEST_MESSAGE:
            return self._without_model(text, TOO_LONG)
        try:
            reply = await asyncio.wait_for(self._turn(text, conversation), REPLY_WITHIN)
        except Exception as error:
            incident = uuid.uuid4().hex[:8]
            # The type only: the message of an exception may hold what the person typed.
            logger.error("No answer, incident %s: %s", incident, type(error).__name__)
            return self._without_model(text, f"{SORRY} (Reference for the log: {incident})")
        self._issued.setdefault(conversation, set()).update(b.payload for b in reply.buttons)
        return reply

    async def forget(self, conversation: str) -> None:
        """Drop a conversation and all that was kept of it."""
        self._issued.pop(conversation, None)
        self._store.store.pop(conversation, None)

    def _allowed(self, text: str, conversation: str) -> str:
        """The text, with Rasa's command sign only on payloads that were offered here.

        Rasa obeys any text that starts with a slash (``/restart``).
        """
        text = text.strip()
        if text in self._issued.get(conversation, ()):
            return text
        return text.lstrip("/").strip()

    async def _turn(self, text: str, conversation: str) -> Reply:
        channel = _ReplyCollector()
        message = UserMessage(text, channel, conversation, input_channel=CHANNEL)
        await self._agent.handle_message(message)
        tracker = await self._agent.tracker_store.get_or_create_tracker(conversation)
        if not channel.messages:
            raise RuntimeError("the turn gave no reply")
        return self._reply(channel.messages, tracker)

    def _reply(self, messages: list[dict[str, Any]], tracker: DialogueStateTracker) -> Reply:
        metadata = messages[-1].get("metadata") or {}
        kind = metadata.get("kind", "smalltalk")
        answer = Answer.parse_raw(metadata["answer"]) if "answer" in metadata else None
        read = tracker.latest_message.parse_data if tracker.latest_message else {}
        confidence = float((read.get("intent") or {}).get("confidence") or 0.0)
        offered = tuple(
            Button(button["title"], button["payload"])
            for message in messages
            for button in message.get("buttons") or ()
        )
        suggestions = tuple(metadata.get("suggestions", ()))
        if kind == "urgent":
            suggestions = tuple(topic_id_of(button.payload[1:]) for button in offered)
        elif kind == NO_TOPIC or (kind == "answer" and confidence < SURE):
            suggestions = self._otherwise(read.get("intent_ranking") or [], metadata.get("topic"))
            offered += tuple(Button(self._title(one), payload(one)) for one in suggestions)
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

    def _otherwise(self, ranking: list[dict[str, Any]], answered: Optional[str]) -> tuple[str, ...]:
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

    def _without_model(self, text: str, apology: str) -> Reply:
        """The reply when the model cannot give one: urgent by pattern, or the routes."""
        try:
            urgent = self._patterns.match(text[: 4 * LONGEST_MESSAGE])
        except Exception as error:
            logger.error("Patterns failed: %s", type(error).__name__)
            urgent = None
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


class InProcessActions(EndpointConfig):
    """An action endpoint without a server: rasa-sdk's executor, called directly."""

    def __init__(self) -> None:
        # Only actions that ask for the domain get it: it is large.
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *args: Any, **kwargs: Any) -> Optional[dict[str, Any]]:
        """Run the action named in the request's JSON and give its events and responses."""
        # Through JSON, as a server would: what an action gets must be plain data.
        call = json.loads(json.dumps(kwargs["json"]))
        result: Optional[dict[str, Any]] = await self._executor.run(call)
        return result


class _ReplyCollector(OutputChannel):
    """Keeps the messages of a turn whole, with their metadata."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in events."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collect one message of the turn."""
        self.messages.append(message)
