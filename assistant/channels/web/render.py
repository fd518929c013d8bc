"""A reply as plain data for the web channel. No HTML: the page or widget draws it.

The fields are described in ``assistant/channels/web/openapi.json``.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable, Sequence

from assistant.answers.answer import AnswerPoint, CitedPlace, ReviewPlace, Route
from assistant.answers.links import teams_label, teams_link, telephone_link
from assistant.answers.text import duty_labels, review_heading
from assistant.turn.replies import Reply

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
    whole = answer if reply.shows_answer else None
    shown = whole.contacts if whole else contacts(reply.contacts)
    point = _step if reply.kind == "urgent" else _point
    return {
        "kind": reply.kind,
        "topic": reply.topic,
        "title": whole.title if whole else None,
        "text": reply.text,
        "lead": whole.lead if whole else None,
        "other_reader": whole.other_reader if whole else None,
        "tell": _step(whole.tell) if whole and whole.tell else None,
        "lines": [line.text for line in whole.lines] if whole else [],
        "points": [point(one) for one in whole.points] if whole else [],
        "more": [point(one) for one in whole.more] if whole else [],
        "contacts": [contact_json(contact) for contact in shown],
        "citations": [_citation(place) for place in answer.places] if answer else [],
        "review": [_review(place) for place in whole.review] if whole else [],
        "limits": whole.limits if whole and whole.kind != "urgent" else None,
        "buttons": [{"title": button.title, "payload": button.payload} for button in reply.buttons],
        "outcome": reply.outcome.value,
        "failed": reply.failed,
    }


def contact_json(contact: Route) -> dict[str, Any]:
    """A contact; ``tel`` is the link that dials its number, ``teams`` the one that opens a chat."""
    return {
        "id": contact.id,
        "name": contact.name,
        "phone": contact.phone,
        "tel": telephone_link(contact.phone),
        "sms": contact.sms,
        "email": contact.email,
        "url": contact.url,
        "form": contact.form,
        "teams": teams_link(contact.teams) if contact.teams else None,
        "teams_label": teams_label(contact.name) if contact.teams else None,
        "hours": contact.hours,
        "when": contact.when,
        "service": contact.service,
    }


def _point(point: AnswerPoint) -> dict[str, Any]:
    before, after = duty_labels(point)
    return {
        "text": point.text,
        "numbers": list(point.numbers),
        "duty": point.duty,
        "before": before,
        "after": after,
    }


def _step(step: AnswerPoint) -> dict[str, Any]:
    """A point of an urgent reply: it is done whatever its duty is called."""
    return {**_point(step), "duty": None, "before": "", "after": ""}


def _review(place: ReviewPlace) -> dict[str, Any]:
    return {
        "heading": review_heading(place),
        "says": place.says,
        "place": place.place,
        "nearest": place.nearest,
        "url": place.url,
    }


def _citation(place: CitedPlace) -> dict[str, Any]:
    return {
        "number": place.number,
        "label": place.label,
        "document": place.document,
        "place": place.place,
        "edition": place.edition,
        "territory": place.territory,
        "url": place.url,
        "superseded_by": f"{place.superseded_by}." if place.superseded_by else None,
        "evidence": f"{place.evidence} Checked {place.checked}.",
    }
