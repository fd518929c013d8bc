"""A reply as plain data for the web channel. No HTML: the page or widget draws it.

The fields are described in ``assistant/channels/web/openapi.json``.
"""

from __future__ import annotations

import re
from typing import Any, Callable, Iterable, Optional, Sequence

from assistant.answers.answer import AnswerPoint, CitedPlace, Route
from assistant.answers.text import review_line
from assistant.replies import Reply

Contacts = Callable[[Iterable[str]], Sequence[Route]]
"""Looks contacts up by their ids."""


def reply_json(reply: Reply, contacts: Contacts) -> dict[str, Any]:
    """The reply for the web.

    ``text`` is always complete. Where ``lead`` is given, the parts below say the same in
    pieces; where it is null the reply is its text.

    Args:
        reply: what the assistant said.
        contacts: gives the details of the contacts that a reply without an answer names.
    """
    answer = reply.answer
    # Sources and further points come with the answer that they are about, yet are no answer.
    whole = answer if answer and reply.text.startswith(answer.lead) else None
    shown = whole.contacts if whole else contacts(reply.contacts)
    return {
        "kind": reply.kind,
        "topic": reply.topic,
        "title": whole.title if whole else None,
        "text": reply.text,
        "lead": whole.lead if whole else None,
        "tell": _point(whole.tell) if whole and whole.tell else None,
        "points": [_point(point) for point in whole.points] if whole else [],
        "more": [_point(point) for point in whole.more] if whole else [],
        "contacts": [contact_json(contact) for contact in shown],
        "citations": [_citation(place) for place in answer.places] if answer else [],
        "review": list(whole.review) if whole else [],
        "review_line": review_line(whole) if whole else None,
        "limits": whole.limits if whole else None,
        "buttons": [{"title": button.title, "payload": button.payload} for button in reply.buttons],
        "failed": reply.failed,
    }


def contact_json(contact: Route) -> dict[str, Any]:
    """A contact; ``tel`` is the link that dials its number."""
    return {
        "id": contact.id,
        "name": contact.name,
        "phone": contact.phone,
        "tel": _tel(contact.phone),
        "sms": contact.sms,
        "email": contact.email,
        "url": contact.url,
        "hours": contact.hours,
        "when": contact.when,
    }


def _tel(phone: Optional[str]) -> Optional[str]:
    """The link for a number; None where the text is no plain number."""
    if phone is None or not re.fullmatch(r"\+?[\d ()-]+", phone):
        return None
    return "tel:" + re.sub(r"[ ()-]", "", phone)


def _point(point: AnswerPoint) -> dict[str, Any]:
    return {"text": point.text, "numbers": list(point.numbers), "must": point.must}


def _citation(place: CitedPlace) -> dict[str, Any]:
    return {
        "number": place.number,
        "label": place.label,
        "document": place.document,
        "place": place.place,
        "edition": place.edition,
        "territory": place.territory,
        "url": place.url,
        "as_reported": place.as_reported,
        "note": place.note,
    }
