"""One conversation with the assistant: text in, one complete reply out, always.

:class:`Assistant` runs a trained model with its rules and, in this process, its actions.
Whatever breaks inside, the person gets the official channels: first the urgent reply if
the patterns say so, otherwise the routes with a plain apology.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from asyncio import timeout
from pathlib import Path
from typing import Any, AsyncContextManager, AsyncIterator, Callable, Optional, Sequence

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from threadpoolctl import threadpool_limits

from assistant.logs import keep_messages_out_of_logs
from assistant.metrics import count_reply, time_step
from assistant.official import OfficialChannels, apology_for
from assistant.privacy.forgetting import (
    EphemeralTrackerStore,
    delete_conversation,
    inner_store,
)
from assistant.privacy.tracker_store import RepeatedMessageError
from assistant.replies import Reply, ReplyReader, Turn
from assistant.without_tensorflow import refuse_tensorflow_components

CHANNEL = "notice"
AT_ONCE = 3
"""Turns that run at the same time; the others wait for their place. Of a crowd that is let in
together nobody is answered in time, and everybody asks again."""
PLACE_WITHIN = 4.0  # seconds that a message waits for its place, where a channel says nothing else
REPLY_WITHIN = 5.0  # seconds that a turn may take, from its place on
LONGEST_MESSAGE = 2000  # characters

TOO_LONG = (
    f"That message is longer than {LONGEST_MESSAGE:,} characters. "
    "Please ask the question on its own, without the case notes."
)
NOTHING_SAID = "Please type a question."


class Assistant:
    """A loaded model. Make one with :meth:`load`; ``official`` answers without the model."""

    def __init__(self, agent: Agent) -> None:
        """Wrap an agent whose model is loaded."""
        # Without the wrapper that hides a store's errors and goes on in memory, unredacted: such
        # a turn would be lost with the process. The person is told to ask again instead.
        agent.tracker_store = agent.processor.tracker_store = inner_store(agent.tracker_store)
        # One message is too little work to share out. The waiting threads of the matrix library
        # would spin and take the cores from other messages.
        threadpool_limits(1)
        self._agent = agent
        self._places = asyncio.Semaphore(AT_ONCE)
        self._reader = ReplyReader(agent.domain.responses)
        self.official = OfficialChannels(agent.domain.responses)

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
        agent = Agent.load(
            model_path=str(model),
            tracker_store=EphemeralTrackerStore(None),
            lock_store=InMemoryLockStore(),
            action_endpoint=actions or InProcessActions(),
        )
        nodes = agent.processor.model_metadata.predict_schema.nodes.values()
        refuse_tensorflow_components(node.uses for node in nodes)
        return cls(agent)

    async def reply(
        self,
        text: str,
        conversation: str,
        message_id: Optional[str] = None,
        channel: str = CHANNEL,
        place_within: float = PLACE_WITHIN,
        closed: Callable[[], Optional[str]] = lambda: None,
    ) -> Reply:
        """Answer one message; never raises, never stays silent.

        Where a place is not free in time or the turn takes too long, the person gets the
        official channels.

        Args:
            text: what the person typed, or the payload of a button of an earlier reply.
            conversation: id of the conversation; replies depend on what came before in it.
            message_id: the channel's id of the message. A message that comes again with the
                same id gets the reply that it got before.
            channel: the name under which the tracker store keeps the message.
            place_within: seconds that the message waits for its place.
            closed: asked when its place is free. A sentence that it gives is the reply, with
                the official channels, in place of an answer.
        """
        text = text.strip()
        with time_step("reply"):
            try:
                if len(text) > LONGEST_MESSAGE:
                    reply = self.official.reply(text, TOO_LONG)
                else:
                    async with self._place(text, conversation, place_within):
                        if sentence := closed():
                            reply = self.official.reply(text, sentence)
                        else:
                            reply = await self._turn(text, conversation, message_id, channel)
            except Exception as error:
                reply = self.official.reply(text, apology_for(error))
        count_reply(reply, channel)
        return reply

    async def history(self, conversation: str) -> list[Turn]:
        """The turns of a conversation as the tracker store has them, oldest first.

        Raises:
            Exception: whatever the tracker store raises when it cannot be read.
        """
        return self._turns(await self._agent.tracker_store.retrieve(conversation))

    async def forget(self, conversation: str) -> None:
        """Drop a conversation and all that was kept of it.

        Raises:
            TypeError: the configured tracker store cannot delete.
        """
        # Under the lock, so that a turn that is under way does not write it anew.
        async with self._agent.lock_store.lock(conversation):
            await delete_conversation(self._agent.tracker_store, conversation)

    @contextlib.asynccontextmanager
    async def _place(self, text: str, conversation: str, within: float) -> AsyncIterator[None]:
        """A place for a turn, and from then on the turn's own time.

        Raises:
            asyncio.TimeoutError: there was no place in time, or the turn took too long.
        """
        # The place first: a lock ends by itself soon after the longest turn, so nobody may hold
        # one while waiting for anything else.
        lock = self._agent.lock_store.lock(conversation)
        async with timeout(within) as limit, self._free_place(text), lock:
            limit.reschedule(asyncio.get_running_loop().time() + REPLY_WITHIN)
            yield

    def _free_place(self, text: str) -> AsyncContextManager[Any]:
        # What is urgent does not wait for other people's questions.
        if self._places.locked() and self.official.is_urgent(text):
            return contextlib.nullcontext()
        return self._places

    async def _turn(
        self, text: str, conversation: str, message_id: Optional[str], channel: str
    ) -> Reply:
        """Read the conversation once, make the turn, and write it once, whole.

        The steps are those of Rasa's ``handle_message``, which would also keep a message that
        got no reply: sent again, it could never get one.
        """
        processor = self._agent.processor
        collector = _MessageCollector()
        tracker = await processor.fetch_tracker_and_update_session(conversation, collector)
        before = self._turns(tracker)
        for turn in before:
            if message_id is not None and turn.message_id == message_id:
                return turn.reply
        text = _obeyed(text, before)
        if not text:
            return Reply(kind="smalltalk", text=NOTHING_SAID)
        message = UserMessage(
            text, collector, conversation, input_channel=channel, message_id=message_id
        )
        await processor._handle_message_with_tracker(message, tracker)
        tracker = await processor.run_action_extract_slots(collector, tracker)
        await processor._run_prediction_loop(collector, tracker)
        if not collector.messages:
            raise RuntimeError("the turn gave no reply")
        parsed = tracker.latest_message.parse_data if tracker.latest_message else {}
        reply = self._reader.read(collector.messages, parsed, tracker.current_slot_values())
        try:
            await processor.save_tracker(tracker)
        except RepeatedMessageError:
            return await self._kept_reply(conversation, message_id)
        return reply

    async def _kept_reply(self, conversation: str, message_id: Optional[str]) -> Reply:
        """What another turn has answered the same message meanwhile: what is kept is shown."""
        store = self._agent.tracker_store
        for turn in self._turns(await store.retrieve_full_tracker(conversation)):
            if turn.message_id == message_id:
                return turn.reply
        raise RepeatedMessageError("the message is there already, without a reply")

    def _turns(self, tracker: Optional[DialogueStateTracker]) -> list[Turn]:
        events = tracker.events if tracker else ()
        return list(self._reader.turns(event.as_dict() for event in events))


def _obeyed(text: str, before: Sequence[Turn]) -> str:
    """What Rasa gets to read: the text, or the payload of the choice that it names.

    Rasa obeys any text that starts with a slash (``/restart``): here only payloads that were
    offered before. The title of a choice of the last reply, typed, picks it.
    """
    if text.startswith("/") and any(
        button.payload == text for turn in before for button in turn.reply.buttons
    ):
        return text
    if before:
        for button in before[-1].reply.buttons:
            if _plain(button.title) == _plain(text):
                return button.payload
    return text.lstrip("/").strip()


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


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
