"""What the web channel takes and gives: the one place where its fields are named.

Requests come from outside: pydantic reads them and refuses what does not fit. Replies are ours:
typed dictionaries, which cost a turn nothing, and which mypy holds the code against. ``notice
schema`` writes ``openapi.json`` beside this file and the widget's ``contract.ts`` from both
(:mod:`assistant.channels.web.description`), and tests hold what the running channel says against
them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Optional, TypedDict, Union
from uuid import UUID

from pydantic import BaseModel, Field, validator

from assistant.guidance.points import Duty
from assistant.store.database import storable
from assistant.turn.outcome import LONGEST_MESSAGE, Kind, Outcome

_HTTPS = "^https://"
_MAIL = "^mailto:"


class Body(BaseModel):
    """What a request may hold, and nothing else."""

    class Config:
        extra = "forbid"


class Empty(Body):
    """Nothing to say."""


class Typed(Body):
    """What the person typed."""

    id: UUID = Field(
        description="Made by the page, new for each message. The same id gets the same reply, once."
    )
    text: str = Field(
        description=f"More than {LONGEST_MESSAGE:,} characters get a reply that says so."
    )

    @validator("text")
    def _storable(cls, text: str) -> str:
        return storable(text)


class Picked(Body):
    """The payload of a button of an earlier reply."""

    id: UUID = Field(description="As of a typed message.")
    payload: str = Field(
        regex="^/", description="Obeyed only if a reply of this conversation offered it."
    )

    @validator("payload")
    def _storable(cls, payload: str) -> str:
        return storable(payload)


class Message(BaseModel):
    """What the person typed, or the payload of a button of an earlier reply."""

    __root__: Union[Typed, Picked]

    @property
    def id(self) -> str:
        """The page's id of the message."""
        return str(self.__root__.id)

    @property
    def said(self) -> str:
        """The words or the payload."""
        message = self.__root__
        return message.text if isinstance(message, Typed) else message.payload


class Reason(StrEnum):
    """Why an answer was not useful."""

    WRONG_TOPIC = "wrong-topic"
    UNCLEAR = "unclear"
    OUT_OF_DATE = "out-of-date"
    MISSING = "missing"


class Feedback(Body):
    """What a person thinks of an answer. No free text."""

    id: UUID = Field(description="The id of the message that was answered.")
    useful: bool
    reason: Optional[Reason] = None


class Session(TypedDict):
    """A session: one conversation of one page."""

    session: Annotated[
        str, Field(description="Opaque token for the Authorization header of every other request.")
    ]
    expires: Annotated[str, Field(format="date-time", description="When the token ends.")]


class Point(TypedDict):
    """One point with the numbers of the citations that confirm it."""

    text: str
    numbers: list[int]
    duty: Annotated[
        Optional[Duty],
        Field(
            description="must: law or statutory guidance requires it; should: guidance; "
            "may: a power; null: a plain fact, or a step of an urgent reply."
        ),
    ]
    before: Annotated[
        str,
        Field(
            description='Label of the duty to show before the text ("Must:"); '
            "empty if there is none."
        ),
    ]
    after: Annotated[
        str,
        Field(
            description='Label of the duty to show behind the text ("(should)"); '
            "empty if there is none."
        ),
    ]


class Contact(TypedDict):
    """An official route."""

    id: str
    name: str
    phone: Optional[str]
    tel: Annotated[
        Optional[str],
        Field(pattern=r"^tel:\+?[0-9]+$", description="The link that dials the number."),
    ]
    sms: Optional[str]
    email: Optional[str]
    mail: Annotated[
        Optional[str], Field(pattern=_MAIL, description="The link that opens a mail to it.")
    ]
    url: Annotated[Optional[str], Field(pattern=_HTTPS)]
    form: Annotated[
        Optional[str],
        Field(pattern=_HTTPS, description="The referral form of the council or partnership."),
    ]
    teams: Annotated[
        Optional[str],
        Field(pattern=_HTTPS, description="The link that opens a chat in Microsoft Teams."),
    ]
    teams_label: Annotated[Optional[str], Field(description="What that link says.")]
    hours: Optional[str]
    when: Annotated[str, Field(description="When to use it.")]
    service: Annotated[
        bool,
        Field(
            description="A support service: when says what it offers and belongs to what is shown."
        ),
    ]


