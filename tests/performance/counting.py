"""Counts calls while a test runs."""

from __future__ import annotations

import sys
from collections import Counter
from types import FrameType
from typing import Any

import pytest
import sqlalchemy as sa

from assistant.store.tracker_store import RedactingTrackerStore


class Calls:
    """How often functions were called, by the name that a test gives them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.counts: Counter[str] = Counter()
        self._monkeypatch = monkeypatch

    def count(self, owner: Any, attribute: str, name: str) -> None:
        """Count the calls of a function from now on; it does what it did."""
        original = getattr(owner, attribute)

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.counts[name] += 1
            return original(*args, **kwargs)

        self._monkeypatch.setattr(owner, attribute, counted)

    def taken(self) -> dict[str, int]:
        """The counts since it was last asked."""
        taken = dict(self.counts)
        self.counts.clear()
        return taken


class Statements:
    """SQL statements that a store sends inside ``with``."""

    def __init__(self, store: RedactingTrackerStore) -> None:
        self.sent: list[str] = []
        self._engine = store.engine

    def __enter__(self) -> Statements:
        sa.event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *args: object) -> None:
        sa.event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.sent.append(statement)


class Steps:
    """Calls of functions, of Python's and of C's, that this thread makes inside ``with``."""

    def __init__(self) -> None:
        self.calls = 0

    def __enter__(self) -> Steps:
        sys.setprofile(self._count)
        return self

    def __exit__(self, *args: object) -> None:
        sys.setprofile(None)

    def _count(self, frame: FrameType, event: str, arg: Any) -> None:
        self.calls += event in {"call", "c_call"}
