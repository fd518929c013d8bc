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

REVIEW = "national-review"
"""Id of the source every answer must point to (invariant 1 of the design)."""

NO_TOPIC = "out-of-scope"
"""What stands for a topic where no topic answers."""

# The id is the path of the file below data/guidance: theme, slash, topic.
TOPIC_ID = re.compile(r"^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$")

KnownHow = Literal["confirmed", "reported", "unknown"]


class Content(BaseModel):
    """Base of everything that is read from ``data/``: frozen, strict, stripped."""

    class Config:
        extra = Extra.forbid
        frozen = True
        anystr_strip_whitespace = True
        min_anystr_length = 1


class Citation(str):
    """A place that confirms a fact: ``source`` or ``source:section``.

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
    def _validate(cls, value: Any) -> Citation:
        if not isinstance(value, str) or not cls._pattern.match(value):
            raise ValueError("a citation is written source or source:section")
        return cls(value)


class Section(Content):
    """A citable place in a source, printed only as strongly as it is known.

    ``page_status`` and ``number_status`` say how far the page and the number are known:
    *confirmed* by the publisher, *reported* by a secondary source, or *unknown*.
    A label may hold the number (``recommendation 3 for ...``); one that is only reported
    is marked so where it is printed.
    """

    label: str
    pages: Optional[str] = None
    page_status: KnownHow = "unknown"
    number: Optional[str] = None
    number_status: KnownHow = "unknown"
    says: Optional[str] = None
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


class Source(Content):
    """A document that answers may cite, with its edition, date, territory and address."""

    title: str
    short: str = Field(max_length=60)
    publisher: str
    edition: str
    published: Optional[datetime.date] = None
    territory: str
    standing: Literal[
        "review",
        "law",
        "statutory guidance",
        "guidance",
        "procedure",
        "tool",
        "research",
        "news",
        "service",
        "parliament",
    ]
    evidence: Literal["publisher", "secondary", "unchecked"]
    url: Optional[str] = None
    checked: datetime.date
    note: Optional[str] = None
    sections: Mapping[str, Section] = Field(default_factory=dict)

    _https = validator("url", allow_reuse=True)(lambda url: require_https(url))

    @property
    def binds(self) -> bool:
        """True if a practitioner *must* follow it: law, or statutory guidance."""
        return self.standing in ("law", "statutory guidance")


class Contact(Content):
    """An official route or a helpline. Its number is written here and nowhere else."""

    name: str
    when: str
    phone: Optional[str] = None
    sms: Optional[str] = None
    email: Optional[str] = None
    url: Optional[str] = None
    hours: Optional[str] = None
    area: str
    local: bool = False
    supported_by: str
    source_url: Optional[str] = None
    status: Literal["official", "secondary", "unchecked"]
    checked: datetime.date

    _https = validator("url", "source_url", allow_reuse=True)(lambda url: require_https(url))


class Service(Content):
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
    supported_by: str
    source_url: Optional[str] = None
    source_date: str
    status: Literal["confirmed-2026", "provider-undated", "secondary", "doubtful"]
    checked: datetime.date
    note: Optional[str] = None

    _https = validator("url", "source_url", allow_reuse=True)(lambda url: require_https(url))
    _date = validator("source_date", pre=True, allow_reuse=True)(lambda value: str(value))


class LocalContact(Content):
    """A deploying partnership's own details for one of the ``local`` contacts."""

    name: str
    phone: Optional[str] = None
    email: Optional[str] = None
    url: Optional[str] = None
    hours: Optional[str] = None
    checked: datetime.date

    _https = validator("url", allow_reuse=True)(lambda url: require_https(url))


class LocalContacts(Content):
    """``data/local.yml``: one partnership's own routes, shown before the national finder."""

    area: str
    contacts: Mapping[str, LocalContact]


