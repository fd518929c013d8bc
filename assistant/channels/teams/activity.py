"""What Teams sends: the parts of a Bot Framework activity that this channel reads."""

from __future__ import annotations

import hashlib
import html
import re
from typing import Any, Optional

from pydantic import BaseModel, Field, ValidationError, validator

from assistant.store.database import storable
from assistant.turn.replies import Button

# Teams sends a second copy of every formatted text as this type, and a quoted message as that.
_NO_ATTACHMENT = {"text/html", "messageReference"}
_LONGEST_TEXT = 16_000  # characters; the assistant refuses far shorter ones

_MENTION = re.compile(r"<at\b[^<>]*>[^<>]*</at>", re.IGNORECASE)
_QUOTED = re.compile(r"<blockquote\b[^<>]*>.*?</blockquote>", re.IGNORECASE | re.DOTALL)
# Only tags that Teams writes: in "under <5 years" nothing may be lost.
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|at|b|blockquote|br|code|div|em|h[1-6]|i|img|li|ol|p|pre|s|span|strong|u|ul)\b[^<>]*>",
    re.IGNORECASE,
)


class ActivityError(ValueError):
    """The request's body is no activity."""


def _encodable(value: Optional[str]) -> Optional[str]:
    """An id that can be sent back: JSON can carry half characters, addresses cannot.

    Raises:
        UnicodeEncodeError: it cannot; pydantic takes it as a wrong value.
    """
    if value is not None:
        value.encode()
    return value


class Account(BaseModel):
    """A person or the bot. ``aad_object_id`` is the person's id in Entra ID."""

    id: str
    aad_object_id: Optional[str] = Field(None, alias="aadObjectId")

    _ids = validator("id", "aad_object_id", allow_reuse=True)(_encodable)


class Conversation(BaseModel):
    """Where something was said: ``type`` is personal, groupChat or channel."""

    id: str = Field(min_length=1)
    type: str = Field("personal", alias="conversationType")
    tenant_id: Optional[str] = Field(None, alias="tenantId")

    _ids = validator("id", "tenant_id", allow_reuse=True)(_encodable)


class _Tenant(BaseModel):
    id: Optional[str] = None


class _ChannelData(BaseModel):
    tenant: _Tenant = _Tenant()


class _Attachment(BaseModel):
    content_type: str = Field("", alias="contentType")
    content: Any = None


class Activity(BaseModel):
    """One thing that happened in Teams."""

    type: str
    id: Optional[str] = None
    name: Optional[str] = None
    action: Optional[str] = None
    channel_id: str = Field(alias="channelId")
    service_url: str = Field(alias="serviceUrl")
    conversation: Conversation
    sender: Account = Field(alias="from")
    recipient: Account
    text: Optional[str] = None
    value: Any = None
    reply_to_id: Optional[str] = Field(None, alias="replyToId")
    members_added: tuple[Account, ...] = Field((), alias="membersAdded")
    attachments: tuple[_Attachment, ...] = ()
    channel_data: _ChannelData = Field(_ChannelData(), alias="channelData")

    _ids = validator("id", allow_reuse=True)(_encodable)

    @classmethod
    def read(cls, body: Any) -> Activity:
        """The activity in a request's JSON.

        Raises:
            ActivityError: it is none; the message names the wrong parts, not their content.
        """
        try:
            return cls.parse_obj(body)
        except ValidationError as error:
            places = {".".join(str(part) for part in one["loc"]) for one in error.errors()}
            raise ActivityError(f"no activity: {', '.join(sorted(places))}") from None
        except TypeError:  # pydantic makes an object of a list of pairs, whatever their keys are
            raise ActivityError("no activity: a list") from None

    @property
    def tenant(self) -> Optional[str]:
        """The tenant of the person who wrote."""
        return self.channel_data.tenant.id or self.conversation.tenant_id

    @property
    def tracker_key(self) -> str:
        """The conversation's id for Rasa: of this person in this place, without naming either.

        The same person in a private chat and in a group has two trackers, so that nothing
        said in private turns up in the group.
        """
        person = self.sender.aad_object_id or self.sender.id
        return _key(self.tenant, self.conversation.id, person)

    @property
    def place_key(self) -> str:
        """As :attr:`tracker_key`, of the place as a whole."""
        return _key(self.tenant, self.conversation.id, None)

    @property
    def said(self) -> str:
        """What the person typed, without mentions, quoted messages and HTML."""
        text = (self.text or "")[:_LONGEST_TEXT]
        for pattern, instead in ((_MENTION, " "), (_QUOTED, " "), (_BREAK, "\n"), (_TAG, "")):
            text = pattern.sub(instead, text)
        text = storable(html.unescape(text))
        return re.sub(r"[ \t\xa0]+", " ", text).strip()

    @property
    def wording(self) -> str:
        """A hash of what this message says now: it is another one when the message is changed."""
        said = f"{self.said}\n{self.has_attachments}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def button(self) -> Optional[Button]:
        """The button of one of this bot's cards that was pressed, or None."""
        value = self.value if isinstance(self.value, dict) else {}
        payload, title = value.get("payload"), value.get("title")
        if isinstance(payload, str) and isinstance(title, str):
            return Button(storable(title), storable(payload))
        return None

    @property
    def thumb(self) -> Optional[bool]:
        """Of a feedback invoke, whether the thumb is up; None if it is something else."""
        try:
            reaction = self.value["actionValue"]["reaction"]
            return {"like": True, "dislike": False}.get(reaction)
        except (KeyError, TypeError):
            return None

    @property
    def has_attachments(self) -> bool:
        """Whether a picture, a file or a card came with the message."""
        return any(
            one.content_type not in _NO_ATTACHMENT or _has_image(one.content)
            for one in self.attachments
        )

    @property
    def adds_bot(self) -> bool:
        """Whether it tells that the bot was added to a chat or a team."""
        if self.type == "installationUpdate":
            return self.action in ("add", "add-upgrade")
        return any(member.id == self.recipient.id for member in self.members_added)

    @property
    def adds_person(self) -> bool:
        """Whether it tells that a person joined."""
        return any(member.id != self.recipient.id for member in self.members_added)


def _key(*parts: Optional[str]) -> str:
    return "teams-" + hashlib.sha256("\n".join(part or "" for part in parts).encode()).hexdigest()


def _has_image(content: Any) -> bool:
    return "<img" in str(content or "").lower()
