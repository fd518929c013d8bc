"""Tests with real PostgreSQL, Redis and nginx: ``make test-services`` starts them.

Without them this folder is left out; ``.ci/run`` runs both targets.
"""

from __future__ import annotations

import os

import pytest

from benchmarks.services import POSTGRESQL, REDIS, new_database

collect_ignore_glob = [] if POSTGRESQL in os.environ else ["test_*.py"]


@pytest.fixture
def postgresql() -> str:
    """The address of a database of the test's own."""
    return new_database()


@pytest.fixture(scope="session")
def redis_url() -> str:
    return os.environ[REDIS]