class Point(Content):
    """One thing to notice, know or do, with the place that confirms it.

    ``duty: must`` marks what law or statutory guidance requires.
    """

    text: str
    cite: tuple[Citation, ...]
    duty: Optional[Literal["must"]] = None

    _some = validator("cite", allow_reuse=True)(lambda value: require_some(value))


class ScriptedAnswer(Content):
    """What is said: a lead that answers the question, then points, then routes."""

    lead: str
    points: tuple[Point, ...]
    contacts: tuple[str, ...] = ()
    more: tuple[Point, ...] = ()

    _some = validator("points", allow_reuse=True)(lambda value: require_some(value))


class Topic(Content):
    """One question that practitioners ask, and its answer: one file, the id is its path.

    ``guided`` names a guided conversation that the answer offers by a button.
    """

    id: str
    title: str = Field(max_length=80)
    questions: tuple[str, ...]
    review: tuple[Citation, ...]
    answer: ScriptedAnswer
    next: tuple[str, ...] = ()
    guided: Optional[str] = None
    reviewed: datetime.date

    _some = validator("questions", allow_reuse=True)(lambda value: require_some(value))

    @validator("review")
    def _points_to_the_review(cls, value: tuple[Citation, ...]) -> tuple[Citation, ...]:
        return require_review(value)

    @property
    def theme(self) -> str:
        """The first part of the id: recognise, talk, respond, support, review, learning."""
        return self.id.partition("/")[0]


class UrgentReply(Content):
    """What is said first of all: the action, whom to tell today, the plain steps."""

    first: str
    tell: Point
    steps: tuple[Point, ...]
    contacts: tuple[str, ...]

    _some = validator("steps", "contacts", allow_reuse=True)(lambda value: require_some(value))


class UrgentPattern(Content):
    """Words that, met in this order within one sentence, make a message urgent.

    ``words`` holds names of word sets (in capitals) or literal lemmas, ``a|b`` for either;
    ``unless`` holds word sets whose presence in the sentence calls the pattern off.
    """

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    within: int = Field(default=6, ge=0, le=25)

    _some = validator("words", allow_reuse=True)(lambda value: require_some(value))


class UrgentSituation(Content):
    """A situation that is answered with official channels before anything else."""

    id: str
    title: str
    speaks_to: Literal["practitioner", "child", "adult"]
    reply: UrgentReply
    review: tuple[Citation, ...]
    next: tuple[str, ...]
    patterns: tuple[UrgentPattern, ...] = ()
    examples: tuple[str, ...]
    reviewed: datetime.date

    _some = validator("next", "examples", allow_reuse=True)(lambda value: require_some(value))

    @validator("review")
    def _points_to_the_review(cls, value: tuple[Citation, ...]) -> tuple[Citation, ...]:
        return require_review(value)


class CatalogueTopic(Content):
    """An entry of ``data/catalogue.yml``: a topic that must be answered."""

    id: str
    covers: str


def intent_name(topic_id: str) -> str:
    """The Rasa intent of a topic or urgent situation.

    Rasa keeps the slash for retrieval intents, so ``talk/recording`` is the intent
    ``talk.recording``; :func:`topic_id_of` is the way back.
    """
    return topic_id.replace("/", ".")


def topic_id_of(intent: str) -> str:
    """The topic or urgent id of a Rasa intent: the inverse of :func:`intent_name`."""
    return intent.replace(".", "/")


def response_name(topic_id: str) -> str:
    """The Rasa response that answers a topic or an urgent situation."""
    return f"utter_{intent_name(topic_id)}"


def payload(topic_id: str) -> str:
    """The button payload that asks for a topic."""
    return f"/{intent_name(topic_id)}"


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


def require_review(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Refuse citations that are none, or not of the national review."""
    if not citations:
        raise ValueError("at least one section of the national review is needed")
    for citation in citations:
        if citation.source != REVIEW:
            raise ValueError(f"{citation} is not a section of the national review")
    return citations
