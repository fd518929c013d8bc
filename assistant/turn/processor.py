"""Rasa's message processor, opened at the three joints that a turn needs.

Rasa handles a message in one method, which reads, understands, answers and keeps it and holds
the event loop meanwhile. A turn understands first, off the loop, and keeps only what got a reply.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.graph_components.converters.nlu_message_converter import NLUMessageConverter
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT

from assistant import rasa_inside
from assistant.turn.readable import readable
from assistant.turn.runner import PlainRunner

UNDERSTANDING_THREADS = 2
"""Messages that are understood at the same time; the rest wait in the order of coming."""

SHORT_TEXT = 2000
"""Characters of a text that is made plain on the event loop: some milliseconds."""

ParseData = dict[str, Any]


class TurnProcessor(MessageProcessor):
    """A message processor in steps. Make one with :meth:`of`."""

    _threads: ThreadPoolExecutor

    @classmethod
    def of(cls, agent: Agent) -> TurnProcessor:
        """Put one in the place of the agent's processor, with the model that it has loaded.

        Raises:
            ValueError: the agent has no processor.
        """
        if agent.processor is None:
            raise ValueError("no model is loaded")
        if isinstance(agent.processor, cls):
            return agent.processor
        made = cls.__new__(cls)
        made.__dict__.update(agent.processor.__dict__)
        made.graph_runner = PlainRunner(agent.processor.graph_runner)
        # They end by themselves once the processor is gone: when another model is loaded.
        made._threads = ThreadPoolExecutor(UNDERSTANDING_THREADS, "understanding")
        agent.processor = made
        return made

    async def understand(self, text: str) -> ParseData:
        """Rasa's parse data of a text: no tracker, no store, no action, and off the event loop.

        Args:
            text: in plain letters, as :meth:`plain` makes it.

        Raises:
            Exception: whatever a component raises.
        """
        message = UserMessage(text)
        tracker = DialogueStateTracker.from_events("", [])
        loop = asyncio.get_running_loop()
        parsed: ParseData = await loop.run_in_executor(
            self._threads, rasa_inside.parse, self, message, tracker
        )
        return parsed

    async def plain(self, text: str) -> str:
        """The text in plain letters; a long one off the event loop. Itself if it has no letters."""
        if len(text) <= SHORT_TEXT:
            return readable(text) or text
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, readable, text) or text

    async def parse_message(
        self,
        message: UserMessage,
        tracker: Optional[DialogueStateTracker] = None,
        only_output_properties: bool = True,
    ) -> ParseData:
        """As Rasa's. A button's payload names its intent, and nothing else has to be asked."""
        if (message.text or "").startswith("/"):
            converted = NLUMessageConverter().convert_user_message([message])
            read = RegexMessageHandler().process(converted, self.domain)[0]
            if read.get(INTENT):
                return {ENTITIES: [], **read.as_dict(only_output_properties)}
        parsed: ParseData = await super().parse_message(message, tracker, only_output_properties)
        return parsed

    async def run_turn(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker,
        output: OutputChannel,
    ) -> DialogueStateTracker:
        """Add a message to a conversation and let the policies answer it; keeps nothing.

        Args:
            message: with its parse data, unless Rasa is to parse it (a button's payload).
            tracker: the conversation so far; it is changed.
            output: takes what is said.

        Returns:
            The conversation with the turn.
        """
        await rasa_inside.add_message(self, message, tracker)
        tracker = await self.run_action_extract_slots(output, tracker)
        await rasa_inside.answer_message(self, output, tracker)
        await self.run_anonymization_pipeline(tracker)
        return tracker


__all__ = ["ParseData", "TurnProcessor"]
