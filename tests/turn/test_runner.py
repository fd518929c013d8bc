"""The plain runner gives what Rasa's own gives, and asks each component once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from dask.core import get
from rasa.engine.exceptions import GraphRunError

from assistant.turn.runner import PlainRunner


class Loaded:
    """A loaded graph: ``first`` and ``second`` need the input, ``last`` needs both."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        needs = {
            "first": {"text": "input"},
            "second": {"text": "input", "before": "first"},
            "last": {"one": "first", "other": "second"},
            "unasked": {"text": "input"},
        }
        nodes = {name: SimpleNamespace(needs=need) for name, need in needs.items()}
        self._graph_schema = SimpleNamespace(nodes=nodes, target_names=["last"])
        self._instantiated_nodes = {name: self._component(name) for name in needs}

    def _component(self, name: str) -> Any:
        def run(*given: tuple[str, Any]) -> tuple[str, Any]:
            self.asked.append(name)
            if ("input", "broken") in given:
                raise RuntimeError("broken")
            return name, (name, given)

        return run


def test_it_gives_what_dask_gives() -> None:
    loaded = Loaded()
    graph: dict[str, Any] = {
        name: (loaded._instantiated_nodes[name], *node.needs.values())
        for name, node in loaded._graph_schema.nodes.items()
    }
    graph["input"] = ("input", "text")
    expected = dict(get(graph, ["last", "first"]))  # type: ignore[no-untyped-call]
    runner = PlainRunner(loaded)
    assert runner.run({"input": "text"}, ["last", "first"]) == expected


def test_each_is_asked_once_and_only_if_needed() -> None:
    loaded = Loaded()
    runner = PlainRunner(loaded)
    for _ in range(2):
        loaded.asked.clear()
        assert set(runner.run({"input": "text"})) == {"last"}
        assert loaded.asked == ["first", "second", "last"]


def test_a_fault_is_a_fault_of_the_run() -> None:
    runner = PlainRunner(Loaded())
    with pytest.raises(GraphRunError):
        runner.run({"input": "broken"})
