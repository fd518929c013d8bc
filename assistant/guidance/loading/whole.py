"""All files of the content, read and checked against each other, as one library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional

from assistant.guidance.contacts import Contact, Service
from assistant.guidance.facts import Fact
from assistant.guidance.glossary import Term
from assistant.guidance.guided import Guide, Roles, ServiceSearch
from assistant.guidance.languages import Languages
from assistant.guidance.library import Library, Registers
from assistant.guidance.loading.facts import load_facts
from assistant.guidance.loading.files import ContentFiles
from assistant.guidance.loading.guided import (
    check_guides,
    check_roles,
    check_search,
    load_guides,
    load_roles,
    load_search,
    written_guides,
)
from assistant.guidance.loading.references import References
from assistant.guidance.loading.registers import (
    check_contacts,
    check_glossary,
    check_languages,
    check_services,
    check_sources,
    load_catalogue,
    load_contacts,
    load_glossary,
    load_languages,
    load_local,
    load_services,
    load_sources,
)
from assistant.guidance.loading.topics import check_topics, load_topics, written_topics
from assistant.guidance.loading.urgent import (
    PATTERNS,
    check_follow_ups,
    check_harm,
    check_patterns,
    check_urgent,
    load_follow_ups,
    load_harm,
    load_patterns,
    load_urgent,
    written_replies,
)
from assistant.guidance.loading.welsh import load_welsh
from assistant.guidance.problems import ContentError
from assistant.guidance.sources import Source
from assistant.guidance.topics import CatalogueTopic, Topic
from assistant.guidance.urgent import HarmFile, UrgencyPatternsFile, UrgentSituation


def load_registers(root: Path) -> Registers:
    """Read the registers alone, in a tenth of the time: they are not checked against the rest.

    Args:
        root: the ``data`` folder.

    Raises:
        ContentError: with every problem found in these files.
    """
    files = ContentFiles(root)
    made = Registers(
        sources=load_sources(files),
        contacts=load_contacts(files),
        services=load_services(files),
        glossary=load_glossary(files),
    )
    if files.problems:
        raise ContentError(files.problems)
    return made


def load_library(root: Path) -> Library:
    """Read and cross-check all content.

    Args:
        root: the ``data`` folder.

    Returns:
        The library; every id that anything in it refers to exists.

    Raises:
        ContentError: with every problem found, each with file, line, field and fix.
    """
    files = ContentFiles(root)
    parts = _read(files)
    known = _known(files, parts)
    _check(parts, known)
    welsh = load_welsh(known)
    local = load_local(files, parts.contacts)
    if files.problems:
        raise ContentError(files.problems)
    return Library(**vars(parts), welsh=welsh, local=local)


@dataclass(frozen=True)
class _Parts:
    """What each file says by itself, as fields of :class:`Library`.

    What cannot be read is left out, or None where the file is one thing; its problems are noted.
    """

    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    contacts: Mapping[str, Contact]
    services: Mapping[str, Service]
    topics: Mapping[str, Topic]
    urgent: Mapping[str, UrgentSituation]
    urgency: Optional[UrgencyPatternsFile]
    follow_ups: Optional[UrgencyPatternsFile]
    harm: Optional[HarmFile]
    languages: Optional[Languages]
    guides: Mapping[str, Guide]
    roles: Optional[Roles]
    search: Optional[ServiceSearch]
    glossary: tuple[Term, ...]
    catalogue: tuple[CatalogueTopic, ...]


def _read(files: ContentFiles) -> _Parts:
    sources = load_sources(files)
    return _Parts(
        sources=sources,
        facts=load_facts(files, sources),
        contacts=load_contacts(files),
        services=load_services(files),
        topics=load_topics(files),
        urgent=load_urgent(files),
        urgency=load_patterns(files),
        follow_ups=load_follow_ups(files),
        harm=load_harm(files),
        languages=load_languages(files),
        guides=load_guides(files),
        roles=load_roles(files),
        search=load_search(files),
        glossary=load_glossary(files),
        catalogue=load_catalogue(files),
    )


def _known(files: ContentFiles, parts: _Parts) -> References:
    """What there is to refer to. Topics and replies count by the names of their files: one that
    cannot be read is a problem of its own, not of who names it."""
    written = written_topics(files.root)
    return References(
        files=files,
        sources=parts.sources,
        facts=parts.facts,
        contacts=parts.contacts,
        written=written,
        promised={entry.id for entry in parts.catalogue} | written,
        replies=written_replies(files.root),
    )


def _check(parts: _Parts, known: References) -> None:
    """Note what refers to something that is not there."""
    check_sources(known.files, parts.sources)
    check_topics(parts.topics, written_guides(known.files.root), known)
    check_contacts(known)
    check_urgent(parts.urgent, known)
    check_patterns(PATTERNS, parts.urgency, known)
    check_follow_ups(parts.follow_ups, parts.urgent, known)
    check_harm(parts.harm, known)
    check_languages(parts.languages, known)
    check_services(parts.services, known)
    check_guides(parts.guides, known)
    check_roles(parts.roles, known)
    check_search(parts.search, parts.services, known)
    check_glossary(parts.glossary, known)


__all__ = ["load_library", "load_registers"]
