"""What the content may refer to, and whether it does: facts, sections, contacts, topics."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Collection, Iterable, Mapping, Optional

from assistant.guidance.contacts import Contact
from assistant.guidance.facts import Fact
from assistant.guidance.loading.files import ContentFiles, unknown
from assistant.guidance.names import REVIEW
from assistant.guidance.points import Point, ReviewLink
from assistant.guidance.sources import BINDING, Source
from assistant.guidance.yaml_lines import FieldPath

_MAY_SAY_MUST = BINDING | {"professional-guidance", "procedure"}


@dataclass(frozen=True)
class References:
    """What there is to refer to. What is referred to and is not there is a problem of its file.

    ``written`` are the topics and ``replies`` the urgent replies that there is a file of, even
    one that cannot be read; ``promised`` are the topics written or in the catalogue: a ``next``
    may name one that nobody has written yet, and answers leave it out.
    """

    files: ContentFiles
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    contacts: Mapping[str, Contact]
    written: Collection[str]
    promised: Collection[str]
    replies: Collection[str]

    def check_points(self, path: Path, at: FieldPath, points: Iterable[Point]) -> None:
        """The facts of points are there, and a "must" rests on one that may carry it."""
        for i, point in enumerate(points):
            here: FieldPath = at if at == ("tell",) else (*at, i)
            self.files.check_known(
                path, (*here, "facts"), point.facts, self.facts, "fact", "facts/"
            )
            known = [self.facts[one] for one in point.facts if one in self.facts]
            if point.duty == "must" and known and not self._may_say_must(known):
                self.files.problem(
                    path,
                    (*here, "duty"),
                    "'must' needs a fact whose authority is law, statutory guidance or a "
                    "profession's own rules; name one or write should",
                )

    def check_review(self, path: Path, at: FieldPath, links: Iterable[ReviewLink]) -> None:
        """The sections of the review that are cited are there."""
        for i, link in enumerate(links):
            if not is_section(link.cite.section, self.sources):
                fix = f"{link.cite}: {unknown('section', 'sources.yml')}"
                self.files.problem(path, (*at, "review", i, "cite"), fix)

    def check_contacts(self, path: Path, at: FieldPath, ids: Iterable[str]) -> None:
        """The contacts are there."""
        self.files.check_known(path, at, ids, self.contacts, "contact", "contacts.yml")

    def check_next(self, path: Path, at: FieldPath, ids: Iterable[str]) -> None:
        """The topics that are offered next are written or promised."""
        self.files.check_known(path, at, ids, self.promised, "topic", "catalogue.yml")

    def check_topic(self, path: Path, at: FieldPath, topic_id: str) -> None:
        """The topic is written."""
        self.files.check_known(path, at, [topic_id], self.written, "topic", "guidance/")

    def _may_say_must(self, facts: Iterable[Fact]) -> bool:
        sources = [self.sources.get(fact.authority.source) for fact in facts]
        return any(source is None or source.standing in _MAY_SAY_MUST for source in sources)


def is_section(place: Optional[str], sources: Mapping[str, Source]) -> bool:
    """True for a section of the review, and for None, which is the whole of it.

    True of everything, too, where the review itself is missing: that is a problem of its own.
    """
    review = sources.get(REVIEW)
    return place is None or review is None or place in review.sections


__all__ = ["References", "is_section"]
