"""Registers, a partnership's own among them."""

from __future__ import annotations

from pathlib import Path

from assistant.guidance import load_library
from tests.conftest import Edit
from tests.guidance.loading.broken import problems


def test_local_contacts_may_replace_local_routes_only(content: Path) -> None:
    local = content / "local.yml"
    entry = "{name: Our team, phone: '01632 960000', checked: 2026-11-21}"
    local.write_text(f"area: Our area\ncontacts:\n  samaritans: {entry}\n  lado: {entry}\n")
    (problem,) = problems(content)
    assert "local.yml:3: contacts.samaritans: this contact is national" in problem


def test_the_example_of_local_contacts_is_right(content: Path) -> None:
    (content / "local.example.yml").rename(content / "local.yml")
    local = load_library(content).local
    named = {"childrens-social-care", "out-of-hours-team", "safeguarding-lead", "lado"}
    assert local and set(local.contacts) == named


def test_whom_only_a_partnership_knows_is_shown_in_answers_that_there_are(
    content: Path, edit: Edit
) -> None:
    edit("contacts.yml", "      - respond/refer\n", "      - respond/reffer\n")
    (problem,) = problems(content)
    assert "also_in.1: respond/reffer: there is no such answer" in problem
    edit("contacts.yml", "      - respond/reffer\n", "      - respond/refer\n")
    edit("contacts.yml", "    local: true\n    also_in:", "    also_in:")
    (problem,) = problems(content)
    assert "only a contact with local: true is filled in" in problem
