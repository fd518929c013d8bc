"""A loaded model's components, one after the other.

Rasa hands them to dask, which plans and locks anew for each message: that costs more than most of
the components do, and nothing of it runs at the same time.
"""

from __future__ import annotations

from typing import Any, Callable, Mapping, Optional, Sequence

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

from assistant.rasa_inside import component_of, components_of

Node = Callable[..., tuple[str, Any]]
"""Takes what other components gave, each with its name; gives its own name, and what it gives."""


class PlainRunner:
    """Does what Rasa's runner of a loaded model does; see ``rasa.engine.runner.interface``."""

    def __init__(self, loaded: DaskGraphRunner) -> None:
        """Take the components that Rasa's runner has loaded."""
        nodes, self._schema = components_of(loaded)
        self.nodes = {name: self._quick(name, node) for name, node in nodes.items()}
        """The components by name, as they are asked."""
        self._orders: dict[tuple[str, ...], list[str]] = {}

    def run(
        self,
        inputs: Optional[Mapping[str, Any]] = None,
        targets: Optional[Sequence[str]] = None,
    ) -> dict[str, Any]:
        """What the targets give.

        Args:
            inputs: by name, what components need that none of them gives.
            targets: names of components; those that the model itself names by default.

        Raises:
            GraphRunError: a component failed in a way that it should not.
            Exception: what a component raises otherwise.
        """
        wanted = tuple(targets or self._schema.target_names)
        given = dict(inputs or {})
        try:
            for name in self._order(wanted):
                needs = self._schema.nodes[name].needs.values()
                _, given[name] = self.nodes[name](*((need, given[need]) for need in needs))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return {name: given[name] for name in wanted}

    def _quick(self, name: str, node: GraphNode) -> Node:
        """A component as it is asked: the rules only where one may hold."""
        # Here, where a model is loaded: the policy's module brings Rasa's test tools.
        from rasa.core.policies.rule_policy import RulePolicy

        from assistant.turn.rules import RulesThatMayHold

        policy = component_of(node) if isinstance(node, GraphNode) else None
        quick: Node = node
        if type(policy) is RulePolicy:  # what a class made of it predicts is not known
            quick = RulesThatMayHold(node, policy, self._schema.nodes[name].needs)
        return quick

    def _order(self, wanted: tuple[str, ...]) -> list[str]:
        """The components that the wanted ones need, each after those that it needs."""
        if wanted not in self._orders:
            order: dict[str, None] = {}
            for name in wanted:
                self._add(name, order)
            self._orders[wanted] = list(order)
        return self._orders[wanted]

    def _add(self, name: str, order: dict[str, None]) -> None:
        if name in order or name not in self._schema.nodes:
            return
        for need in self._schema.nodes[name].needs.values():
            self._add(need, order)
        order[name] = None


__all__ = ["PlainRunner"]
