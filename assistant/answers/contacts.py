"""The contacts of an answer: a partnership's own details before the national finder."""

from __future__ import annotations

from typing import Iterator, Sequence

from assistant.answers.answer import Route
from assistant.guidance import Contact, Library


def routes(contact_ids: Sequence[str], library: Library) -> tuple[Route, ...]:
    """The routes for these contacts; a partnership's own details come before the finder's.

    Whom only a partnership knows is left out where it has said nothing.
    """
    own = library.local.contacts if library.local else {}
    shown = [one for one in contact_ids if one in own or not library.contacts[one].also_in]
    return tuple(_route(one, library.contacts[one], library) for one in shown)


def contacts_of_the_partnership(answer_id: str, library: Library) -> Iterator[str]:
    """The contacts that an answer shows once a partnership has filled them in, by their ids."""
    for contact_id, contact in library.contacts.items():
        if answer_id in contact.also_in:
            yield contact_id


def _route(contact_id: str, contact: Contact, library: Library) -> Route:
    own = library.local.contacts.get(contact_id) if library.local and contact.local else None
    shown = own or contact
    return Route(
        id=contact_id,
        name=shown.name,
        when=contact.when,
        phone=shown.phone,
        sms=contact.sms,
        email=shown.email,
        url=shown.url,
        form=own.form if own else None,
        teams=own.teams if own else None,
        hours=shown.hours,
        checked=shown.checked.isoformat(),
        territory=contact.territory,
    )


__all__ = ["contacts_of_the_partnership", "routes"]
