"""Sources: the documents that answers may cite, and how each is known."""

from __future__ import annotations

import datetime
from typing import Literal, Mapping, Optional

from pydantic import Field, validator

from assistant.guidance.model import ContentModel, require_https

KnownHow = Literal["confirmed", "reported", "unknown"]

BINDING = frozenset({"law", "statutory-guidance"})
"""Standings of sources that a practitioner *must* follow."""


class Evidence(ContentModel):
    """A page that shows what we say, and how: ``is-the-document``, ``quotes``, ``summarises``."""

    url: str
    how: str


class Section(ContentModel):
    """A citable place in the national review, printed only as strongly as it is known.

    ``page_status`` and ``number_status`` say how far the page and the number are known:
    *confirmed* by the publisher, *reported* by a secondary source, or *unknown*.
    """

    label: str
    pages: Optional[str] = None
    page_status: KnownHow = "unknown"
    number: Optional[str] = None
    number_status: KnownHow = "unknown"
    says: Optional[str] = None
    firmness: Optional[str] = None
    url: Optional[str] = None

    _https = validator("url", allow_reuse=True)(require_https)

    @property
    def place(self) -> str:
        """The label and page; a page is printed only as strongly as it is known."""
        if not self.pages or self.page_status == "unknown":
            return self.label
        page = f"{'pages' if '-' in self.pages else 'page'} {self.pages}"
        known = page if self.page_status == "confirmed" else f"reported {page}"
        return f"{self.label}, {known}"


class Source(ContentModel):
    """A document that answers may cite, with its edition, territory, address and standing.

    ``standing`` says what it is, and so what may rest on it; ``superseded_by`` is one quiet
    line about a newer edition, shown under the source. ``local`` is the page of one area.
    """

    title: str
    short: str = Field(max_length=60)
    publisher: str
    edition: str
    published: Optional[datetime.date] = None
    territory: str
    standing: Literal[
        "review",
        "law",
        "statutory-guidance",
        "professional-guidance",
        "guidance",
        "procedure",
        "tool",
        "research",
        "news",
        "service",
        "parliament",
        "local",
    ]
    firmness: Literal["confirmed", "recalled"]
    confirmed_by: tuple[Evidence, ...] = ()
    superseded_by: Optional[str] = None
    url: Optional[str] = None
    checked: datetime.date
    note: Optional[str] = None
    sections: Mapping[str, Section] = Field(default_factory=dict)

    _https = validator("url", allow_reuse=True)(require_https)

    @property
    def binds(self) -> bool:
        """True if a practitioner *must* follow it: law, or statutory guidance."""
        return self.standing in BINDING
