"""Rules on the registers: ages, the catalogue, and words that the search must know."""

from __future__ import annotations

import datetime
from typing import Iterator

from assistant.editing.content_to_check import ContentToCheck, Rule
from assistant.guidance import Problem
from assistant.guidance.guided import words_of
from assistant.guidance.shorthand import SHORTHAND, load_shorthand
from assistant.privacy.vocabulary import is_listed_name

STALE_AFTER = datetime.timedelta(days=365)
# Words of services that no option need match: the search takes them in anyway.
_TAKEN_IN = ("anyone", "directory")


def old_registers(content: ContentToCheck) -> Iterator[Problem]:
    """What was not looked at for a year is looked at again."""
    library = content.library
    for name, entries in (
        ("sources", library.sources),
        ("contacts", library.contacts),
        ("services", library.services),
    ):
        for entry_id, entry in entries.items():
            if content.today - entry.checked > STALE_AFTER:
                at = (name, entry_id, "checked")
                yield content.problem(content.data / f"{name}.yml", at, _again(entry.checked))
    if content.today - library.languages.checked > STALE_AFTER:
        path = content.data / "languages.yml"
        yield content.problem(path, ("checked",), _again(library.languages.checked))
    for contact_id, contact in library.local.contacts.items() if library.local else ():
        if content.today - contact.checked > STALE_AFTER:
            at = ("contacts", contact_id, "checked")
            yield content.problem(content.data / "local.yml", at, _again(contact.checked))


def old_answers(content: ContentToCheck) -> Iterator[Problem]:
    """An answer that nobody reviewed for a year is reviewed again."""
    library, data = content.library, content.data
    dated = [
        *((content.file_of(topic), topic.reviewed) for topic in library.topics.values()),
        *((content.file_of_urgent(one), one.reviewed) for one in library.urgent.values()),
        *((data / "guided" / f"{one.id}.yml", one.reviewed) for one in library.guides.values()),
        (data / "roles.yml", library.roles.reviewed),
        (data / "service-search.yml", library.search.reviewed),
    ]
    for path, reviewed in dated:
        if content.today - reviewed > STALE_AFTER:
            fix = f"last reviewed on {reviewed}; review it again and set the date"
            yield content.problem(path, ("reviewed",), fix)


def catalogue_answered(content: ContentToCheck) -> Iterator[Problem]:
    """Every topic of the catalogue has an answer, and every answer stands in the catalogue."""
    path = content.data / "catalogue.yml"
    listed = [entry.id for entry in content.library.catalogue]
    for i, topic_id in enumerate(listed):
        if topic_id not in content.library.topics:
            fix = f"{topic_id} has no answer; write guidance/{topic_id}.yml"
            yield content.problem(path, ("topics", i), fix)
    for topic in content.library.topics.values():
        if topic.id not in listed:
            fix = f"{topic.id} is not in catalogue.yml; add a line there"
            yield content.problem(content.file_of(topic), (), fix)


def words_of_services(content: ContentToCheck) -> Iterator[Problem]:
    """The search finds every service: each of its words is matched by an option."""
    for question, asked in content.library.search.questions.items():
        matched = {word for option in asked.options.values() for word in option.matches}
        for name, service in content.library.services.items():
            for word in words_of(service, question):
                if word not in (*matched, *_TAKEN_IN):
                    fix = f"'{word}' of the service {name} is matched by no option; add it to one"
                    path = content.data / "service-search.yml"
                    yield content.problem(path, ("questions", question, "options"), fix)


def names_in_shorthand(content: ContentToCheck) -> Iterator[Problem]:
    """A term of the field is never masked, so none may be the name of a person."""
    for short in load_shorthand(content.data).terms:
        if is_listed_name(short):
            fix = "this is a name too, and would be kept unmasked; take it out"
            yield content.problem(content.data / SHORTHAND, ("terms", short), fix)


def _again(checked_on: datetime.date) -> str:
    return f"last checked on {checked_on}; check it again and set the date"


RULES: tuple[Rule, ...] = (
    old_registers,
    old_answers,
    catalogue_answered,
    words_of_services,
    names_in_shorthand,
)
