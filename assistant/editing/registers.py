"""Rules on the registers: ages, the catalogue, and words that the search must know."""

from __future__ import annotations

import datetime
from typing import Iterator

from assistant.editing.checked import Checked, Rule
from assistant.guidance import Problem
from assistant.guidance.guided import words_of
from assistant.guidance.shorthand import SHORTHAND, load_shorthand
from assistant.privacy.vocabulary import is_listed_name

STALE_AFTER = datetime.timedelta(days=365)
# Words of services that no option need match: the search takes them in anyway.
_TAKEN_IN = ("anyone", "directory")


def old_registers(checked: Checked) -> Iterator[Problem]:
    """What was not looked at for a year is looked at again."""
    library = checked.library
    for name, entries in (
        ("sources", library.sources),
        ("contacts", library.contacts),
        ("services", library.services),
    ):
        for entry_id, entry in entries.items():
            if checked.today - entry.checked > STALE_AFTER:
                at = (name, entry_id, "checked")
                yield checked.problem(checked.data / f"{name}.yml", at, _again(entry.checked))
    if checked.today - library.languages.checked > STALE_AFTER:
        path = checked.data / "languages.yml"
        yield checked.problem(path, ("checked",), _again(library.languages.checked))
    for contact_id, contact in library.local.contacts.items() if library.local else ():
        if checked.today - contact.checked > STALE_AFTER:
            at = ("contacts", contact_id, "checked")
            yield checked.problem(checked.data / "local.yml", at, _again(contact.checked))


def old_answers(checked: Checked) -> Iterator[Problem]:
    """An answer that nobody reviewed for a year is reviewed again."""
    library, data = checked.library, checked.data
    dated = [
        *((checked.file_of(topic), topic.reviewed) for topic in library.topics.values()),
        *((checked.file_of_urgent(one), one.reviewed) for one in library.urgent.values()),
        *((data / "guided" / f"{one.id}.yml", one.reviewed) for one in library.guides.values()),
        (data / "roles.yml", library.roles.reviewed),
        (data / "service-search.yml", library.search.reviewed),
    ]
    for path, reviewed in dated:
        if checked.today - reviewed > STALE_AFTER:
            fix = f"last reviewed on {reviewed}; review it again and set the date"
            yield checked.problem(path, ("reviewed",), fix)


def catalogue_answered(checked: Checked) -> Iterator[Problem]:
    """Every topic of the catalogue has an answer, and every answer stands in the catalogue."""
    path = checked.data / "catalogue.yml"
    listed = [entry.id for entry in checked.library.catalogue]
    for i, topic_id in enumerate(listed):
        if topic_id not in checked.library.topics:
            fix = f"{topic_id} has no answer; write guidance/{topic_id}.yml"
            yield checked.problem(path, ("topics", i), fix)
    for topic in checked.library.topics.values():
        if topic.id not in listed:
            fix = f"{topic.id} is not in catalogue.yml; add a line there"
            yield checked.problem(checked.file_of(topic), (), fix)


def words_of_services(checked: Checked) -> Iterator[Problem]:
    """The search finds every service: each of its words is matched by an option."""
    for question, asked in checked.library.search.questions.items():
        matched = {word for option in asked.options.values() for word in option.matches}
        for name, service in checked.library.services.items():
            for word in words_of(service, question):
                if word not in (*matched, *_TAKEN_IN):
                    fix = f"'{word}' of the service {name} is matched by no option; add it to one"
                    path = checked.data / "service-search.yml"
                    yield checked.problem(path, ("questions", question, "options"), fix)


def names_in_shorthand(checked: Checked) -> Iterator[Problem]:
    """A term of the field is never masked, so none may be the name of a person."""
    for short in load_shorthand(checked.data).terms:
        if is_listed_name(short):
            fix = "this is a name too, and would be kept unmasked; take it out"
            yield checked.problem(checked.data / SHORTHAND, ("terms", short), fix)


def _again(checked_on: datetime.date) -> str:
    return f"last checked on {checked_on}; check it again and set the date"


RULES: tuple[Rule, ...] = (
    old_registers,
    old_answers,
    catalogue_answered,
    words_of_services,
    names_in_shorthand,
)
