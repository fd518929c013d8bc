"""Tests of the containers of ``deploy/compose.yml``: ``make test-containers`` starts them.

Without them this folder is left out; ``.ci/run`` runs that target too.
"""

from __future__ import annotations

import os

import pytest

from tests.containers.stack import CONTAINERS, Stack

collect_ignore_glob = [] if CONTAINERS in os.environ else ["test_*.py"]


@pytest.fixture(scope="session")
def stack() -> Stack:
    """The running containers."""
    return Stack()


@pytest.fixture(autouse=True)
def whole(stack: Stack) -> None:
    """Every test begins with all parts up."""
    stack.wait()
