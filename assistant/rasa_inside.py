"""What the project uses of Rasa that Rasa does not offer: all of its protected names, here alone.

They belong to the pinned release and may be gone or changed in another; a Rasa that is raised is
looked through from here. ``tests/test_rasa_inside.py`` holds that no other module touches one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, Optional

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.engine.graph import GraphComponent, GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

if TYPE_CHECKING:
    from rasa.core.policies.rule_policy import RulePolicy


def parse(
    processor: MessageProcessor, message: UserMessage, tracker: DialogueStateTracker
) -> dict[str, Any]:
    """The parse data of a message by the model alone: Rasa's own method asks the tracker's store.

    Raises:
        Exception: whatever a component raises.
    """
    parsed: dict[str, Any] = processor._parse_message_with_graph(message, tracker)
    return parsed


async def add_message(
    processor: MessageProcessor, message: UserMessage, tracker: DialogueStateTracker
) -> None:
    """Add a message to a conversation, understood if it is not yet; it is not answered."""
    await processor._handle_message_with_tracker(message, tracker)


async def answer_message(
    processor: MessageProcessor, output: OutputChannel, tracker: DialogueStateTracker
) -> None:
    """Let the policies answer the last message of a conversation, until they wait for the next."""
    await processor._run_prediction_loop(output, tracker)


def components_of(runner: DaskGraphRunner) -> tuple[Mapping[str, GraphNode], GraphSchema]:
    """The components that a runner has loaded, by name, and the plan of who needs whom."""
    return runner._instantiated_nodes, runner._graph_schema


def component_of(node: GraphNode) -> Optional[GraphComponent]:
    """The component that a node of the graph runs; None while it is not loaded."""
    component: Optional[GraphComponent] = node._component
    return component


def prediction_without_a_rule(policy: RulePolicy, domain: Domain) -> PolicyPrediction:
    """What a policy of rules predicts where none of them holds."""
    return policy._rule_prediction(policy._default_predictions(domain), "")


def event_from(event_class: type[Event], data: Mapping[str, Any]) -> Event:
    """An event of this class with these values; ``Event.from_parameters`` looks for the class."""
    made: Event = event_class._from_parameters(data)
    return made


def store_inside(store: FailSafeTrackerStore) -> TrackerStore:
    """The tracker store inside the wrapper that hides its errors."""
    return store._tracker_store
