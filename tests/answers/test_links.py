"""From a contact to a link."""

from __future__ import annotations

import pytest

from assistant.answers.links import mail_link, teams_link, telephone_link


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("999", "tel:999"),
        ("0808 800 5000", "tel:08088005000"),
        ("+44 (0)1632 960-001", "tel:+4401632960001"),
        ("text SHOUT to 85258", None),
        ("", None),
        (None, None),
    ],
)
def test_a_plain_number_can_be_dialled(phone: str | None, link: str | None) -> None:
    assert telephone_link(phone) == link


def test_mail_and_teams() -> None:
    assert mail_link("a@example.org").startswith("mailto:a@example.org")
    assert teams_link("a@example.org") == (
        "https://teams.microsoft.com/l/chat/0/0?users=a@example.org"
    )
