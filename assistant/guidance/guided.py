"""Content of the guided conversations: what an editor may write in their files.

Three kinds: pages walked one by one (``data/guided/*.yml``), a person's role
(``data/roles.yml``), and the search for a service (``data/service-search.yml``).
"""

from __future__ import annotations

import datetime
import re
from typing import Mapping, Optional, TypeVar

from pydantic import Field, validator

from assistant.guidance.contacts import Service
from assistant.guidance.model import ContentModel, Nation, require_some
from assistant.guidance.names import START
from assistant.guidance.points import Point, ReviewLink

PAGE_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")

AUDIENCE, AREA, HELP_WANTED = "audience", "area", "help_wanted"
SEARCHED = (AUDIENCE, AREA, HELP_WANTED)
"""The questions of the search, in the order in which they are asked; also the slots' names."""


class GuidedPage(ContentModel):
    """One page: a lead, points that each cite, routes, and where to go from here.

    ``choices`` are pages offered by their title instead of Next; a page that is reached
    ``by_choice`` only is no step: Next and Back pass it over.
    """

    title: str = Field(max_length=60)
    lead: str
    points: tuple[Point, ...]
    contacts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    by_choice: bool = False
    next: tuple[str, ...] = ()

    _some = validator("points", allow_reuse=True)(require_some)


class Guide(ContentModel):
    """A guided conversation made of pages, in the order in which they are walked.

    ``topic`` is the topic it belongs to; ``keep_nothing`` asks that nothing a person types
    while it is open is kept. ``open`` is what editors must still settle, never shown.
    """

    id: str
    title: str = Field(max_length=60)
    topic: str
    review: tuple[ReviewLink, ...]
    keep_nothing: bool = False
    pages: Mapping[str, GuidedPage]
    open: tuple[str, ...] = ()
    reviewed: datetime.date

    @validator("pages")
    def _begins_with_start(cls, value: Mapping[str, GuidedPage]) -> Mapping[str, GuidedPage]:
        if next(iter(value), None) != START:
            raise ValueError(f"the first page is '{START}'")
        for page in value:
            if not PAGE_ID.match(page):
                raise ValueError(f"'{page}': a page's name is in lower case with hyphens")
        return value

    def after(self, page: str) -> Optional[str]:
        """The step after a page, or None at the end."""
        pages = list(self.pages)
        later = pages[pages.index(page) + 1 :]
        return next((one for one in later if not self.pages[one].by_choice), None)

    def before(self, page: str) -> Optional[str]:
        """The step before a page, or None at the start."""
        pages = list(self.pages)
        earlier = pages[: pages.index(page)]
        return next((one for one in reversed(earlier) if not self.pages[one].by_choice), None)


class Role(ContentModel):
    """A practitioner's role: how people say it, and what it puts first in answers."""

    title: str
    topic: str
    say: tuple[str, ...]
    first: tuple[Point, ...]

    _some = validator("say", "first", allow_reuse=True)(require_some)


class NationWords(ContentModel):
    """How people say in which nation they work, and what is said once it is known."""

    title: str
    say: tuple[str, ...]

    _some = validator("say", allow_reuse=True)(require_some)


class Roles(ContentModel):
    """The guided conversation "My role", all roles it knows, and the two nations."""

    title: str = Field(max_length=60)
    topic: str
    review: tuple[ReviewLink, ...]
    lead: str
    forgotten: str
    points: tuple[Point, ...]
    themes: tuple[str, ...]
    before: tuple[str, ...]
    roles: Mapping[str, Role]
    nations: Mapping[Nation, NationWords]
    reviewed: datetime.date

    _some = validator("points", "themes", allow_reuse=True)(require_some)


class SearchOption(ContentModel):
    """One answer to a question of the search.

    ``matches`` are words of the services' register that it takes in, best first; ``any`` takes
    in all. ``say`` is how people name it; ``button: no`` leaves it to be typed.
    """

    title: str = Field(max_length=60)
    any: bool = False
    matches: tuple[str, ...] = ()
    say: tuple[str, ...]
    button: bool = True

    _some = validator("say", allow_reuse=True)(require_some)


class SearchQuestion(ContentModel):
    """One question of the search and its options."""

    ask: str
    options: Mapping[str, SearchOption]


class SearchResults(ContentModel):
    """What is said with the services found; the directory is always offered."""

    lead: str
    none: str
    directory: str
    points: tuple[Point, ...]
    change: Mapping[str, str]
    next: tuple[str, ...]

    _some = validator("points", allow_reuse=True)(require_some)

    @validator("change")
    def _changes_all(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        return _require_searched(value)


class ServiceSearch(ContentModel):
    """The guided conversation "Find a service".

    ``fillers`` are words that a message may hold besides an option and still be no more than
    an answer to a question of the search; with any other word it is about something else.
    """

    title: str = Field(max_length=60)
    topic: str
    review: tuple[ReviewLink, ...]
    again: str
    fillers: tuple[str, ...]
    questions: Mapping[str, SearchQuestion]
    results: SearchResults
    reviewed: datetime.date

    @validator("questions")
    def _asks_all(cls, value: Mapping[str, SearchQuestion]) -> Mapping[str, SearchQuestion]:
        return _require_searched(value)


T = TypeVar("T")


def _require_searched(value: Mapping[str, T]) -> Mapping[str, T]:
    if tuple(value) != SEARCHED:
        raise ValueError(f"write {', '.join(SEARCHED)}, in this order")
    return value


def words_of(service: Service, question: str) -> tuple[str, ...]:
    """What a service says of itself on one question of the search."""
    if question == AUDIENCE:
        return service.audience
    return (service.area,) if question == AREA else service.help
