"""The content model: what a content editor may write, and nothing else.

Every class is immutable and refuses unknown fields, so that a misspelt key is an
error with a line number and not an answer that silently lacks a part.
Loading and cross-checking live in :mod:`assistant.guidance.loading`.
"""

from __future__ import annotations

import datetime
import re
from typing import Any, Generator, Literal, Mapping, Optional

from pydantic import BaseModel, Extra, Field, validator

from assistant.guidance.names import REVIEW

# The id is the path of the file below data/guidance: theme, slash, topic.
TOPIC_ID = re.compile(r"^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$")

KnownHow = Literal["confirmed", "reported", "unknown"]
Duty = Literal["must", "should", "may"]
Territory = Literal["England", "Wales", "both"]
Nation = Literal["England", "Wales"]
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

BINDING = frozenset({"law", "statutory-guidance"})
"""Standings of sources that a practitioner *must* follow."""


class ContentModel(BaseModel):
    """Base of everything that is read from ``data/``: frozen, strict, stripped."""

    class Config:
        extra = Extra.forbid
        frozen = True
        anystr_strip_whitespace = True
        min_anystr_length = 1


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

    _https = validator("url", allow_reuse=True)(lambda url: require_https(url))

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

    _https = validator("url", allow_reuse=True)(lambda url: require_https(url))

    @property
    def binds(self) -> bool:
        """True if a practitioner *must* follow it: law, or statutory guidance."""
        return self.standing in BINDING


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


class Contact(ContentModel):
    """An official route or a helpline. Its number is written here and nowhere else.

    ``local`` contacts differ by council, force or partnership: ``data/local.yml`` supplies them.
    One with ``also_in`` is somebody whom only ``data/local.yml`` knows: nothing shows it before
    it is filled in there, and these answers and urgent replies show it from then on.
    """

    name: str
    when: str
    phone: Optional[str] = None
    sms: Optional[str] = None
    email: Optional[str] = None
    url: Optional[str] = None
    hours: Optional[str] = None
    territory: Literal["England", "Wales", "both", "UK"]
    area: Optional[str] = None
    local: bool = False
    also_in: tuple[str, ...] = ()
    firmness: Literal["confirmed", "cross-checked", "recalled"]
    confirmed_by: tuple[Evidence, ...] = ()
    checked: datetime.date
    note: Optional[str] = None

    _https = validator("url", allow_reuse=True)(lambda url: require_https(url))


class Service(ContentModel):
    """A support service of the register, with how firmly its details are known."""

    name: str
    audience: tuple[str, ...] = Field(alias="for")
    help: tuple[str, ...]
    about: str
    contact: Optional[str] = None
    phone: Optional[str] = None
    sms: Optional[str] = None
    email: Optional[str] = None
    url: Optional[str] = None
    hours: Optional[str] = None
    area: str
    firmness: Literal["confirmed", "cross-checked", "reported", "exists", "doubtful"]
    confirmed_by: tuple[Evidence, ...] = ()
    checked: datetime.date
    note: Optional[str] = None

    _https = validator("url", allow_reuse=True)(lambda url: require_https(url))


class LocalContact(ContentModel):
    """A deploying partnership's own details for one of the ``local`` contacts.

    ``form`` is the address of its referral form; ``teams`` the work address of a person or
    group in Microsoft Teams, which becomes "Message ..." there and in the widget.
    """

    name: str
    phone: Optional[str] = None
    email: Optional[str] = None
    url: Optional[str] = None
    form: Optional[str] = None
    teams: Optional[str] = Field(None, regex=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    hours: Optional[str] = None
    checked: datetime.date

    _https = validator("url", "form", allow_reuse=True)(lambda url: require_https(url))


class LocalContacts(ContentModel):
    """``data/local.yml``: one partnership's own routes, shown before the national finder.

    ``nation`` leaves out the rules and contacts of the other nation in every answer.
    """

    area: str
    nation: Optional[Nation] = None
    contacts: Mapping[str, LocalContact] = Field(default_factory=dict)


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

    _some = validator("facts", allow_reuse=True)(lambda value: require_some(value))


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

    _some = validator("points", "review", allow_reuse=True)(lambda value: require_some(value))

    @property
    def theme(self) -> str:
        """The first part of the id: recognise, talk, respond, support, review, learning."""
        return self.id.partition("/")[0]


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
        lambda value: require_some(value)
    )


class UrgentPattern(ContentModel):
    """Words that, met in this order within one sentence, make a message urgent.

    ``words`` holds names of word sets (in capitals) or words in their base form, ``a|b`` for
    either; ``unless`` holds word sets whose presence in the sentence calls the pattern off.
    """

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    within: int = Field(default=6, ge=0, le=25)

    _some = validator("words", allow_reuse=True)(lambda value: require_some(value))


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


class Language(ContentModel):
    """What somebody is told who writes in this language. ``read_by``: its native reader.

    ``english`` takes the place of the English sentence that all languages share.
    """

    name: str
    text: str
    english: Optional[str] = None
    roman: tuple[str, ...] = ()
    read_by: Optional[str] = None


class Languages(ContentModel):
    """``data/languages.yml``: what is said to messages in other languages than English."""

    english: str
    unknown: str
    languages: Mapping[str, Language]
    contacts: tuple[str, ...]
    checked: datetime.date


class CatalogueTopic(ContentModel):
    """An entry of ``data/catalogue.yml``: a topic that must be answered."""

    id: str
    covers: str


class Term(ContentModel):
    """An entry of ``data/glossary.yml``: a term of art in one plain sentence."""

    term: str
    also: tuple[str, ...] = ()
    means: str
    facts: tuple[str, ...] = ()
    territory: Territory = "both"


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
