"""The glossary: terms of art in plain words."""

from __future__ import annotations

from assistant.guidance.model import ContentModel, Territory


class Term(ContentModel):
    """An entry of ``data/glossary.yml``: a term of art in one plain sentence."""

    term: str
    also: tuple[str, ...] = ()
    means: str
    facts: tuple[str, ...] = ()
    territory: Territory = "both"
