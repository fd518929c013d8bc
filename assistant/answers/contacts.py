"""The contacts of an answer: a partnership's own details before the national finder."""

from __future__ import annotations

from typing import Iterator, Optional, Sequence

from assistant.answers.answer import Route
from assistant.guidance import Contact, Library
from assistant.guidance.contacts import LocalContact

_NATIONAL = "/national"
"""Ends the id of the national way in, where it stands below a partnership's own."""


def routes(contact_ids: Sequence[str], library: Library) -> tuple[Route, ...]:
    """The routes for these contacts; a partnership's own details come before the finder's.

    They take the finder's place only where they have a telephone number: a form or an address
    alone reaches nobody at night, so the national way in stays below it. Whom only a partnership
    knows is left out where it has said nothing.
    """
    return tuple(route for one in contact_ids for route in _routes(one, library))


def ids_with_national(contact_ids: Sequence[str]) -> Iterator[str]:
    """Each contact's id, with the id of its national way in behind it, once."""
    for contact_id in dict.fromkeys(map(contact_of, contact_ids)):
        yield from (contact_id, f"{contact_id}{_NATIONAL}")


def contact_of(route_id: str) -> str:
    """The contact that a route belongs to."""
    return route_id.removesuffix(_NATIONAL)


def contacts_of_the_partnership(answer_id: str, library: Library) -> Iterator[str]:
    """The contacts that an answer shows once a partnership has filled them in, by their ids."""
    for contact_id, contact in library.contacts.items():
        if answer_id in contact.also_in:
            yield contact_id


def _routes(contact_id: str, library: Library) -> Iterator[Route]:
    contact = library.contacts[contact_id]
    own = library.local.contacts.get(contact_id) if library.local and contact.local else None
    if own:
        yield _route(contact_id, contact, own)
        if not own.phone and (contact.phone or contact.sms or contact.url not in (None, own.url)):
            yield _route(f"{contact_id}{_NATIONAL}", contact)
    elif not contact.also_in:
        yield _route(contact_id, contact)


def _route(route_id: str, contact: Contact, own: Optional[LocalContact] = None) -> Route:
    shown = own or contact
    return Route(
        id=route_id,
        name=shown.name,
        when=contact.when,
        phone=shown.phone,
        sms=None if own else contact.sms,
        email=shown.email,
        url=shown.url,
        form=own.form if own else None,
        teams=own.teams if own else None,
        hours=shown.hours,
        checked=shown.checked.isoformat(),
        territory=contact.territory,
    )


__all__ = ["contact_of", "contacts_of_the_partnership", "ids_with_national", "routes"]
