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
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional

import sqlalchemy.exc
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from threadpoolctl import threadpool_limits

from assistant.answers import current_content
from assistant.guidance import WELSH, is_urgent, topic_id_of
from assistant.guidance.names import LANGUAGE, OFFERED_TOPICS
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
from assistant.turn.choices import is_payload, is_title, resolve_choice, without_slash
from assistant.turn.heard import HeardBefore
from assistant.turn.in_context import in_context
from assistant.turn.in_process_actions import InProcessActions
from assistant.turn.languages_mixed import english_parts
from assistant.turn.nlg import CompiledAnswers
from assistant.turn.outcome import LONGEST_MESSAGE, Outcome
from assistant.turn.processor import ParseData, TurnProcessor
from assistant.turn.queue import QUEUE_TIMEOUT_S, TURN_TIMEOUT_S, QueueFullError, TurnQueue, Waiting
from assistant.turn.replies import NOTHING_TYPED, Reply, Turn, read_reply, turns_of
from assistant.understanding.going_on import hear
from assistant.understanding.long_texts import LONGEST_READ, parts_to_read
from assistant.understanding.offered_topics import offered_topics

CHANNEL = "notice"

MOST_PARTS = 220
"""Parts that are read of a text that is too long: as many as 20,000 characters of real words have.
Of single letters there would be more than twice as many, and each costs as much as a message."""

TURNS_SHOWN = 100
"""Turns of its past that a conversation shows again."""

Closed = Callable[[], Optional[Outcome]]
"""Asked for each message: why a channel answers nothing at the moment, or None if it does."""


@dataclass(frozen=True)
class Incoming:
    """One message as it came in.

    Attributes:
        text: what the person typed, or the payload of a button, without blanks round it.
        conversation: its id.
        message_id: the channel's id of the message.
        channel: the name under which the tracker store keeps it.
        arrived: when it came, as a time stamp.
    """

    text: str
    conversation: str
    message_id: Optional[str]
    channel: str
    arrived: float


