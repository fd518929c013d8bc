"""Rules on urgent replies: what stands first, whom it speaks to, whom it sends people to."""

from __future__ import annotations

import itertools
import re
from typing import Iterator

from assistant.answers.text import EMERGENCY
from assistant.editing.content_to_check import ContentToCheck, Rule, words
from assistant.editing.in_both_nations import NATIONS
from assistant.guidance import Problem, UrgentSituation
from assistant.guidance.yaml_lines import FieldPath

LONGEST_FIRST = 40  # words, and so for the line of another reader
LONGEST_TELL = 50
FEWEST_STEPS, MOST_STEPS = 4, 9
LONGEST_STEP = 35
LONGEST_TITLE = 60  # characters: the name in lists for editors

_PROGRAM = re.compile(r"\bcomputer program", re.IGNORECASE)
_SILENT_CALL = re.compile(r"\bpress(?:ing)? 55\b", re.IGNORECASE)
_SHOWS_NO_PLACE = re.compile(r"\bdoes not show\b[^.]*\bwhere\b", re.IGNORECASE)


def sizes_of_the_reply(content: ContentToCheck) -> Iterator[Problem]:
    """A person in danger reads two lines, then a few short steps."""
    for situation in content.library.urgent.values():
        path = content.file_of_urgent(situation)
        parts: list[tuple[FieldPath, str, int]] = [
            (("first",), situation.first, LONGEST_FIRST),
            (("other_reader",), situation.other_reader or "", LONGEST_FIRST),
            (("tell", "text"), situation.tell.text, LONGEST_TELL),
            *(
                (("lines", i, "text"), line.text, LONGEST_FIRST)
                for i, line in enumerate(situation.lines)
            ),
            *(
                (("steps", i, "text"), step.text, LONGEST_STEP)
                for i, step in enumerate(situation.steps)
            ),
        ]
        for at, text, most in parts:
            if words(text) > most:
                yield content.problem(path, at, f"{words(text)} words; shorten it to {most}")
        if not FEWEST_STEPS <= len(situation.steps) <= MOST_STEPS:
            fix = f"{len(situation.steps)} steps; write {FEWEST_STEPS} to {MOST_STEPS}"
            yield content.problem(path, ("steps",), fix)


def title_of_the_reply(content: ContentToCheck) -> Iterator[Problem]:
    """A title fits a line."""
    for situation in content.library.urgent.values():
        if len(situation.title) > LONGEST_TITLE:
            fix = f"{len(situation.title)} characters; shorten it to {LONGEST_TITLE}"
            yield content.problem(content.file_of_urgent(situation), ("title",), fix)


def names_999_first(content: ContentToCheck) -> Iterator[Problem]:
    """Whoever reads it, and however short their time, meets 999 in the first lines."""
    for situation in content.library.urgent.values():
        if EMERGENCY not in situation.first:
            fix = f"the first lines do not name {EMERGENCY}; name it"
            yield content.problem(content.file_of_urgent(situation), ("first",), fix)


def speaks_to_another_reader(content: ContentToCheck) -> Iterator[Problem]:
    """The reader is not always whom the words were written for."""
    for situation in content.library.urgent.values():
        if not situation.other_reader and not situation.lines:
            fix = "add a line for whoever else may be reading, or lines for each of them"
            yield content.problem(content.file_of_urgent(situation), ("other_reader",), fix)


def says_that_it_is_a_program(content: ContentToCheck) -> Iterator[Problem]:
    """Nobody may believe that a person has read it, and wait."""
    for situation in content.library.urgent.values():
        if not _PROGRAM.search(situation.tell.text):
            fix = "say that this is a computer program, which nobody reads and which sends no help"
            yield content.problem(content.file_of_urgent(situation), ("tell", "text"), fix)


def says_that_55_shows_no_place(content: ContentToCheck) -> Iterator[Problem]:
    """Whoever calls 999 in silence does not wait for police who cannot know where they are."""
    for situation in content.library.urgent.values():
        steps = [step.text for step in situation.steps]
        told = (situation.first, situation.tell.text, *steps)
        if any(map(_SILENT_CALL.search, told)) and not any(map(_SHOWS_NO_PLACE.search, steps)):
            fix = "it tells to press 55; say in a step that this does not show where the caller is"
            yield content.problem(content.file_of_urgent(situation), ("steps",), fix)


def routes_in_both_nations(content: ContentToCheck) -> Iterator[Problem]:
    """Each reply leads to somebody in England and to somebody in Wales.

    A line for the whole of the United Kingdom is beside that: it acts for nobody's council.
    """
    for situation in content.library.urgent.values():
        listed = [content.library.contacts[one].territory for one in situation.contacts]
        for nation in NATIONS:
            if nation not in listed and "both" not in listed:
                fix = f"no contact for {nation} is listed; add one"
                yield content.problem(content.file_of_urgent(situation), ("contacts",), fix)


def each_service_in_both_nations(content: ContentToCheck) -> Iterator[Problem]:
    """A service that both nations have, each under a contact of its own, is listed for both."""
    contacts = content.library.contacts
    of_wales = {one: one.replace("-wales", "") for one in contacts if "-wales" in one}
    pairs = [(one, other) for one, other in of_wales.items() if other in contacts]
    for situation in content.library.urgent.values():
        for pair in pairs:
            listed = [one for one in pair if one in situation.contacts]
            if len(listed) == 1:
                [missing] = {*pair} - {*listed}
                fix = f"{listed[0]} is listed for one nation only; list {missing} too"
                yield content.problem(content.file_of_urgent(situation), ("contacts",), fix)


def told_in_both_nations(content: ContentToCheck) -> Iterator[Problem]:
    """What is told of one nation has its counterpart for the other, or ``open`` says why not.

    A step for one nation only needs one for the other. Words for every reader that name a nation
    name the other too.
    """
    for situation in content.library.urgent.values():
        path = content.file_of_urgent(situation)
        for nation, other in itertools.permutations(NATIONS):
            why = f"Told in {nation} only:"
            if any(line.startswith(why) for line in situation.open):
                continue
            steps = {step.territory for step in situation.steps}
            if nation in steps and other not in steps:
                fix = f"a step is for {nation} only; add one for {other}, or '{why} ...' in open"
                yield content.problem(path, ("steps",), fix)
            for at, text in _for_every_reader(situation):
                if nation in text and other not in text:
                    fix = f"it names {nation} only; name {other}, or write '{why} ...' in open"
                    yield content.problem(path, at, fix)


def _for_every_reader(situation: UrgentSituation) -> Iterator[tuple[FieldPath, str]]:
    """The texts of a reply that are shown in both nations, with their place."""
    yield ("first",), situation.first
    yield ("other_reader",), situation.other_reader or ""
    yield ("tell", "text"), situation.tell.text
    for i, line in enumerate(situation.lines):
        yield ("lines", i, "text"), line.text


RULES: tuple[Rule, ...] = (
    sizes_of_the_reply,
    title_of_the_reply,
    names_999_first,
    speaks_to_another_reader,
    says_that_it_is_a_program,
    says_that_55_shows_no_place,
    routes_in_both_nations,
    each_service_in_both_nations,
    told_in_both_nations,
)
