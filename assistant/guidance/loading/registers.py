"""Registers: sources, contacts, services, the glossary, the catalogue; and ``languages.yml``."""

from __future__ import annotations

from typing import Iterable, Mapping, Optional

from assistant.guidance.contacts import Contact, LocalContacts, Service
from assistant.guidance.glossary import Term
from assistant.guidance.languages import Languages
from assistant.guidance.loading.files import ContentFiles, unknown
from assistant.guidance.loading.references import References
from assistant.guidance.names import REVIEW
from assistant.guidance.sources import Source
from assistant.guidance.topics import CatalogueTopic
from assistant.guidance.yaml_lines import FieldPath


def load_sources(files: ContentFiles) -> dict[str, Source]:
    """``sources.yml``."""
    return files.register("sources.yml", "sources", Source)


def check_sources(files: ContentFiles, sources: Mapping[str, Source]) -> None:
    """The national review is among them."""
    if REVIEW not in sources:
        files.problem(files.root / "sources.yml", ("sources",), f"'{REVIEW}' is missing; add it")


def load_contacts(files: ContentFiles) -> dict[str, Contact]:
    """``contacts.yml``."""
    return files.register("contacts.yml", "contacts", Contact)


def check_contacts(known: References) -> None:
    """The answers that a contact is ``also_in`` are there, and it is a local one."""
    path = known.files.root / "contacts.yml"
    answers = {*known.promised, *known.replies}
    for contact_id, contact in known.contacts.items():
        at: FieldPath = ("contacts", contact_id, "also_in")
        known.files.check_known(
            path, at, contact.also_in, answers, "answer", "guidance/ or urgency/"
        )
        if contact.also_in and not contact.local:
            fix = "only a contact with local: true is filled in; add that"
            known.files.problem(path, at, fix)


def load_services(files: ContentFiles) -> dict[str, Service]:
    """``services.yml``."""
    return files.register("services.yml", "services", Service)


def check_services(services: Mapping[str, Service], known: References) -> None:
    """The contact of a service is there."""
    path = known.files.root / "services.yml"
    for service_id, service in services.items():
        if service.contact and service.contact not in known.contacts:
            fix = f"{service.contact}: {unknown('contact', 'contacts.yml')}"
            known.files.problem(path, ("services", service_id, "contact"), fix)


def load_glossary(files: ContentFiles) -> tuple[Term, ...]:
    """``glossary.yml``."""
    path = files.root / "glossary.yml"
    entries = files.read(path).get("terms", [])
    made = [files.build(path, ("terms", i), Term, fields) for i, fields in enumerate(entries or ())]
    return tuple(term for term in made if term is not None)


def check_glossary(glossary: Iterable[Term], known: References) -> None:
    """The facts of a term are there."""
    path = known.files.root / "glossary.yml"
    for i, term in enumerate(glossary):
        known.files.check_known(
            path, ("terms", i, "facts"), term.facts, known.facts, "fact", "facts/"
        )


def load_catalogue(files: ContentFiles) -> tuple[CatalogueTopic, ...]:
    """``catalogue.yml``: the topics that must be answered."""
    entries = files.read(files.root / "catalogue.yml").get("topics", [])
    return tuple(CatalogueTopic(id=entry["id"], covers=entry["covers"]) for entry in entries)


def load_languages(files: ContentFiles) -> Optional[Languages]:
    """``languages.yml``."""
    return files.whole("languages.yml", Languages)


def check_languages(languages: Optional[Languages], known: References) -> None:
    """The contacts that are named in other languages are there."""
    if languages:
        path = known.files.root / "languages.yml"
        known.check_contacts(path, ("contacts",), languages.contacts)


def load_local(files: ContentFiles, contacts: Mapping[str, Contact]) -> Optional[LocalContacts]:
    """``local.yml``, which replaces local contacts only; None where there is none."""
    path = files.root / "local.yml"
    if not path.exists():
        return None
    local = files.build(path, (), LocalContacts, files.read(path))
    for contact_id in local.contacts if local else ():
        at: FieldPath = ("contacts", contact_id)
        if contact_id not in contacts:
            files.problem(path, at, unknown("contact", "contacts.yml"))
        elif not contacts[contact_id].local:
            fix = "this contact is national and cannot be replaced; take it out"
            files.problem(path, at, fix)
    return local
