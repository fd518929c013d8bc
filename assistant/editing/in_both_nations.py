"""What a person in one nation is told of that a person in the other is told of too."""

from __future__ import annotations

import re
from typing import Iterator, Mapping, Pattern, get_args

from assistant.answers import Answer, answer_for_topic
from assistant.answers.nations import for_nation
from assistant.answers.text import EMERGENCY
from assistant.editing.content_to_check import ContentToCheck, Rule
from assistant.guidance import Nation, Problem

NATIONS: tuple[Nation, ...] = get_args(Nation)

# Only what the reader is asked to do counts, not what a council records or confirmed in writing.
_AT_THE_START = r"(?:(?:^|[.:;?!,]) *[\"'“]?|\b(?:you|then) (?:must |should )?)"
RECORDING: Mapping[str, Pattern[str]] = {
    "Written down": re.compile(
        r"\bwrit(?:e|ten)\b[^.:;?!]{0,60}?\bdown\b"
        rf"|{_AT_THE_START}(?:record|note|log|jot)\b"
        r"|\bkeep (?:a |your |own |rough )*(?:notes?|record|log|diary)\b",
        re.IGNORECASE,
    ),
    "In writing": re.compile(
        r"\b(?:put|confirm|ask|say|get|answer|report|send|have|refer|challenge|confirmed)\b"
        r"[^.:;?!]{0,60}?\bin writing\b(?! that)"
        r"|\b(?:send|write)\b[^.:;?!]{0,30}? reports?\b|\bwith a written report\b",
        re.IGNORECASE,
    ),
}
"""How a reader is asked to record something. An answer that cannot ask it in one nation says why
in a line of ``open`` that begins "Written down, Wales:" (so with England, and "In writing")."""


def names_999(content: ContentToCheck) -> Iterator[Problem]:
    """An answer that names 999 to a person in one nation names it to one in the other."""
    for topic in content.library.topics.values():
        answer = answer_for_topic(topic, content.library)
        for nation in _told_less(answer, re.compile(EMERGENCY)):
            fix = (
                f"{EMERGENCY} is not named to a person in {nation}, but to others; "
                "make its point one of both nations, or name it in the lead"
            )
            yield content.problem(content.file_of(topic), ("points",), fix)


def asks_to_record(content: ContentToCheck) -> Iterator[Problem]:
    """An answer that asks a person in one nation to record something asks it in the other."""
    for topic in content.library.topics.values():
        answer = answer_for_topic(topic, content.library)
        for what, asked in RECORDING.items():
            for nation in _told_less(answer, asked):
                reason = f"{what}, {nation}:"
                if not any(line.startswith(reason) for line in topic.open):
                    fix = (
                        f"nobody in {nation} is asked to have it {what.lower()}, but others are; "
                        f"add a point for {nation}, or say why not in open: '{reason} ...'"
                    )
                    yield content.problem(content.file_of(topic), ("points",), fix)


def _told_less(answer: Answer, what: Pattern[str]) -> list[Nation]:
    """The nation whose answer does not say what the other one's says."""
    says = {nation: any(map(what.search, _shown(for_nation(answer, nation)))) for nation in NATIONS}
    return [nation for nation in NATIONS if not says[nation] and any(says.values())]


def _shown(answer: Answer) -> tuple[str, ...]:
    return (answer.lead, *(point.text for point in (*answer.points, *answer.more)))


RULES: tuple[Rule, ...] = (names_999, asks_to_record)
