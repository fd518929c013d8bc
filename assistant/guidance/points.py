"""Points and links to the review: what answers, urgent replies and guided pages consist of."""

from __future__ import annotations

import re
from typing import Any, Generator, Literal, Optional

from pydantic import validator

from assistant.guidance.model import ContentModel, Territory, require_some
from assistant.guidance.names import REVIEW

Duty = Literal["must", "should", "may"]


class Point(ContentModel):
    """One thing to notice, know or do.

    ``facts`` are ids of ``data/facts/``: what readers see as its sources is made from their
    authority. ``duty`` is *must* for what law, statutory guidance or a named profession
    requires, *should* for guidance, *may* for a power; none for a plain fact. ``scope: local``
    marks what shows one area's way.
    """

    text: str
    facts: tuple[str, ...]
    duty: Optional[Duty] = None
    territory: Territory = "both"
    scope: Optional[Literal["local"]] = None

    _some = validator("facts", allow_reuse=True)(require_some)


class Citation(str):
    """A section of the national review: ``national-review`` or ``national-review:section``.

    A plain string in YAML and JSON; ``source`` and ``section`` are its two parts.
    """

    _pattern = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*(:[a-z0-9]+([-/][a-z0-9]+)*)?$")

    @property
    def source(self) -> str:
        """The id of the source, a key of ``data/sources.yml``."""
        return self.partition(":")[0]

    @property
    def section(self) -> Optional[str]:
        """The id of the section within the source, or None for the whole of it."""
        return self.partition(":")[2] or None

    @classmethod
    def __get_validators__(cls) -> Generator[Any, None, None]:
        yield cls._validate

    @classmethod
    def __modify_schema__(cls, field_schema: dict[str, Any]) -> None:
        field_schema.update(type="string", pattern=cls._pattern.pattern)

    @classmethod
    def _validate(cls, value: Any) -> Citation:
        if not isinstance(value, str) or not cls._pattern.match(value):
            raise ValueError("a citation is written source or source:section")
        return cls(value)


class ReviewLink(ContentModel):
    """A section of the national review, and what it has to do with the question.

    ``fit: nearest`` is printed as "Nearest in the review", so that nobody takes it for more.
    """

    cite: Citation
    says: str
    fit: Literal["speaks-of-it", "nearest"]

    @validator("cite")
    def _is_the_review(cls, value: Citation) -> Citation:
        if value.source != REVIEW:
            raise ValueError(f"{value} is not a section of the national review")
        return value
