"""What counts as asking a reader to record something, and what only tells of records."""

from __future__ import annotations

import pytest

from assistant.editing.in_both_nations import RECORDING
from assistant.guidance import Library


@pytest.mark.parametrize(
    "text",
    [
        "Write it down the same day.",
        "Report first, then write down what the child said.",
        "See that the decision and its reasons are written down too.",
        "Record what was decided.",
        'Say: "Note the time."',
        "Tell social care, and keep your rough notes.",
        "In Wales, you should record why.",
    ],
)
def test_a_reader_is_asked_to_write_it_down(text: str) -> None:
    assert RECORDING["Written down"].search(text)


@pytest.mark.parametrize(
    "text",
    [
        "You disagree? Put it in writing.",
        "You must confirm it in writing within 24 hours.",
        "A report by telephone must be confirmed in writing.",
        "Send a written report.",
        "In Wales, write a report of what is relevant.",
        "Send someone who knows the child, with a written report.",
    ],
)
def test_a_reader_is_asked_to_put_it_in_writing(text: str) -> None:
    assert RECORDING["In writing"].search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Social services must decide and record the next step.",
        "If it takes longer, the reason is recorded.",
        "It stays responsible until another council has confirmed in writing that it takes over.",
        "You reported in writing and heard nothing?",
        "Written information must go there within three days.",
        "Cafcass checks police and council records.",
        "Do not rest on a written agreement.",
    ],
)
def test_what_others_record_asks_nothing_of_the_reader(text: str) -> None:
    assert not any(asked.search(text) for asked in RECORDING.values())


def test_a_reason_given_in_open_names_what_is_left_out(library: Library) -> None:
    reasons = {f"{what}, {nation}:" for what in RECORDING for nation in ("England", "Wales")}
    for topic in library.topics.values():
        for line in topic.open:
            if line.startswith(tuple(RECORDING)):
                assert line.startswith(tuple(reasons)), (topic.id, line)
