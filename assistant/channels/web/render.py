"""A reply as plain data for the web channel. No HTML: the page or widget draws it.

The fields are described in :mod:`assistant.channels.web.contract`.
"""

from __future__ import annotations

import functools
from typing import Callable, Iterable, Optional, Sequence, TypedDict

from assistant.answers import current_content
from assistant.answers.answer import Answer, AnswerPoint, CitedPlace, ReviewPlace, Route
from assistant.answers.changes import changed_text
from assistant.answers.links import mail_link, teams_label, teams_link, telephone_link
from assistant.answers.text import duty_labels, evidence_text, review_heading
from assistant.answers.words import ENGLISH_WORDS, Words
from assistant.channels.web import contract
from assistant.channels.web.supervision import supervision_mail
from assistant.turn.replies import Reply

MAILS_KEPT = 512
"""Mails to a supervisor that are kept: one an answer, for each address that the pages have."""

Contacts = Callable[[Iterable[str]], Sequence[Route]]
"""Looks contacts up by their ids."""


def reply_json(reply: Reply, contacts: Contacts, pages: Optional[str] = None) -> contract.Reply:
    """The reply for the web.

    Args:
        reply: what the assistant said.
        contacts: gives the details of the contacts that a reply without an answer names.
        pages: address of the folder in which the pages of answers are, with its slash; None where
            they are not served.
    """
    answer = reply.answer
    # Sources and further points come with the answer that they are about, yet are no answer.
    shown_answer = answer if reply.shows_answer else None
    if shown_answer is not None:
        parts = answer_json(shown_answer)
    else:
        shown = [contact_json(contact) for contact in contacts(reply.contacts)]
        parts = {**_NO_PARTS, "contacts": shown}
    return {
        **parts,
        "kind": reply.kind,
        "language": reply.language,
        "topic": reply.topic,
        "changed": changed_text(shown_answer) if shown_answer else None,
        **_own_page(shown_answer, pages),
        "text": reply.text,
        "citations": [_citation(place, answer.words) for place in answer.places] if answer else [],
        "buttons": [{"title": button.title, "payload": button.payload} for button in reply.buttons],
        "outcome": reply.outcome,
        "failed": reply.failed,
    }


class _OwnPage(TypedDict):
    page: Optional[str]
    supervision: Optional[str]


def _own_page(answer: Optional[Answer], pages: Optional[str]) -> _OwnPage:
    """The page of an answer to a topic, and the mail that links to it."""
    if answer is None or answer.kind != "answer" or pages is None:
        return {"page": None, "supervision": None}
    page = f"answers/{answer.topic}"
    mail = mail_about(answer.topic, f"{pages}{page}", current_content().digest)
    return {"page": page if mail else None, "supervision": mail}


@functools.lru_cache(maxsize=MAILS_KEPT)
def mail_about(topic: str, address: str, digest: str) -> Optional[str]:
    """The mail about an answer, of the content with this digest; None if it has no such answer.

    It is fitted to its length in several tries, which takes longer than all else here.
    """
    content = current_content()
    # As everybody gets it: without the role and the nation of the person.
    plain = content.answer(topic)
    return supervision_mail(plain, address, content) if plain else None


def answer_json(answer: Answer) -> contract.Parts:
    """The parts of an answer, as a reply has them that shows it, and as its own page shows them."""
    words = answer.words
    shown = _step if answer.kind == "urgent" else _point
    return {
        "title": answer.title,
        "lead": answer.lead,
        "other_reader": answer.other_reader,
        "tell": _step(answer.tell, words) if answer.tell else None,
        "lines": [line.text for line in answer.lines],
        "points": [shown(one, words) for one in answer.points],
        "more": [shown(one, words) for one in answer.more],
        "contacts": [contact_json(contact) for contact in answer.contacts],
        "citations": [_citation(place, words) for place in answer.places],
        "review": [_review(place, words) for place in answer.review],
        "limits": answer.limits if answer.kind != "urgent" else None,
        "words": _words(words),
    }


def unanswered_json(
    code: str, message: str, first: str, contacts: Iterable[Route]
) -> contract.Unanswered:
    """A request that is not answered: why, and whom to call instead.

    Args:
        code: for programs.
        message: a sentence for people.
        first: the first lines of the general urgent reply.
        contacts: the official channels.
    """
    shown = [contact_json(one) for one in contacts]
    return {"error": {"code": code, "message": message, "first": first, "contacts": shown}}


def contact_json(contact: Route) -> contract.Contact:
    """A contact; ``tel`` is the link that dials its number, ``teams`` the one that opens a chat."""
    return {
        "id": contact.id,
        "name": contact.name,
        "phone": contact.phone,
        "tel": telephone_link(contact.phone),
        "sms": contact.sms,
        "email": contact.email,
        "mail": mail_link(contact.email) if contact.email else None,
        "url": contact.url,
        "form": contact.form,
        "teams": teams_link(contact.teams) if contact.teams else None,
        "teams_label": teams_label(contact.name) if contact.teams else None,
        "hours": contact.hours,
        "when": contact.when,
        "service": contact.service,
    }


def _point(point: AnswerPoint, words: Words) -> contract.Point:
    before, after = duty_labels(point, words)
    return {
        "text": point.text,
        "numbers": list(point.numbers),
        "duty": point.duty,
        "before": before,
        "after": after,
    }


def _step(step: AnswerPoint, words: Words) -> contract.Point:
    """A point of an urgent reply: it is done whatever its duty is called."""
    return {**_point(step, words), "duty": None, "before": "", "after": ""}


def _review(place: ReviewPlace, words: Words) -> contract.Review:
    return {
        "heading": review_heading(place, words),
        "says": place.says,
        "place": place.place,
        "nearest": place.nearest,
        "url": place.url,
    }


def _citation(place: CitedPlace, words: Words) -> contract.Citation:
    return {
        "number": place.number,
        "label": place.label,
        "document": place.document,
        "place": place.place,
        "edition": place.edition,
        "territory": place.territory,
        "url": place.url,
        "superseded_by": f"{place.superseded_by}." if place.superseded_by else None,
        "evidence": evidence_text(place, words),
    }


def _words(words: Words) -> contract.Words:
    return {
        "who_to_contact": words.who_to_contact,
        "sources": words.sources,
        "more": words.more,
        "form": words.form,
        "website": words.website,
        "or_": words.or_,
        "call": words.call,
    }


_NO_PARTS: contract.Parts = {
    "title": None,
    "lead": None,
    "other_reader": None,
    "tell": None,
    "lines": [],
    "points": [],
    "more": [],
    "contacts": [],
    "citations": [],
    "review": [],
    "limits": None,
    "words": _words(ENGLISH_WORDS),
}
