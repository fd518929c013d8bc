"""The templates of the pages, and what stands on every one of them."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from assistant.answers.answer import FIRST_CONTACTS
from assistant.channels.web.contract import Contact
from assistant.channels.web.render import Contacts, contact_json
from assistant.project import find_project

EMERGENCY_CONTACT = "police-emergency"
"""The contact in the line above every page."""

_FOLDER = Path(__file__).with_name("templates")

STYLE = _FOLDER / "chat.css"
"""The style sheet of every page."""

# Every value is escaped: no markup comes from a text.
_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def _has_changes_page() -> bool:
    return find_project().changes.is_file()


_TEMPLATES.globals["has_changes_page"] = _has_changes_page
"""True if there is a page of changes to link to."""

_TEMPLATES.globals["first_contacts"] = FIRST_CONTACTS
"""Contacts of an urgent reply above whom to tell."""


def template(name: str) -> Template:
    """A template of the pages by its file's name."""
    return _TEMPLATES.get_template(name)


def emergency(contacts: Contacts) -> list[Contact]:
    """The line above every page: whom to call in danger."""
    return [contact_json(one) for one in contacts([EMERGENCY_CONTACT])]
