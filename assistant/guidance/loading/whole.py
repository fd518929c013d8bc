"""All files of the content, read and checked against each other, as one library."""

from __future__ import annotations

from pathlib import Path

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
    sources = load_sources(files)
    facts = load_facts(files, sources)
    contacts = load_contacts(files)
    services = load_services(files)
    topics = load_topics(files)
    urgent = load_urgent(files)
    patterns = load_patterns(files)
    follow_ups = load_follow_ups(files)
    harm = load_harm(files)
    languages = load_languages(files)
    guides = load_guides(files)
    roles = load_roles(files)
    search = load_search(files)
    glossary = load_glossary(files)
    catalogue = load_catalogue(files)
    # By name: a file that cannot be read is a problem of its own, not of who names it.
    written = written_topics(root)
    known = References(
        files=files,
        sources=sources,
        facts=facts,
        contacts=contacts,
        written=written,
        promised={entry.id for entry in catalogue} | written,
        replies=written_replies(root),
    )
    check_sources(files, sources)
    check_topics(topics, written_guides(root), known)
    check_contacts(known)
    check_urgent(urgent, known)
    check_patterns(PATTERNS, patterns, known)
    check_follow_ups(follow_ups, urgent, known)
    check_harm(harm, known)
    check_languages(languages, known)
    check_services(services, known)
    check_guides(guides, known)
    check_roles(roles, known)
    check_search(search, services, known)
    check_glossary(glossary, known)
    welsh = load_welsh(known)
    local = load_local(files, contacts)
    if files.problems or not (roles and search and patterns and follow_ups and harm and languages):
        raise ContentError(files.problems)
    return Library(
        sources=sources,
        facts=facts,
        contacts=contacts,
        services=services,
        local=local,
        topics=topics,
        urgent=urgent,
        urgency=patterns,
        follow_ups=follow_ups,
        harm=harm,
        languages=languages,
        catalogue=catalogue,
        guides=guides,
        roles=roles,
        search=search,
        glossary=glossary,
        welsh=welsh,
    )


__all__ = ["load_library", "load_registers"]
