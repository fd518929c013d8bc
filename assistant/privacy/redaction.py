"""Redaction: what identifies a person is masked, what carries meaning stays.

Ages, roles, relations and the names of services stay; ``my client John, 7, of 3 High Street``
becomes ``my client [name], 7, of [address]``. Applied to everything that is kept or leaves.
What is found, what is missed and what it costs: docs/privacy.md.
"""

from __future__ import annotations

import functools
import logging
import re
from typing import Any

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig

from assistant.guidance import ContentError, load_library
from assistant.metrics import time_step
from assistant.privacy.logs import WITHHELD
from assistant.privacy.name_recogniser import NameRecogniser
from assistant.privacy.recognisers import MASKS, pattern_recognisers
from assistant.privacy.spacy_model import load_spacy
from assistant.project import ProjectError, find_project

LANGUAGE = "en"
LONGEST = 20_000  # characters that are looked at; a longer text is not kept at all


logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)


class Redactor:
    """Masks identifiers in texts. Make one with :func:`shared_redactor`."""

    def __init__(self, kept: frozenset[str]) -> None:
        """Take the names of organisations that stay."""
        recognisers = [NameRecogniser(kept), *pattern_recognisers()]
        self._analyser = AnalyzerEngine(
            registry=RecognizerRegistry(recognisers, supported_languages=[LANGUAGE]),
            nlp_engine=_Spacy(),
            supported_languages=[LANGUAGE],
        )
        self._anonymiser = AnonymizerEngine()
        self._masks = {
            kind: OperatorConfig("replace", {"new_value": mask}) for kind, mask in MASKS.items()
        }

    def redact(self, text: str) -> str:
        """The text with its identifiers masked. Redacting it again changes nothing."""
        if not any(character.isalnum() for character in text):
            return text
        if len(text) > LONGEST:
            return WITHHELD
        with time_step("redact"):
            found = self._analyser.analyze(text, LANGUAGE)
            masked: str = self._anonymiser.anonymize(text, found, self._masks).text
        return masked

    def find(self, text: str) -> list[tuple[int, int]]:
        """Start and end of what :meth:`redact` masks, for measuring it."""
        found = self._analyser.analyze(text, LANGUAGE)
        kept = self._anonymiser.anonymize(text, found, {"DEFAULT": OperatorConfig("keep")})
        return sorted((item.start, item.end) for item in kept.items)

    def redact_data(self, data: Any) -> Any:
        """A copy of plain data with every text in it redacted; keys stay as they are."""
        if isinstance(data, str):
            return self.redact(data)
        if isinstance(data, dict):
            return {key: self.redact_data(value) for key, value in data.items()}
        if isinstance(data, (list, tuple)):
            return [self.redact_data(value) for value in data]
        return data


class _Spacy(SpacyNlpEngine):
    """Presidio's spaCy engine with the installed model; Presidio would download another."""

    def __init__(self) -> None:
        super().__init__(ner_model_configuration=NerModelConfiguration(labels_to_ignore=[]))

    def load(self) -> None:
        self.nlp = {LANGUAGE: load_spacy(exclude=["parser", "lemmatizer", "tagger"])}


@functools.lru_cache(maxsize=1)
def shared_redactor() -> Redactor:
    """The redactor of this process; its first use takes about two seconds."""
    return Redactor(_names_of_services())


def _names_of_services() -> frozenset[str]:
    """The registers' names of organisations, documents and terms: "Childline", "Sarah's Law"."""
    try:
        library = load_library(find_project().data)
    except (ProjectError, ContentError):
        return frozenset()  # without the content more is masked, never less
    contacts = [contact.name for contact in library.contacts.values()]
    services = [service.name for service in library.services.values()]
    sources = [name for source in library.sources.values() for name in (source.short, source.title)]
    terms = [name for term in library.glossary for name in (term.term, *term.also)]
    named = ["wendy house", *contacts, *services, *sources, *terms]
    parts = {part.strip() for name in named for part in re.split(r"[(),:;]", name)}
    return frozenset(
        parts | {re.sub(r" (?:Foundation|Trust|Centre|Network)$", "", p) for p in parts}
    )
