"""The one way from a contact's number or address to a link, for every channel."""

from __future__ import annotations

import re
from typing import Iterable, Optional
from urllib.parse import quote

_PLAIN_NUMBER = re.compile(r"\+?[\d ()-]+")


def telephone_link(phone: Optional[str]) -> Optional[str]:
    """The link that dials a number; None where the text is no plain number."""
    if phone is None or not _PLAIN_NUMBER.fullmatch(phone):
        return None
    return "tel:" + re.sub(r"[ ()-]", "", phone)


def mail_link(address: str) -> str:
    """The link that opens a mail."""
    return f"mailto:{quote(address, safe='@')}"


def mail_draft(subject: str, lines: Iterable[str]) -> str:
    """The link that opens a new mail to nobody yet, with a subject and these lines (RFC 6068)."""
    body = "\r\n".join(lines)
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


def teams_link(address: str) -> str:
    """The deep link that opens a Teams chat with a person or group.

    https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams
    """
    return f"https://teams.microsoft.com/l/chat/0/0?users={address}"


def teams_label(name: str) -> str:
    """What that link says: "Message your safeguarding lead"."""
    return f"Message {name[0].lower()}{name[1:]}" if name.startswith("Your ") else f"Message {name}"
