"""Shared fixtures."""

from __future__ import annotations

import pytest

from assistant.answers import Answer, answer_for_topic, answer_for_urgent
from assistant.guidance import Library


@pytest.fixture(scope="module")
def answers(library: Library) -> dict[str, Answer]:
    topics = {one: answer_for_topic(topic, library) for one, topic in library.topics.items()}
    urgent = {one: answer_for_urgent(item, library) for one, item in library.urgent.items()}
    return topics | urgent
