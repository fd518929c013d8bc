"""Readings of answers by others than their writer: ``data/readings/*.yml``.

The second reader holds an answer against its facts, claim by claim; the third plays the
practitioner with the likeliest questions. An answer that changes is read again.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, Iterator, Literal, Mapping, Optional

from pydantic import ValidationError, validator

from assistant.editing.checked import Checked, Rule
from assistant.guidance import Problem
from assistant.guidance.model import Content
from assistant.guidance.yaml_lines import YamlProblem, read_yaml

FOLDER = "readings"


class SecondReading(Content):
    """Claim by claim against the facts; ``review_fits``: the section cited is to the point."""

    claims: int
    corrected: int
    review_fits: bool
    note: Optional[str] = None


class ThirdReading(Content):
    """As the practitioner: could they act, and what was changed so that they can."""

    could_act: Literal["yes", "partly", "no"]
    changed: str
    note: Optional[str] = None

    @validator("could_act", pre=True)
    def _yes_or_no(cls, value: Any) -> Any:
        # An unquoted yes is true to YAML.
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class Reading(Content):
    """Both readings of one answer, and the day."""

    date: datetime.date
    second: SecondReading
    third: ThirdReading


class ReadingsFile(Content):
    """A file of ``data/readings/``: readings by the id of the answer."""

    readings: Mapping[str, Reading]


def answers_are_read(checked: Checked) -> Iterator[Problem]:
    """Every answer was read by others on or after the day on which it was last reviewed."""
    read: dict[str, datetime.date] = {}
    for path in sorted((checked.data / FOLDER).glob("*.yml")):
        try:
            found = ReadingsFile(**read_yaml(path).data)
        except YamlProblem as error:
            yield Problem(path, error.line, "", error.message)
            continue
        except ValidationError as error:
            for detail in error.errors():
                yield checked.problem(path, tuple(detail["loc"]), detail["msg"])
            continue
        for topic_id, reading in found.readings.items():
            if topic_id not in {**checked.library.topics, **checked.library.urgent}:
                yield checked.problem(path, ("readings", topic_id), "no such answer; take it out")
            read[topic_id] = max(reading.date, read.get(topic_id, reading.date))
    for topic in checked.library.topics.values():
        yield from _unread(checked, checked.file_of(topic), topic.id, topic.reviewed, read)
    for situation in checked.library.urgent.values():
        path = checked.file_of_urgent(situation)
        yield from _unread(checked, path, situation.id, situation.reviewed, read)


def _unread(
    checked: Checked,
    path: Path,
    answer_id: str,
    reviewed: datetime.date,
    read: Mapping[str, datetime.date],
) -> Iterator[Problem]:
    if answer_id not in read or read[answer_id] < reviewed:
        fix = f"nobody has read it since {reviewed}; have it read and record it in {FOLDER}/"
        yield checked.problem(path, ("reviewed",), fix)


RULES: tuple[Rule, ...] = (answers_are_read,)
