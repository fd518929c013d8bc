"""What was asked in vain, as the tracker store tells it, and nothing about who asked."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import numpy as np

from assistant.editing.gaps import gaps_of
from assistant.operations.unanswered import unanswered, welsh_of
from assistant.project import Project

MOMENT = datetime.datetime(2026, 11, 25, 18, 30, tzinfo=datetime.UTC).timestamp()
MONDAY = datetime.date(2026, 11, 23)

Events = list[dict[str, Any]]


def turn(text: str, kind: str, message: str = "", offers: str = "") -> Events:
    metadata = {"metadata": {"kind": kind, "topic": None}}
    buttons = [{"title": "Recording", "payload": offers}] if offers else []
    said = {"event": "user", "text": text, "timestamp": MOMENT, "message_id": message}
    data = {"buttons": buttons}
    return [said, {"event": "bot", "timestamp": MOMENT, "metadata": metadata, "data": data}]


def feedback(message: str, useful: bool) -> Events:
    value = {"message": message, "topic": None, "useful": useful, "reason": None}
    return [{"event": "slot", "name": "feedback", "value": value}]


def never(text: str) -> bool:
    return False


def test_three_ways_of_asking_in_vain_and_no_other() -> None:
    one = [
        *turn("who pays", "out-of-scope"),
        *turn("what is written", "suggest", offers="/talk.recording"),
        *turn("/talk.recording", "answer"),
        *turn("what is claimed", "suggest", offers="/talk.recording"),
        *turn("a good one", "answer", "good"),
        *turn("a bad one", "answer", "bad"),
        *turn("in danger", "urgent"),
    ]
    two = [*turn("who pays", "out-of-scope")]
    one += [*feedback("good", True), *feedback("bad", True), *feedback("bad", False)]
    events = [("person-b", event) for event in one] + [("person-a", event) for event in two]
    found = unanswered(events, never)
    assert [(asked.text, asked.why) for asked in found] == [
        ("a bad one", "not useful"),
        ("what is claimed", "suggestion not taken"),
        ("who pays", "no answer"),
        ("who pays", "no answer"),
    ]
    assert len({asked.conversation for asked in found}) == 2
    assert {asked.week for asked in found} == {MONDAY}
    kept = str([dataclasses.asdict(asked) for asked in found])
    assert "person" not in kept and "18" not in kept and "good" not in kept


def test_of_other_languages_only_welsh_is_listed_and_the_rest_counted(project: Project) -> None:
    events = [
        *(("a", event) for event in turn("pwy sy'n talu am y cyfreithiwr", "other-language")),
        *(("b", event) for event in turn("kto za to placi, prosze", "other-language")),
        *(("c", event) for event in turn("quién paga al abogado", "other-language")),
    ]
    found = unanswered(events, welsh_of(project.data))
    assert {one.why for one in found} == {"other language"} and len(found) == 3
    assert [one.text for one in found if one.text] == ["pwy sy'n talu am y cyfreithiwr"]
    gaps = gaps_of([one for one in found if not one.text], {}, np.zeros((0, 384), np.float32))
    assert gaps.other_languages == 2 and not gaps.shown and not gaps.hidden_groups
    assert "kto" not in str(unanswered(events, never))
