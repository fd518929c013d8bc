"""The path of one message: text in, one complete reply out, always.

A message is understood before anything that can fail is asked: no store, no lock of another
server, no queue and no action server. The one lock it needs is that of its conversation in this
process: one message, or one part of a long one, is understood at a time. What is urgent is
answered at once from content in memory and kept afterwards, if it can be; everything else takes
its turn. Whatever breaks inside, the person gets the official channels.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import re
import time
from pathlib import Path
from typing import Any, AsyncContextManager, Callable, Iterator, Mapping, Optional, Sequence

import sqlalchemy.exc
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from threadpoolctl import threadpool_limits

from assistant.answers import current_content
from assistant.guidance import WELSH, is_urgent, payload, topic_id_of
from assistant.guidance.names import LANGUAGE
from assistant.metrics import count_reply, time_step
from assistant.privacy.logs import configure_private_logging
from assistant.store.forgetting import EphemeralTrackerStore, delete_conversation, inner_store
from assistant.store.tracker_store import (
    ForgottenError,
    RedactingTrackerStore,
    RepeatedMessageError,
)
from assistant.training.without_tensorflow import refuse_tensorflow_components
from assistant.turn import official
from assistant.turn.languages_mixed import english_parts
from assistant.turn.nlg import CompiledAnswers
from assistant.turn.outcome import LONGEST_MESSAGE, Outcome
from assistant.turn.processor import ParseData, TurnProcessor
from assistant.turn.queue import QUEUE_TIMEOUT_S, TURN_TIMEOUT_S, QueueFullError, TurnQueue, Waiting
from assistant.turn.replies import Reply, Turn, read_reply, turns_of
from assistant.understanding.long_texts import LONGEST_READ, parts_to_read

CHANNEL = "notice"

_COMMAND = re.compile(r"/+[\w.-]*(?:\{.*\})?", re.DOTALL)

MOST_PARTS = 220
"""Parts that are read of a text that is too long: as many as 20,000 characters of real words have.
Of single letters there would be more than twice as many, and each costs as much as a message."""

TURNS_SHOWN = 100
"""Turns of its past that a conversation shows again."""

Closed = Callable[[], Optional[Outcome]]
"""Asked for each message: why a channel answers nothing at the moment, or None if it does."""


class Assistant:
    """A loaded model. Make one with :meth:`load`."""

    def __init__(self, agent: Agent) -> None:
        """Wrap an agent whose model is loaded."""
        # Without the wrapper that hides a store's errors and goes on in memory, unredacted: such
        # a turn would be lost with the process. The person is told to ask again instead.
        agent.tracker_store = inner_store(agent.tracker_store)
        self._processor = TurnProcessor.of(agent)
        self._processor.tracker_store = agent.tracker_store
        self._processor.nlg = CompiledAnswers(domain=agent.domain)
        # One message is too little work to share out. The waiting threads of the matrix library
        # would spin and take the cores from other messages.
        threadpool_limits(1)
        self._agent = agent
        self._queue = TurnQueue(agent.lock_store)
        self._kept_later: set[asyncio.Task[None]] = set()
        self._being_answered: dict[str, set[asyncio.Event]] = {}

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
        configure_private_logging()
        agent = Agent.load(
            model_path=str(model),
            tracker_store=EphemeralTrackerStore(None),
            lock_store=InMemoryLockStore(),
            action_endpoint=actions or InProcessActions(),
        )
        nodes = agent.processor.model_metadata.predict_schema.nodes.values()
        refuse_tensorflow_components(node.uses for node in nodes)
        return cls(agent)

    async def warm_up(self) -> None:
        """Read one message, so that the first person does not wait for what loads late."""
        await self._processor.understand("What are the signs of abuse?")
        official.urgent_by_pattern("Whatarethesignsofabuse?")

    async def reply(
        self,
        text: str,
        conversation: str,
        message_id: Optional[str] = None,
        channel: str = CHANNEL,
        queue_timeout_s: float = QUEUE_TIMEOUT_S,
        closed: Closed = lambda: None,
        waiting: Optional[Waiting] = None,
    ) -> Reply:
        """Answer one message; never raises, never stays silent.

        Args:
            text: what the person typed, or the payload of a button of an earlier reply.
            conversation: id of the conversation; replies depend on what came before in it.
            message_id: the channel's id of the message. A message that comes again with the
                same id gets the reply that it got before.
            channel: the name under which the tracker store keeps the message.
            queue_timeout_s: seconds that the message waits for its turn.
            closed: why the channel is closed, if it is; asked again when the turn begins.
            waiting: is told whether the message still waits: for who ends it from outside.
        """
        arrived = time.time()
        text = text.strip()
        waiting = waiting or Waiting()
        waiting.now = True
        with time_step("reply"), self._answering(conversation):
            reply = await self._reply(
                text,
                conversation,
                message_id,
                channel,
                queue_timeout_s,
                closed,
                waiting,
                arrived,
            )
        count_reply(reply, channel)
        return reply

    async def parse(self, text: str) -> ParseData:
        """Rasa's parse data of a text: how it is understood, and nothing else.

        Raises:
            Exception: whatever a component raises.
        """
        return await self._processor.understand(await self._processor.plain(text))

    async def history(self, conversation: str) -> list[Turn]:
        """The last turns of a conversation as the tracker store has them, oldest first.

        Raises:
            Exception: whatever the tracker store raises when it cannot be read.
        """
        tracker = await self._agent.tracker_store.retrieve_full_tracker(conversation)
        return _turns(tracker)[-TURNS_SHOWN:]

    async def forget(self, conversation: str) -> None:
        """Drop a conversation and all that was kept of it, once what was asked in it is answered.

        Raises:
            TypeError: the configured tracker store cannot delete.
        """
        # A message that is only being understood holds nothing yet, and would be kept afterwards.
        for answered in list(self._being_answered.get(conversation, ())):
            await answered.wait()
        # Alone, so that a turn that is under way does not write it anew.
        async with self._queue.conversation(conversation):
            await delete_conversation(self._agent.tracker_store, conversation)

    async def keep_slot(self, conversation: str, name: str, value: Any) -> None:
        """Add the value of a slot to what is kept of a conversation, if anything is.

        Raises:
            Exception: whatever the lock store or the tracker store raises.
        """
        arrived = time.time()
        async with self._queue.conversation(conversation):
            tracker = await self._agent.tracker_store.retrieve(conversation)
            if tracker is None:
                return  # cleared meanwhile
            tracker.update(SlotSet(name, value))
            with contextlib.suppress(ForgottenError):
                await self._write(tracker, arrived)

    async def finish(self) -> None:
        """Wait until what was answered at once is kept: for a server that stops."""
        while self._kept_later:
            await asyncio.wait(self._kept_later)

    @contextlib.contextmanager
    def _answering(self, conversation: str) -> Iterator[None]:
        """Tell :meth:`forget` of a message from its coming until its answer."""
        answered = asyncio.Event()
        answering = self._being_answered.setdefault(conversation, set())
        answering.add(answered)
        try:
            yield
        finally:
            answered.set()
            answering.discard(answered)
            if not answering:
                self._being_answered.pop(conversation, None)

    # --- the steps of a message ------------------------------------------------------

    async def _reply(
        self,
        text: str,
        conversation: str,
        message_id: Optional[str],
        channel: str,
        queue_timeout_s: float,
        closed: Closed,
        waiting: Waiting,
        arrived: float,
    ) -> Reply:
        if not text:
            return Reply(
                kind="smalltalk",
                text=Outcome.NOTHING_TYPED.sentence or "",
                outcome=Outcome.NOTHING_TYPED,
            )
        parsed = await self._understood(text, conversation)
        urgent = self._urgent(text, parsed)
        if urgent is not None:
            if closed() is None and len(text) <= LONGEST_MESSAGE:
                await self._keep_afterwards(
                    text, conversation, message_id, channel, parsed, arrived
                )
            return urgent
        if len(text) > LONGEST_MESSAGE:
            return official.instead_of_an_answer(Outcome.TOO_LONG)
        try:
            if (reason := closed()) is not None:
                return official.instead_of_an_answer(reason)
            async with self._queue.turn(conversation, queue_timeout_s):
                waiting.now = False
                if (reason := closed()) is not None:  # a channel may have closed while it waited
                    return official.instead_of_an_answer(reason)
                return await self._turn(text, conversation, message_id, channel, parsed, arrived)
        except Exception as error:
            outcome = _outcome_of_fault(error)
            incident = official.log_fault(error) if outcome.is_fault else None
            return official.instead_of_an_answer(outcome, incident)

    async def _understood(self, text: str, conversation: str) -> Optional[ParseData]:
        """What the model reads in a text; None for a payload and where the model fails."""
        if _is_command(text):
            return None
        too_long = len(text) > LONGEST_MESSAGE
        first: Optional[ParseData] = None
        try:
            # In plain letters first: words without spaces would count as one, and be cut.
            text = await self._processor.plain(_without_slash(text)[:LONGEST_READ])
            foreign = False
            for part in parts_to_read(text, too_long)[:MOST_PARTS]:
                reading = await self._reading(part, conversation, plain=part is text)
                # In a long text one urgent part is enough; else it is what the whole of it is.
                if is_urgent(reading["intent"]["name"]):
                    return reading
                first = first or reading
                foreign = foreign or reading.get(LANGUAGE) is not None
            for part in english_parts(text) if foreign else ():
                reading = await self._reading(part, conversation)
                if is_urgent(reading["intent"]["name"]):
                    return reading
        except Exception as error:
            official.log_fault(error)
            return None
        return first

    async def _reading(self, part: str, conversation: str, plain: bool = False) -> ParseData:
        """What the model reads in one part. Of a conversation one at a time: another person's
        message comes after one of them, not after all."""
        async with self._queue.understanding(conversation):
            # A part is made plain by itself: what is spelled in a long text is a share of it only.
            return await (self._processor.understand(part) if plain else self.parse(part))

    def _urgent(self, text: str, parsed: Optional[ParseData]) -> Optional[Reply]:
        """The urgent reply to a text, by the model or, where it has failed, by the patterns."""
        try:
            if _is_command(text) or _is_a_choice(text):
                return None
            if parsed is None:
                return official.urgent_without_a_model(text)
            intent = parsed["intent"]
            if not is_urgent(intent["name"]):
                # A sentence of Welsh in a text of another language; a text in Welsh is read whole.
                return None if parsed.get(LANGUAGE) == WELSH else official.urgent_in_welsh(text)
            also_about = (parsed.get("urgency") or {}).get("also_about") or ()
            return official.urgent_reply(
                topic_id_of(intent["name"]), intent["confidence"], also_about, parsed.get(LANGUAGE)
            )
        except Exception as error:
            incident = official.log_fault(error)
            return official.instead_of_an_answer(Outcome.CRASHED, incident)

    async def _keep_afterwards(
        self,
        text: str,
        conversation: str,
        message_id: Optional[str],
        channel: str,
        parsed: Optional[ParseData],
        arrived: float,
    ) -> None:
        """Keep a turn that is answered already. Its place in the conversation is taken now."""
        task = asyncio.create_task(
            self._keep(text, conversation, message_id, channel, parsed, arrived), name="keep"
        )
        self._kept_later.add(task)
        task.add_done_callback(self._kept_later.discard)
        await asyncio.sleep(0)  # it begins: what is asked from now on comes after it

    async def _keep(
        self,
        text: str,
        conversation: str,
        message_id: Optional[str],
        channel: str,
        parsed: Optional[ParseData],
        arrived: float,
    ) -> None:
        try:
            async with self._queue.turn(conversation, QUEUE_TIMEOUT_S + TURN_TIMEOUT_S):
                await self._turn(text, conversation, message_id, channel, parsed, arrived)
        except Exception as error:
            official.log_fault(error)

    async def _turn(
        self,
        text: str,
        conversation: str,
        message_id: Optional[str],
        channel: str,
        parsed: Optional[ParseData],
        arrived: float,
    ) -> Reply:
        """Read the conversation once, make the turn, and write it once, whole."""
        processor = self._processor
        output = _MessageCollector()
        tracker = await processor.fetch_tracker_and_update_session(conversation, output)
        before = _turns(tracker)
        for turn in before:
            if message_id is not None and turn.message_id == message_id:
                return turn.reply
        resolved = resolve_choice(text, before)
        if not resolved:
            return Reply(
                kind="smalltalk",
                text=Outcome.NOTHING_TYPED.sentence or "",
                outcome=Outcome.NOTHING_TYPED,
            )
        if resolved != text:
            # A choice, or a text without its leading slash: read as that, not as it was typed.
            parsed = None if resolved.startswith("/") else await self.parse(resolved)
        message = UserMessage(
            resolved,
            output,
            conversation,
            parse_data=parsed,
            input_channel=channel,
            message_id=message_id,
        )
        tracker = await processor.run_turn(message, tracker, output)
        if not output.messages:
            raise RuntimeError("the turn gave no reply")
        said = tracker.latest_message.parse_data if tracker.latest_message else {}
        reply = read_reply(output.messages, said, tracker.current_slot_values())
        try:
            await self._write(tracker, arrived)
        except RepeatedMessageError:
            return await self._kept_reply(conversation, message_id)
        except ForgottenError:
            pass  # it was cleared meanwhile: the reply is shown, and nothing is kept
        return reply

    async def _write(self, tracker: DialogueStateTracker, arrived: float) -> None:
        """Keep a conversation, unless it was cleared after what is new in it had come.

        Raises:
            Exception: whatever the tracker store raises.
        """
        store = self._agent.tracker_store
        if isinstance(store, RedactingTrackerStore):
            await store.save(tracker, arrived)
        else:
            await store.save(tracker)

    async def _kept_reply(self, conversation: str, message_id: Optional[str]) -> Reply:
        """What another turn has answered the same message meanwhile: what is kept is shown."""
        store = self._agent.tracker_store
        for turn in _turns(await store.retrieve_full_tracker(conversation)):
            if turn.message_id == message_id:
                return turn.reply
        raise RepeatedMessageError("the message is there already, without a reply")

    def conversation(self, conversation: str) -> AsyncContextManager[None]:
        """Hold a conversation alone, as a turn of it does."""
        return self._queue.conversation(conversation)


def resolve_choice(text: str, before: Sequence[Turn]) -> str:
    """What Rasa gets to read: the text, or the payload of the choice that it names.

    Rasa obeys any text that starts with a slash (``/restart``): here only payloads that show
    content, and those that were offered before. The title of a choice of the last reply, typed,
    picks it; so does that of any topic or guided conversation.
    """
    if text.startswith("/"):
        # To show content is harmless, whenever and to whomever it was offered.
        if text in OWN_PAYLOADS or current_content().has(topic_id_of(text[1:])):
            return text
        if any(button.payload == text for turn in before for button in turn.reply.buttons):
            return text
    for guide in current_content().guides:
        if text == guide.payload or _plain(text) == _plain(guide.title):
            return guide.payload
    if before:
        for button in before[-1].reply.buttons:
            if _plain(button.title) == _plain(text):
                return button.payload
    if (topic := _topics_by_title(current_content().digest).get(_plain(text))) is not None:
        return payload(topic)
    return _without_slash(text)


GREETING_PAYLOAD = "/greet"
SOURCES_PAYLOAD = "/ask_source"
MORE_PAYLOAD = "/ask_more"
IMAGE_TOPIC_PAYLOAD = "/respond.viewing-and-handling-images"

OWN_PAYLOADS = frozenset({GREETING_PAYLOAD, SOURCES_PAYLOAD, MORE_PAYLOAD})
"""What channels ask for themselves, by id and not by a sentence that must be understood. They
set nothing and show nothing but content, so they are obeyed from anybody."""


def _is_command(text: str) -> bool:
    """True for what has the form of a payload; a sentence behind a slash is a sentence."""
    return _COMMAND.fullmatch(text) is not None


def _without_slash(text: str) -> str:
    return re.sub(r"^[\s/]+", "", text)


def _is_a_choice(text: str) -> bool:
    """True for the title of a topic or of a button: a choice, not a message."""
    content, plain = current_content(), _plain(text)
    return plain in _topics_by_title(content.digest) or plain in _choices(content.digest)


@functools.lru_cache(maxsize=2)
def _topics_by_title(digest: str) -> Mapping[str, str]:
    """The topics by their titles as they may be typed; of the content with this digest."""
    return {_plain(title): topic for topic, title in current_content().titles.items()}


@functools.lru_cache(maxsize=2)
def _choices(digest: str) -> frozenset[str]:
    """The titles of all buttons as they may be typed; of the content with this digest."""
    return frozenset(_plain(title) for title in current_content().choices)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _turns(tracker: Optional[DialogueStateTracker]) -> list[Turn]:
    return list(turns_of(event.as_dict() for event in (tracker.events if tracker else ())))


def _outcome_of_fault(error: Exception) -> Outcome:
    if isinstance(error, QueueFullError):
        return Outcome.QUEUE_FULL
    if isinstance(error, asyncio.TimeoutError):
        return Outcome.TIMED_OUT
    if isinstance(error, (sqlalchemy.exc.SQLAlchemyError, OSError)):
        return Outcome.STORE_UNAVAILABLE
    return Outcome.CRASHED


class InProcessActions(EndpointConfig):
    """An action endpoint without a server: rasa-sdk's executor, called directly."""

    def __init__(self) -> None:
        # No action asks for the domain: what they say is in the compiled content.
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *args: Any, **kwargs: Any) -> Optional[dict[str, Any]]:
        """Run the action named in the request's JSON and give its events and responses."""
        # Through JSON, as a server would: what an action gets must be plain data.
        call: Mapping[str, Any] = json.loads(json.dumps(kwargs["json"]))
        result: Optional[dict[str, Any]] = await self._executor.run(call)
        return result


class _MessageCollector(OutputChannel):
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
