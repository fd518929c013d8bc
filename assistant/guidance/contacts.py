"""Contacts and services: whom people are sent to, nationally and in one area."""

from __future__ import annotations

import datetime
from typing import Literal, Mapping, Optional

from pydantic import Field, validator

from assistant.guidance.model import ContentModel, Nation, require_https
from assistant.guidance.sources import Evidence


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

    _https = validator("url", allow_reuse=True)(require_https)


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

    _https = validator("url", allow_reuse=True)(require_https)


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

    _https = validator("url", "form", allow_reuse=True)(require_https)


class LocalContacts(ContentModel):
    """``data/local.yml``: one partnership's own routes, shown before the national finder.

    ``nation`` leaves out the rules and contacts of the other nation in every answer.
    """

    area: str
    nation: Optional[Nation] = None
    contacts: Mapping[str, LocalContact] = Field(default_factory=dict)
