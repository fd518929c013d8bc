"""Readings of answers by others than their writer: ``data/readings/*.yml``.

The second reader holds an answer against its facts, claim by claim; the third plays the
practitioner with the likeliest questions. An answer that changes is read again.
"""

from __future__ import annotations

import calendar
import datetime
import re
from pathlib import Path
from typing import Any, Iterator, Literal, Mapping, Optional, Union

from pydantic import ValidationError, validator

from assistant.editing.content_to_check import ContentToCheck, PlacedPoint, Rule
from assistant.guidance import Problem, Source
from assistant.guidance.model import ContentModel
from assistant.guidance.welsh import english_of
from assistant.guidance.yaml_lines import YamlProblem, read_yaml

FOLDER = "readings"
LEAST_REVIEW_FITS = 0.95  # of the answers read: those whose section of the review is to the point

_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(
    rf"(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(calendar.month_name[1:])}) (?P<year>\d{{4}})$"
)
"""A month at the end of an edition, with its day or without: ``updated 9 June 2023``."""


class SecondReading(ContentModel):
    """Claim by claim against the facts; ``review_fits``: the section cited is to the point."""

    claims: int
    corrected: int
    review_fits: bool
    note: Optional[str] = None


class ThirdReading(ContentModel):
    """As the practitioner: could they act, and what was changed so that they can."""

    could_act: Literal["yes", "partly", "no"]
    changed: str
    note: Optional[str] = None

    @validator("could_act", pre=True)
    def _yes_or_no(cls, value: Any) -> Any:
        # An unquoted yes is true to YAML.
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class Reading(ContentModel):
    """Both readings of one answer, and the day.

    ``digest`` is of the words that were read: a reading that has one holds until a word changes,
    one without until the answer's ``reviewed``. Of answers and urgent replies only.
    """

    date: datetime.date
    digest: Optional[str] = None
    second: SecondReading
    third: ThirdReading


class ReadingsFile(ContentModel):
    """A file of ``data/readings/``: readings by the id of the answer."""

    readings: Mapping[str, Reading]


def answers_are_read(content: ContentToCheck) -> Iterator[Problem]:
    """What is answered was read by others, as it is or on or after the day of its last review.

    And after the edition of each source that a point of it rests on was published.
    """
    answers = {answer_id: (path, day) for answer_id, path, day in _reviewed(content)}
    read: dict[str, datetime.date] = {}
    for path, found in _files(content):
        if isinstance(found, Problem):
            yield found
            continue
        for answer_id, reading in found.items():
            at = ("readings", answer_id)
            if answer_id not in (*answers, *_READ_TOO):
                yield content.problem(path, at, "no such answer; take it out")
            read[answer_id] = max(reading.date, read.get(answer_id, reading.date))
            now = _digest(content, answer_id)
            if reading.digest and reading.digest != now:
                fix = (
                    f"its words are no longer those that were read; have it read, and write "
                    f"digest: '{now}'"
                    if now
                    else "a digest stands with answers and urgent replies only; take it out"
                )
                yield content.problem(path, (*at, "digest"), fix)
    for answer_id, (path, day) in answers.items():
        if answer_id not in read or read[answer_id] < day:
            fix = f"nobody has read it since {day}; have it read and record it in {FOLDER}/"
            yield content.problem(path, ("reviewed",), fix)
    for point in content.points():
        yield from _newer_sources(content, point, read.get(point.part_of))


def _newer_sources(
    content: ContentToCheck, point: PlacedPoint, read: Optional[datetime.date]
) -> Iterator[Problem]:
    cited = {source.short: source for _, source in point.cited}
    for source in cited.values():
        published = edition_day(source)
        if read and published and published > read:
            fix = (
                f"rests on {source.short} ({source.edition}), newer than its last reading on "
                f"{read}; hold it against that edition and record the reading in {FOLDER}/"
            )
            yield content.problem(point.path, point.at, fix)


def edition_day(source: Source) -> Optional[datetime.date]:
    """The first day on which a source's edition can have been published; None if nobody knows."""
    if source.published:
        return source.published
    if _YEAR.fullmatch(source.edition):
        return datetime.date(int(source.edition), 1, 1)
    named = _DAY.search(source.edition)
    if named is None:
        return None
    month = list(calendar.month_name).index(named["month"])
    return datetime.date(int(named["year"]), month, int(named["day"] or 1))


def the_review_fits(content: ContentToCheck) -> Iterator[Problem]:
    """The section of the review is to the point in 95 of 100 answers, or marked nearest."""
    fits = {
        answer_id: (path, reading.second.review_fits)
        for path, found in _files(content)
        if not isinstance(found, Problem)
        for answer_id, reading in found.items()
    }
    amiss = {answer_id: path for answer_id, (path, fit) in fits.items() if not fit}
    if len(amiss) > (1 - LEAST_REVIEW_FITS) * len(fits):
        for answer_id, path in amiss.items():
            fix = (
                f"the section of the review does not fit here, nor in {len(amiss) - 1} others of "
                f"{len(fits)}, more than {1 - LEAST_REVIEW_FITS:.0%}; cite another and have it read"
            )
            yield content.problem(path, ("readings", answer_id, "second", "review_fits"), fix)


def _files(content: ContentToCheck) -> Iterator[tuple[Path, Union[Mapping[str, Reading], Problem]]]:
    """The readings of each file by the id of the answer, or what is wrong with the file."""
    for path in sorted((content.data / FOLDER).glob("*.yml")):
        try:
            yield path, ReadingsFile(**read_yaml(path).data).readings
        except YamlProblem as error:
            yield path, Problem(path, error.line, "", error.message)
        except ValidationError as error:
            for detail in error.errors():
                yield path, content.problem(path, tuple(detail["loc"]), detail["msg"])


def _digest(content: ContentToCheck, answer_id: str) -> Optional[str]:
    """The digest of an answer's words as they are now; none for what has no such digest."""
    library = content.library
    written = library.topics.get(answer_id) or library.urgent.get(answer_id)
    return english_of(written) if written else None


def _reviewed(content: ContentToCheck) -> Iterator[tuple[str, Path, datetime.date]]:
    """The id, file and date of everything that must be read."""
    library = content.library
    for topic in library.topics.values():
        yield topic.id, content.file_of(topic), topic.reviewed
    for situation in library.urgent.values():
        yield situation.id, content.file_of_urgent(situation), situation.reviewed
    for guide in library.guides.values():
        yield f"guided/{guide.id}", content.file_of_guide(guide), guide.reviewed
    yield "roles", content.data / "roles.yml", library.roles.reviewed


# May have a reading as well: short texts without claims, or without a date of review.
_READ_TOO = ("glossary", "service-search")

RULES: tuple[Rule, ...] = (answers_are_read, the_review_fits)
