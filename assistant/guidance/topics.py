"""Topics: the questions that practitioners ask, each with its answer."""

from __future__ import annotations

import datetime
import re
from typing import Optional

from pydantic import Field, validator

from assistant.guidance.model import ContentModel, require_some
from assistant.guidance.points import Point, ReviewLink

# The id is the path of the file below data/guidance: theme, slash, topic.
TOPIC_ID = re.compile(r"^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$")


class Topic(ContentModel):
    """One question that practitioners ask, and its answer: one file, the id is its path.

    ``lead`` answers the likeliest question, ``lead_wales`` for who is known to work in Wales;
    ``points`` follow in the order a person acts; ``more`` is for "tell me more"; ``open`` is what
    editors must still settle, never shown. ``guided`` names a guided conversation that the answer
    offers by a button. How people ask stands in ``data/questions/`` under the same name.
    """

    id: str
    title: str = Field(max_length=80)
    lead: str
    lead_wales: Optional[str] = None
    points: tuple[Point, ...]
    more: tuple[Point, ...] = ()
    review: tuple[ReviewLink, ...]
    contacts: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    guided: Optional[str] = None
    open: tuple[str, ...] = ()
    reviewed: datetime.date

    _some = validator("points", "review", allow_reuse=True)(require_some)

    @property
    def theme(self) -> str:
        """The first part of the id: recognise, talk, respond, support, review, learning."""
        return self.id.partition("/")[0]


class CatalogueTopic(ContentModel):
    """An entry of ``data/catalogue.yml``: a topic that must be answered."""

    id: str
    covers: str