class Assistant:
    """A loaded model. Make one with :meth:`load`.

    Attributes:
        agent: Rasa's agent, with the tracker store that conversations are kept in and the
            processor that understands and answers: what a Sanic app keeps in ``app.ctx.agent``.
        queue: whose turn it is.
    """

    def __init__(self, agent: Agent) -> None:
        """Take an agent whose model is loaded, and put a processor of its own into it.

        The threads of the matrix library are limited for the whole process: under ``rasa run``
        there is no other place where this could be done.
        """
        # Without the wrapper that hides a store's errors and goes on in memory, unredacted: such
        # a turn would be lost with the process. The person is told to ask again instead.
        agent.tracker_store = inner_store(agent.tracker_store)
        self._processor = TurnProcessor.of(agent)
        self._processor.tracker_store = agent.tracker_store
        self._processor.nlg = CompiledAnswers(domain=agent.domain)
        # One message is too little work to share out. The waiting threads of the matrix library
        # would spin and take the cores from other messages.
        threadpool_limits(1)
        self.agent = agent
        self.queue = TurnQueue(agent.lock_store)
        self._keeping: set[asyncio.Task[None]] = set()
        self._heard = HeardBefore()

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
        # Here and not in the commands alone: whoever loads a model has Rasa in the process, which
        # prints what people type until it is told otherwise.
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
        message = Incoming(text.strip(), conversation, message_id, channel, time.time())
        waiting = waiting or Waiting()
        waiting.now = True
        with time_step("reply"), self.queue.answering(conversation):
            reply = await self._reply(message, queue_timeout_s, closed, waiting)
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
        tracker = await self.agent.tracker_store.retrieve_full_tracker(conversation)
        return _turns(tracker)[-TURNS_SHOWN:]

    async def forget(self, conversation: str) -> None:
        """Drop a conversation and all that was kept of it, once what was asked in it is answered.

        Raises:
            TypeError: the configured tracker store cannot delete.
        """
        # A message that is only being understood holds nothing yet, and would be kept afterwards.
        await self.queue.answered(conversation)
        # Alone, so that a turn that is under way does not write it anew.
        async with self.queue.conversation(conversation):
            await delete_conversation(self.agent.tracker_store, conversation)
            self._heard.forget(conversation)

    async def keep_slot(self, conversation: str, name: str, value: Any) -> None:
        """Add the value of a slot to what is kept of a conversation, if anything is.

        Raises:
            Exception: whatever the lock store or the tracker store raises.
        """
        arrived = time.time()
        async with self.queue.conversation(conversation):
            tracker = await self.agent.tracker_store.retrieve(conversation)
            if tracker is None:
                return  # cleared meanwhile
            tracker.update(SlotSet(name, value))
            with contextlib.suppress(ForgottenError):
                await self._write(tracker, arrived)

    async def finish(self, within_s: Optional[float] = None) -> None:
        """Wait until what was answered at once is kept: for a server that stops.

        Args:
            within_s: seconds after which the rest is given up; by default it is waited for.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while self._keeping:
                    await asyncio.wait(self._keeping)
        given_up = list(self._keeping)
        for task in given_up:
            task.cancel()
        await asyncio.gather(*given_up, return_exceptions=True)

    # --- the steps of a message ------------------------------------------------------

    async def _reply(
        self, message: Incoming, queue_timeout_s: float, closed: Closed, waiting: Waiting
    ) -> Reply:
        if not message.text:
            return NOTHING_TYPED
        parsed = await self._understood(message.text, message.conversation)
        parsed = self._in_context(message, parsed)
        reply = await self._answer(message, parsed, queue_timeout_s, closed, waiting)
        self._hear(message, parsed, reply)
        return reply

    async def _answer(
        self,
        message: Incoming,
        parsed: Optional[ParseData],
        queue_timeout_s: float,
        closed: Closed,
        waiting: Waiting,
    ) -> Reply:
        urgent = self._urgent(message.text, parsed)
        too_long = len(message.text) > LONGEST_MESSAGE
        if urgent is not None:
            if closed() is None and not too_long:
                await self._keep_afterwards(message, parsed)
            return urgent
        if too_long:
            return official.instead_of_an_answer(Outcome.TOO_LONG)
        try:
            if (reason := closed()) is not None:
                return official.instead_of_an_answer(reason)
            async with self.queue.turn(message.conversation, queue_timeout_s):
                waiting.now = False
                if (reason := closed()) is not None:  # a channel may have closed while it waited
                    return official.instead_of_an_answer(reason)
                return await self._turn(message, parsed)
        except Exception as error:
            outcome = _outcome_of_fault(error)
            incident = official.log_fault(error) if outcome.is_fault else None
            return official.instead_of_an_answer(outcome, incident)

    async def _understood(self, text: str, conversation: str) -> Optional[ParseData]:
        """What the model reads in a text; None for a payload and where the model fails."""
        if is_payload(text):
            return None
        too_long = len(text) > LONGEST_MESSAGE
        first: Optional[ParseData] = None
        try:
            # In plain letters first: words without spaces would count as one, and be cut.
            text = await self._processor.plain(without_slash(text)[:LONGEST_READ])
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

    def _in_context(self, message: Incoming, parsed: Optional[ParseData]) -> Optional[ParseData]:
        """The reading of a message in the light of what was said before, with what to offer."""
        if parsed is None:
            return None
        try:
            if not is_title(message.text):
                heard = self._heard.of(message.conversation, message.message_id)
                parsed = in_context(heard, message.text, parsed)
            return _with_offers(parsed)
        except Exception as error:
            official.log_fault(error)
            return parsed

    def _hear(self, message: Incoming, parsed: Optional[ParseData], reply: Reply) -> None:
        """Take note of who is typing and what they were told: the next message goes on from it."""
        try:
            before = self._heard.of(message.conversation, message.message_id)
            content = current_content()
            heard = hear(before, message.text, parsed, reply.kind, reply.topic, content)
            self._heard.note(message.conversation, heard, message.message_id)
        except Exception as error:
            official.log_fault(error)

    async def _reading(self, part: str, conversation: str, plain: bool = False) -> ParseData:
        """What the model reads in one part. Of a conversation one at a time: another person's
        message comes after one of them, not after all."""
        async with self.queue.understanding(conversation):
            # A part is made plain by itself: what is spelled in a long text is a share of it only.
            return await (self._processor.understand(part) if plain else self.parse(part))

    def _urgent(self, text: str, parsed: Optional[ParseData]) -> Optional[Reply]:
        """The urgent reply to a text, by the model or, where it has failed, by the patterns."""
        try:
            if is_payload(text) or is_title(text):
                return None
            if parsed is None:
                return official.urgent_without_a_model(text)
            intent = parsed["intent"]
            if not is_urgent(intent["name"]):
                # A sentence of Welsh in a text of another language; a text in Welsh is read whole.
                return None if parsed.get(LANGUAGE) == WELSH else official.urgent_in_welsh(text)
            also_about = parsed.get(OFFERED_TOPICS) or ()
            return official.urgent_reply(
                topic_id_of(intent["name"]), intent["confidence"], also_about, parsed.get(LANGUAGE)
            )
        except Exception as error:
            incident = official.log_fault(error)
            return official.instead_of_an_answer(Outcome.CRASHED, incident)

    async def _keep_afterwards(self, message: Incoming, parsed: Optional[ParseData]) -> None:
        """Keep a turn that is answered already. Its place in the conversation is taken now."""
        task = asyncio.create_task(self._keep(message, parsed), name="keep")
        self._keeping.add(task)
        task.add_done_callback(self._keeping.discard)
        await asyncio.sleep(0)  # it begins: what is asked from now on comes after it

    async def _keep(self, message: Incoming, parsed: Optional[ParseData]) -> None:
        try:
            async with self.queue.turn(message.conversation, QUEUE_TIMEOUT_S + TURN_TIMEOUT_S):
                await self._turn(message, parsed)
        except Exception as error:
            official.log_fault(error)

    async def _turn(self, message: Incoming, parsed: Optional[ParseData]) -> Reply:
        """Read the conversation once, make the turn, and write it once, whole."""
        processor = self._processor
        output = _MessageCollector()
        tracker = await processor.fetch_tracker_and_update_session(message.conversation, output)
        before = _turns(tracker)
        if (given := _reply_to(message, before)) is not None:
            return given
        resolved = resolve_choice(message.text, before)
        if not resolved:
            return NOTHING_TYPED
        if resolved != message.text:
            # A choice, or a text without its leading slash: read as that, not as it was typed.
            is_choice = resolved.startswith("/")
            parsed = None if is_choice else _with_offers(await self.parse(resolved))
        asked = UserMessage(
            resolved,
            output,
            message.conversation,
            parse_data=parsed,
            input_channel=message.channel,
            message_id=message.message_id,
        )
        tracker = await processor.run_turn(asked, tracker, output)
        if not output.messages:
            raise RuntimeError("the turn gave no reply")
        said = tracker.latest_message.parse_data if tracker.latest_message else {}
        reply = read_reply(output.messages, said, tracker.current_slot_values())
        try:
            await self._write(tracker, message.arrived)
        except RepeatedMessageError:
            return await self._kept_reply(message)
        except ForgottenError:
            pass  # it was cleared meanwhile: the reply is shown, and nothing is kept
        return reply

    async def _write(self, tracker: DialogueStateTracker, arrived: float) -> None:
        """Keep a conversation, unless it was cleared after what is new in it had come.

        Raises:
            Exception: whatever the tracker store raises.
        """
        store = self.agent.tracker_store
        if isinstance(store, RedactingTrackerStore):
            await store.save(tracker, arrived)
        else:
            await store.save(tracker)

    async def _kept_reply(self, message: Incoming) -> Reply:
        """What another turn has answered the same message meanwhile: what is kept is shown."""
        store = self.agent.tracker_store
        turns = _turns(await store.retrieve_full_tracker(message.conversation))
        if (given := _reply_to(message, turns)) is not None:
            return given
        raise RepeatedMessageError("the message is there already, without a reply")


def _turns(tracker: Optional[DialogueStateTracker]) -> list[Turn]:
    return list(turns_of(event.as_dict() for event in (tracker.events if tracker else ())))


def _reply_to(message: Incoming, turns: list[Turn]) -> Optional[Reply]:
    """The reply that the message got when it came before, if it did."""
    if message.message_id is None:
        return None
    same = (turn.reply for turn in turns if turn.message_id == message.message_id)
    return next(same, None)


def _with_offers(parsed: ParseData) -> ParseData:
    """Parse data that says which topics its reply offers; that is kept, the voice is not."""
    return {**parsed, OFFERED_TOPICS: list(offered_topics(parsed, current_content()))}


def _outcome_of_fault(error: Exception) -> Outcome:
    if isinstance(error, QueueFullError):
        return Outcome.QUEUE_FULL
    if isinstance(error, asyncio.TimeoutError):
        return Outcome.TIMED_OUT
    if isinstance(error, (sqlalchemy.exc.SQLAlchemyError, OSError)):
        return Outcome.STORE_UNAVAILABLE
    return Outcome.CRASHED


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