class Citation(TypedDict):
    """A place in a document."""

    number: int
    label: Annotated[str, Field(description="Document and place in one line.")]
    document: str
    place: Optional[str]
    edition: str
    territory: str
    url: Annotated[Optional[str], Field(pattern=_HTTPS)]
    superseded_by: Annotated[Optional[str], Field(description="That a newer edition is in force.")]
    evidence: Annotated[
        str,
        Field(
            description="How it is known that the place says so, and when that was checked.",
        ),
    ]


class Review(TypedDict):
    """A section of the national review and what it says. Show it as "heading: says (place)"."""

    heading: Annotated[
        str, Field(description='"In the review" or "Nearest in the review", with the edition.')
    ]
    says: str
    place: str
    nearest: Annotated[
        bool, Field(description="The section does not speak of the question itself.")
    ]
    url: Annotated[Optional[str], Field(pattern=_HTTPS)]


class Words(TypedDict):
    """What stands around the answer's parts, in its language."""

    who_to_contact: str
    sources: str
    more: str
    form: str
    website: str
    call: str
    or_: str


class Button(TypedDict):
    """A choice."""

    title: str
    payload: str


class Parts(TypedDict):
    """The parts of an answer; the pages of answers and the handbook show them too."""

    title: Annotated[
        Optional[str],
        Field(description='Heading of the answer; of an urgent reply "Get help now".'),
    ]
    lead: Annotated[
        Optional[str],
        Field(description="The answer in short; of an urgent reply what to do first."),
    ]
    other_reader: Annotated[
        Optional[str],
        Field(description="A line for whoever else may be reading; urgent replies only."),
    ]
    tell: Annotated[Optional[Point], Field(description="Whom to tell; urgent replies only.")]
    lines: Annotated[
        list[str],
        Field(description="A line for each possible reader; the general urgent reply only."),
    ]
    points: Annotated[
        list[Point], Field(description="The points of an answer; the steps of an urgent reply.")
    ]
    more: Annotated[list[Point], Field(description="Further points, for those who want more.")]
    contacts: list[Contact]
    citations: list[Citation]
    review: Annotated[
        list[Review],
        Field(
            description="Where to look in the national review, apart from the sources of the "
            "points."
        ),
    ]
    limits: Annotated[Optional[str], Field(description="What the answer is not.")]
    words: Words


class Reply(Parts):
    """The whole reply: text is always complete.

    Where lead is given, the parts say the same in pieces; where it is null, the reply is its text,
    lines parted by line feeds. Show an urgent reply in this order: title, lead, other_reader,
    the first three contacts, tell, lines, the other contacts, points, review, citations.
    """

    kind: Kind
    language: Annotated[
        str,
        Field(
            enum=["en", "cy"],
            description="Of the answer: English, or Welsh. Mark it with lang.",
        ),
    ]
    topic: Annotated[Optional[str], Field(description="Id of the topic or urgent situation.")]
    changed: Annotated[
        Optional[str],
        Field(description="That the answer changed lately, and when. Show it beside limits."),
    ]
    page: Annotated[
        Optional[str],
        Field(
            description="Address of the answer's own page, relative to that of the server's "
            "pages; null where it has none."
        ),
    ]
    supervision: Annotated[
        Optional[str],
        Field(
            pattern=_MAIL,
            description="The link that opens a mail to a supervisor about the answer, with "
            "nothing of the conversation.",
        ),
    ]
    text: str
    buttons: list[Button]
    outcome: Outcome
    failed: Annotated[
        bool,
        Field(description="No answer could be given; these are the official channels instead."),
    ]


class Answered(TypedDict):
    """A message and its reply."""

    reply: Reply


class Turn(TypedDict):
    """One message and its reply."""

    id: Annotated[Optional[str], Field(description="The id that the page gave the message.")]
    text: Annotated[str, Field(description="What was said, redacted; of a button its title.")]
    reply: Reply


class History(TypedDict):
    """The conversation as it is kept: redacted, oldest first."""

    turns: list[Turn]


class Refusal(TypedDict):
    """Why a request was not answered."""

    code: Annotated[str, Field(description="For programs.")]
    message: Annotated[str, Field(description="A plain sentence for people.")]
    first: Annotated[
        str,
        Field(
            description="The first lines of the general urgent reply: to be shown above the "
            "contacts."
        ),
    ]
    contacts: Annotated[
        list[Contact],
        Field(description="Always shown: nobody is sent away with an error alone."),
    ]


class Unanswered(TypedDict):
    """A request that was not answered."""

    error: Refusal
