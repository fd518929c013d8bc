"""Urgent situations: their replies, the patterns that find them, and what harms whom."""

from __future__ import annotations

import datetime
from typing import Literal, Mapping, Optional

from pydantic import Field, validator

from assistant.guidance.model import ContentModel, require_some
from assistant.guidance.points import Point, ReviewLink

Voice = Literal[
    "child",
    "adult-survivor",
    "relative",
    "practitioner",
    "worried-about-own-behaviour",
    "unwanted-thoughts",
    "nobodys-emergency",
]
"""Who is typing. The last is who tells of ordinary family life and is in no danger."""


class ReaderLine(ContentModel):
    """A line of the general urgent reply: for one possible reader, harmless to the others."""

    who: str
    text: str


class UrgentSituation(ContentModel):
    """The reply to an urgent situation: official channels before anything else.

    ``first`` is right for whoever reads it and ``other_reader`` speaks to a reader who is not
    the expected one. ``written_for`` are the voices it may be given to; every other gets
    :data:`~assistant.guidance.names.GENERAL`. ``never`` is what no reply may say: for editors.
    ``after`` names the reply that this one goes on from: it is given to who writes on after that,
    is no situation that a message can be recognised as, and has no examples.
    """

    id: str
    title: str
    after: Optional[str] = None
    written_for: tuple[Voice, ...]
    first: str
    other_reader: Optional[str] = None
    tell: Point
    lines: tuple[ReaderLine, ...] = ()
    steps: tuple[Point, ...]
    never: tuple[str, ...] = ()
    contacts: tuple[str, ...]
    review: tuple[ReviewLink, ...]
    next: tuple[str, ...]
    open: tuple[str, ...] = ()
    reviewed: datetime.date

    _some = validator("steps", "contacts", "written_for", "review", "next", allow_reuse=True)(
        require_some
    )


class UrgentPattern(ContentModel):
    """Words that, met in this order within one sentence, make a message urgent.

    ``words`` holds names of word sets (in capitals) or words in their base form, ``a|b`` for
    either; ``unless`` holds word sets whose presence in the sentence calls the pattern off.
    """

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    within: int = Field(default=6, ge=0, le=25)

    _some = validator("words", allow_reuse=True)(require_some)


class UrgencyPatternsFile(ContentModel):
    """``data/urgency/patterns.yml`` and ``follow-ups.yml``: word sets, and patterns by reply.

    ``forms`` holds by base form what the rules for endings do not give (``see: [saw, seen]``).
    """

    forms: Mapping[str, tuple[str, ...]] = {}
    words: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[UrgentPattern, ...]]


class Harm(ContentModel):
    """Replies that do harm to one kind of reader: ``high`` never happens, ``low`` is counted."""

    high: tuple[str, ...] = ()
    low: tuple[str, ...] = ()


class HarmFile(ContentModel):
    """``data/urgency/harm.yml``: which reply does harm to which reader."""

    harm: Mapping[Voice, Harm]
