"""Tests against a real PostgreSQL and a real Redis: ``make test-services`` starts both.

Without them this folder is left out; ``.ci/run`` runs both targets.
"""

from __future__ import annotations

import os
import subprocess

import pytest

POSTGRESQL = "NOTICE_TEST_POSTGRESQL"
REDIS = "NOTICE_TEST_REDIS"

collect_ignore_glob = [] if POSTGRESQL in os.environ else ["test_*.py"]


@pytest.fixture(scope="session")
def postgresql() -> str:
    return os.environ[POSTGRESQL]


@pytest.fixture(scope="session")
def redis_url() -> str:
    return os.environ[REDIS]


def control(service: str, action: str) -> None:
    """Stop or start one of the two servers."""
    subprocess.run([os.environ[f"{service}_CONTROL"], action], check=True)
