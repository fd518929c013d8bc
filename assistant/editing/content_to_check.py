"""The content under check: every text and point that is shown, with the place where it stands."""

from __future__ import annotations

import dataclasses
import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Iterable, Iterator, Literal, Sequence

from assistant.guidance import (
    Examples,
    Fact,
    Guide,
    Library,
    Point,
    Problem,
    ReviewLink,
    Source,
    Topic,
    UrgentSituation,
)
from assistant.guidance.yaml_lines import FieldPath, YamlDocument, read_yaml

Kind = Literal["answer", "urgent", "guided"]

# A list after a colon is read as a sentence of its own: that is how the answers are written.
_SENTENCE_END = re.compile(r"(?<=[.!?:;])[\"”)']?\s+")


@dataclass(frozen=True)
class PlacedText:
    """A text that is shown: the file, the field, and the id of what it is part of."""

    kind: Kind
    part_of: str
    path: Path
    at: FieldPath
    text: str

    @property
    def sentences(self) -> list[str]:
        """The sentences of the text."""
        return [one for one in _SENTENCE_END.split(self.text) if one]


@dataclass(frozen=True)
class PlacedPoint:
    """A point with its place; ``sources`` are those of its facts, without any that is unsaid."""

    kind: Kind
    part_of: str
    path: Path
    at: FieldPath
    point: Point
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]

    @property
    def text(self) -> str:
        """The point's text."""
        return self.point.text

    @property
    def cited(self) -> list[tuple[Fact, Source]]:
        """The facts that a reader sees as its sources."""
        return [(f, s) for f, s in zip(self.facts, self.sources) if f.cited]


@dataclass(frozen=True)
class ContentToCheck:
    """All content below ``data``, to be checked as on the day ``today``."""

    data: Path
    library: Library
    examples: Examples
    today: datetime.date
    _documents: dict[Path, YamlDocument] = field(default_factory=dict, compare=False)

    def problem(self, path: Path, at: FieldPath, fix: str) -> Problem:
        """Something to fix, with the line on which the field stands."""
        if path not in self._documents:
            self._documents[path] = read_yaml(path)
        line = self._documents[path].line(at)
        return Problem(path, line, ".".join(map(str, at)), fix)

    def file_of(self, topic: Topic) -> Path:
        """The file of an answer."""
        return self.data / "guidance" / f"{topic.id}.yml"

    def file_of_urgent(self, situation: UrgentSituation) -> Path:
        """The file of an urgent reply."""
        return self.data / "urgency" / "replies" / f"{situation.id.partition('/')[2]}.yml"

    def points(self) -> Iterator[PlacedPoint]:
        """Every point that is shown."""
        for topic in self.library.topics.values():
            place = self._placing("answer", topic.id, self.file_of(topic))
            yield from place(("points",), topic.points)
            yield from place(("more",), topic.more)
        for situation in self.library.urgent.values():
            place = self._placing("urgent", situation.id, self.file_of_urgent(situation))
            tell = next(place((), [situation.tell]))
            yield dataclasses.replace(tell, at=("tell",))
            yield from place(("steps",), situation.steps)
        for guide in self.library.guides.values():
            place = self._placing("guided", f"guided/{guide.id}", self.file_of_guide(guide))
            for name, page in guide.pages.items():
                yield from place(("pages", name, "points"), page.points)
        roles = self.library.roles
        place = self._placing("guided", "roles", self.data / "roles.yml")
        yield from place(("points",), roles.points)
        for name, role in roles.roles.items():
            yield from place(("roles", name, "first"), role.first)
        place = self._placing("guided", "service-search", self.data / "service-search.yml")
        yield from place(("results", "points"), self.library.search.results.points)

    def texts(self) -> Iterator[PlacedText]:
        """Every text that is shown, the points' texts included; titles are not."""
        for point in self.points():
            at = (*point.at, "text")
            yield PlacedText(point.kind, point.part_of, point.path, at, point.text)
        for topic in self.library.topics.values():
            path = self.file_of(topic)
            yield PlacedText("answer", topic.id, path, ("lead",), topic.lead)
            if topic.lead_wales:
                yield PlacedText("answer", topic.id, path, ("lead_wales",), topic.lead_wales)
            yield from _says("answer", topic.id, path, topic.review)
        for situation in self.library.urgent.values():
            path = self.file_of_urgent(situation)
            yield PlacedText("urgent", situation.id, path, ("first",), situation.first)
            if situation.other_reader:
                other = situation.other_reader
                yield PlacedText("urgent", situation.id, path, ("other_reader",), other)
            for i, line in enumerate(situation.lines):
                yield PlacedText("urgent", situation.id, path, ("lines", i, "text"), line.text)
            yield from _says("urgent", situation.id, path, situation.review)
        yield from self._guided_texts()
        languages, path = self.library.languages, self.data / "languages.yml"
        yield PlacedText("guided", "languages", path, ("english",), languages.english)
        yield PlacedText("guided", "languages", path, ("unknown",), languages.unknown)
        for i, term in enumerate(self.library.glossary):
            path = self.data / "glossary.yml"
            yield PlacedText("guided", "glossary", path, ("terms", i, "means"), term.means)

    def _guided_texts(self) -> Iterator[PlacedText]:
        for guide in self.library.guides.values():
            path, name = self.file_of_guide(guide), f"guided/{guide.id}"
            yield from _says("guided", name, path, guide.review)
            for page_name, page in guide.pages.items():
                yield PlacedText("guided", name, path, ("pages", page_name, "lead"), page.lead)
        roles, path = self.library.roles, self.data / "roles.yml"
        yield PlacedText("guided", "roles", path, ("lead",), roles.lead)
        yield PlacedText("guided", "roles", path, ("forgotten",), roles.forgotten)
        yield from _says("guided", "roles", path, roles.review)
        search, path = self.library.search, self.data / "service-search.yml"
        name = "service-search"
        yield PlacedText("guided", name, path, ("again",), search.again)
        for question, asked in search.questions.items():
            yield PlacedText("guided", name, path, ("questions", question, "ask"), asked.ask)
        yield PlacedText("guided", name, path, ("results", "lead"), search.results.lead)
        yield PlacedText("guided", name, path, ("results", "none"), search.results.none)
        yield from _says("guided", name, path, search.review)

    def file_of_guide(self, guide: Guide) -> Path:
        """The file of a guided conversation."""
        return self.data / "guided" / f"{guide.id}.yml"

    def _placing(
        self, kind: Kind, part_of: str, path: Path
    ) -> Callable[[FieldPath, Sequence[Point]], Iterator[PlacedPoint]]:
        def place(at: FieldPath, points: Sequence[Point]) -> Iterator[PlacedPoint]:
            for i, point in enumerate(points):
                facts = tuple(self.library.facts[one] for one in point.facts)
                sources = tuple(self.library.sources[fact.authority.source] for fact in facts)
                yield PlacedPoint(kind, part_of, path, (*at, i), point, facts, sources)

        return place


def words(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def _says(
    kind: Kind, part_of: str, path: Path, links: Iterable[ReviewLink]
) -> Iterator[PlacedText]:
    for i, link in enumerate(links):
        yield PlacedText(kind, part_of, path, ("review", i, "says"), link.says)


Rule = Callable[[ContentToCheck], Iterator[Problem]]
"""One rule of the standard: what breaks it, each with file, line, field and fix."""
