"""All content in one immutable object."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Mapping, Optional

from pydantic import validator

from assistant.guidance.guided import Guide, Roles, ServiceSearch
from assistant.guidance.model import (
    CatalogueTopic,
    Citation,
    Contact,
    Content,
    LocalContacts,
    Section,
    Service,
    Source,
    Topic,
    UrgentSituation,
)


class Library(Content):
    """All content, cross-checked and immutable.

    Keys are ids. ``not_urgent`` are messages that only sound urgent, each with the topic
    that answers it (or ``out-of-scope``): they teach the detector what is no emergency.
    """

    sources: Mapping[str, Source]
    contacts: Mapping[str, Contact]
    services: Mapping[str, Service]
    local: Optional[LocalContacts]
    topics: Mapping[str, Topic]
    urgent: Mapping[str, UrgentSituation]
    word_sets: Mapping[str, tuple[str, ...]]
    not_urgent: tuple[tuple[str, str], ...]
    catalogue: tuple[CatalogueTopic, ...]
    guides: Mapping[str, Guide]
    roles: Roles
    search: ServiceSearch

    @validator("sources", "contacts", "services", "topics", "urgent", "word_sets", "guides")
    def _read_only(cls, value: Mapping[str, Any]) -> Mapping[str, Any]:
        return MappingProxyType(dict(value))

    def place(self, citation: Citation) -> tuple[Source, Optional[Section]]:
        """The source and, if one is named, the section a citation points to.

        Raises:
            KeyError: the source or section is not in ``data/sources.yml``.
        """
        source = self.sources[citation.source]
        return source, source.sections[citation.section] if citation.section else None
