"""What all content is made of: the base of every class of it, and what several of them check.

Every class is immutable and refuses unknown fields, so that a misspelt key is an error with a
line number and not an answer that silently lacks a part. Each kind of content has its module
here, and one in :mod:`assistant.guidance.loading` that reads and cross-checks it.
"""

from __future__ import annotations

from typing import Any, Literal, Optional

from pydantic import BaseModel, Extra

Territory = Literal["England", "Wales", "both"]

Nation = Literal["England", "Wales"]


class ContentModel(BaseModel):
    """Base of everything that is read from ``data/``: frozen, strict, stripped."""

    class Config:
        extra = Extra.forbid
        frozen = True
        anystr_strip_whitespace = True
        min_anystr_length = 1


def require_https(url: Optional[str]) -> Optional[str]:
    """Refuse an address that is not https."""
    if url is not None and not url.startswith("https://"):
        raise ValueError("an address starts with https://")
    return url


def require_some(value: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse an empty list."""
    if not value:
        raise ValueError("give at least one")
    return value
