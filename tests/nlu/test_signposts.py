"""Where people are pointed whose message is out of scope, on messages that are no examples."""

from __future__ import annotations

import csv
from pathlib import Path

from assistant.guidance.names import is_out_of_scope, signpost_of
from assistant.turn.assistant import Assistant
from assistant.understanding.signpost_finder import NO_SIGNPOST

MESSAGES = Path(__file__).parent / "signposts.tsv"
"""Messages by a writer who had seen no example, each with the signposts that serve its writer."""


async def test_most_are_pointed_to_who_can_help_and_few_elsewhere(assistant: Assistant) -> None:
    fitting, plain, elsewhere = 0, 0, []
    with MESSAGES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            intent = (await assistant.parse(row["question"]))["intent"]["name"]
            if not is_out_of_scope(intent):
                continue  # what is urgent or answered by a topic is another test's
            signpost = signpost_of(intent) or NO_SIGNPOST
            if signpost in row["signposts"].split(","):
                fitting += 1
            elif signpost == NO_SIGNPOST:
                plain += 1
            else:
                elsewhere.append((signpost, row["question"][:100]))
    refused = fitting + plain + len(elsewhere)
    assert refused >= 100
    assert fitting / refused >= 0.6, elsewhere
    assert len(elsewhere) / refused <= 0.23, elsewhere
