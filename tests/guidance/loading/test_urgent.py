"""Urgent replies, and which of them do harm."""

from __future__ import annotations

from pathlib import Path

from assistant.guidance import GENERAL, load_library
from tests.conftest import Edit
from tests.guidance.loading.broken import problems


def test_the_general_urgent_reply_cannot_be_left_out(content: Path) -> None:
    assert GENERAL in load_library(content).urgent
    (content / "urgency" / "replies" / "general.yml").unlink()
    assert any("the general reply is missing" in one for one in problems(content))


def test_a_reply_that_harms_and_does_not_exist_is_missed(content: Path, edit: Edit) -> None:
    edit("urgency/harm.yml", "- urgent/risk-from-self", "- urgent/risk-from-sefl")
    assert any("urgent/risk-from-sefl: there is no such reply" in one for one in problems(content))
