"""Facts: what is known, on whose authority, and how we know it."""

from __future__ import annotations

from typing import Literal, Optional

from pydantic import validator

from assistant.guidance.model import ContentModel
from assistant.guidance.sources import Evidence


class Authority(ContentModel):
    """The document that makes a rule or states a fact, and the place in it.

    Of the national review ``place`` is the id of a section of ``data/sources.yml``; of every
    other document it is the place's name in words.
    """

    source: str
    place: Optional[str] = None

    _text = validator("place", pre=True, allow_reuse=True)(
        lambda value: None if value is None else str(value)
    )


class Fact(ContentModel):
    """One thing that is known, on which authority (what answers cite) and how we know it.

    ``firmness: recalled`` is what specialists know although nobody has read the page.
    ``cited: false`` where the authority only tells which rule the fact goes with and does not
    say it: it carries what a point says, and is not printed as its source.
    """

    id: str
    says: str
    duty: Literal["must", "should", "may", "fact"]
    authority: Authority
    cited: bool = True
    firmness: Literal["confirmed", "recalled"]
    confirmed_by: tuple[Evidence, ...] = ()
    note: Optional[str] = None
