"""All content in one immutable object."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Mapping, Optional

from pydantic import validator

from assistant.guidance.contacts import Contact, LocalContacts, Service
from assistant.guidance.facts import Fact
from assistant.guidance.glossary import Term
from assistant.guidance.guided import Guide, Roles, ServiceSearch
from assistant.guidance.languages import Languages
from assistant.guidance.model import ContentModel
from assistant.guidance.points import Citation
from assistant.guidance.sources import Section, Source
from assistant.guidance.topics import CatalogueTopic, Topic
from assistant.guidance.urgent import HarmFile, UrgencyPatternsFile, UrgentSituation
from assistant.guidance.welsh import Welsh


class Registers(ContentModel):
    """Who and what the answers name, by id: a part of the library that is quick to read."""

    sources: Mapping[str, Source]
    contacts: Mapping[str, Contact]
    services: Mapping[str, Service]
    glossary: tuple[Term, ...]

    @validator("sources", "contacts", "services")
    def _read_only(cls, value: Mapping[str, Any]) -> Mapping[str, Any]:
        return MappingProxyType(dict(value))


class Library(Registers):
    """All content that people are shown, cross-checked and immutable. Keys are ids.

    How people ask is no part of it: see :mod:`assistant.guidance.examples`.
    """

    facts: Mapping[str, Fact]
    local: Optional[LocalContacts]
    topics: Mapping[str, Topic]
    urgent: Mapping[str, UrgentSituation]
    urgency: UrgencyPatternsFile
    follow_ups: UrgencyPatternsFile
    harm: HarmFile
    languages: Languages
    catalogue: tuple[CatalogueTopic, ...]
    guides: Mapping[str, Guide]
    roles: Roles
    search: ServiceSearch
    welsh: Optional[Welsh] = None

    @validator("facts", "topics", "urgent", "guides")
    def _content_read_only(cls, value: Mapping[str, Any]) -> Mapping[str, Any]:
        return MappingProxyType(dict(value))

    def place(self, citation: Citation) -> tuple[Source, Optional[Section]]:
        """The source and, if one is named, the section a citation points to.

        Raises:
            KeyError: the source or section is not in ``data/sources.yml``.
        """
        source = self.sources[citation.source]
        return source, source.sections[citation.section] if citation.section else None
