"""Generated requests, fitting and wrong, to the web channel. Many more: ``benchmarks.fuzzing``.

Generated activities for Teams: ``teams/test_faults.py``.
"""

from __future__ import annotations

import asyncio

import pytest

from assistant.channels.teams.activity import Activity, ActivityError
from benchmarks.fuzzing import FuzzingError, check_log, fuzz
from tests.channels.conftest import Client

EXAMPLES, SEED = 12, 1


async def test_no_request_breaks_the_channel_and_none_is_logged(
    client: Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    url = f"{client.url}/webhooks/notice"
    sent = await asyncio.to_thread(fuzz, url, client.token, EXAMPLES, SEED)
    assert sent > 100
    for record in caplog.records:
        check_log(f"{record.levelname}:{record.name}:{record.getMessage()}")
    assert "Traceback" not in "".join(capfd.readouterr())


async def test_a_list_of_pairs_is_no_body(client: Client) -> None:
    """Found by the generated requests."""
    answer = await client.api("session", [[True, None]])
    assert answer.status == 400 and answer.error["code"] == "bad-request"
    with pytest.raises(ActivityError):
        Activity.read([[True, None]])


def test_a_line_with_a_message_in_the_log_is_found() -> None:
    check_log("ERROR:assistant.turn.official:No answer, incident abcdwxyz: RuntimeError\n")
    with pytest.raises(FuzzingError):
        check_log("ERROR:assistant.turn.official:No answer, incident abcdwxyz: for zebedia\n")
