"""Whom people are sent to."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assistant.guidance.contacts import Contact, LocalContact, LocalContacts, Service

CONTACT = {
    "name": "A",
    "when": "now",
    "territory": "both",
    "firmness": "confirmed",
    "checked": "2026-11-30",
}
SERVICE = {
    "name": "A",
    "for": ["parents"],
    "help": ["talk"],
    "about": "It helps.",
    "area": "England",
    "firmness": "exists",
    "checked": "2026-11-30",
}
LOCAL = {"name": "Ours", "checked": "2026-11-30"}


def test_a_service_is_for_somebody() -> None:
    assert Service.parse_obj(SERVICE).audience == ("parents",)
    with pytest.raises(ValidationError, match="field required"):
        Service.parse_obj({key: value for key, value in SERVICE.items() if key != "for"})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"territory": "France"}, "unexpected value"),
        ({"firmness": "doubtful"}, "unexpected value"),
        ({"url": "http://example.org"}, "starts with https"),
    ],
)
def test_what_is_wrong_with_a_contact_is_refused(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Contact.parse_obj({**CONTACT, **wrong})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"form": "http://example.org"}, "starts with https"),
        ({"teams": "the duty team"}, "does not match"),
    ],
)
def test_what_is_wrong_with_a_local_contact_is_refused(wrong: dict[str, str], said: str) -> None:
    assert LocalContact.parse_obj(
        {**LOCAL, "form": "https://example.org", "teams": "a@example.org"}
    )
    with pytest.raises(ValidationError, match=said):
        LocalContact.parse_obj({**LOCAL, **wrong})


def test_a_partnership_is_in_one_nation() -> None:
    assert LocalContacts(area="Ours").nation is None
    with pytest.raises(ValidationError, match="unexpected value"):
        LocalContacts.parse_obj({"area": "Ours", "nation": "both"})
