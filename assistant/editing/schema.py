"""``notice schema``: a JSON Schema of every content file, for completion and red lines in editors.

Made from the pydantic models that load the content, so the two cannot differ. The id of an
answer, a reply or a guided conversation is its file's name and no field.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional

from pydantic import BaseModel
from pydantic.fields import ModelField

from assistant.editing.owners import Owners
from assistant.editing.readings import ReadingsFile
from assistant.editing.sign_off import SignedOffFile
from assistant.guidance import (
    Contact,
    Fact,
    Guide,
    LocalContacts,
    Roles,
    Service,
    ServiceSearch,
    Source,
    Topic,
    UrgentSituation,
)
from assistant.guidance.glossary import Term
from assistant.guidance.languages import Languages
from assistant.guidance.model import ContentModel
from assistant.guidance.shorthand import Shorthand
from assistant.guidance.urgent import HarmFile, UrgencyPatternsFile
from assistant.guidance.welsh import (
    ContactsInWelsh,
    InterfaceInWelsh,
    QuestionsInWelsh,
    SituationInWelsh,
    TopicInWelsh,
)

FOLDER = "schema"
DRAFT = "http://json-schema.org/draft-07/schema#"


class SourcesFile(ContentModel):
    """``data/sources.yml``: the documents that facts may name, by id."""

    sources: Mapping[str, Source]


class ContactsFile(ContentModel):
    """``data/contacts.yml``: official routes by id; a number is written here and nowhere else."""

    contacts: Mapping[str, Contact]


class ServicesFile(ContentModel):
    """``data/services.yml``: support services by id."""

    services: Mapping[str, Service]


class SeedRow(ContentModel):
    """A statement of one of the documents that the project began with, and its facts."""

    seed: str
    says: str
    facts: tuple[str, ...]


class FactsFile(ContentModel):
    """``data/facts/*.yml``: facts, and the plans of answers made from them.

    ``topics`` and ``voices`` are notes of how the answers were planned; no program reads them.
    """

    facts: tuple[Fact, ...]
    topics: Mapping[str, Any] = {}
    voices: Mapping[str, Any] = {}
    seed_coverage: tuple[SeedRow, ...] = ()


class GlossaryFile(ContentModel):
    """``data/glossary.yml``: terms of art, each in one plain sentence."""

    terms: tuple[Term, ...]


class CatalogueEntry(ContentModel):
    """A topic that must be answered; ``review`` and ``also`` tell its writer where to look."""

    id: str
    covers: str
    review: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class CatalogueSituation(ContentModel):
    """An urgent situation that must have a reply, and what its reply says first."""

    id: str
    covers: str
    first: str


class CatalogueFile(ContentModel):
    """``data/catalogue.yml``: the topics and urgent situations that must be answered."""

    topics: tuple[CatalogueEntry, ...]
    urgent: tuple[CatalogueSituation, ...]


class QuestionsFile(ContentModel):
    """``data/questions/<theme>/<topic>.yml``: how people ask for a topic."""

    questions: tuple[str, ...]


class ExamplesFile(ContentModel):
    """Messages of an urgent situation, or of who is typing: training examples."""

    examples: tuple[str, ...]


class NotUrgentFile(ContentModel):
    """``data/urgency/not-urgent.yml``: messages that only sound urgent, by their topic."""

    not_urgent: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class FileSchema:
    """The schema of one kind of content file; ``files`` are patterns below the project."""

    name: str
    model: type[BaseModel]
    files: tuple[str, ...]

    @property
    def path(self) -> str:
        """The schema's own file, below the project."""
        return f"data/{FOLDER}/{self.name}.json"


SCHEMAS = (
    FileSchema("topic", Topic, ("data/guidance/*/*.yml",)),
    FileSchema("questions", QuestionsFile, ("data/questions/*/*.yml",)),
    FileSchema("urgent-reply", UrgentSituation, ("data/urgency/replies/*.yml",)),
    FileSchema(
        "patterns",
        UrgencyPatternsFile,
        (
            "data/urgency/patterns.yml",
            "data/urgency/follow-ups.yml",
            "data/welsh/patterns.yml",
        ),
    ),
    FileSchema("examples", ExamplesFile, ("data/urgency/examples/*.yml", "data/voices/*.yml")),
    FileSchema("not-urgent", NotUrgentFile, ("data/urgency/not-urgent.yml",)),
    FileSchema("harm", HarmFile, ("data/urgency/harm.yml",)),
    FileSchema("languages", Languages, ("data/languages.yml",)),
    FileSchema("facts", FactsFile, ("data/facts/*.yml",)),
    FileSchema("sources", SourcesFile, ("data/sources.yml",)),
    FileSchema("contacts", ContactsFile, ("data/contacts.yml",)),
    FileSchema("services", ServicesFile, ("data/services.yml",)),
    FileSchema("roles", Roles, ("data/roles.yml",)),
    FileSchema("guided", Guide, ("data/guided/*.yml",)),
    FileSchema("service-search", ServiceSearch, ("data/service-search.yml",)),
    FileSchema("glossary", GlossaryFile, ("data/glossary.yml",)),
    FileSchema("shorthand", Shorthand, ("data/shorthand.yml",)),
    FileSchema("catalogue", CatalogueFile, ("data/catalogue.yml",)),
    FileSchema("local", LocalContacts, ("data/local.yml", "data/local.example.yml")),
    FileSchema("welsh-topic", TopicInWelsh, ("data/welsh/guidance/*/*.yml",)),
    FileSchema("welsh-urgent-reply", SituationInWelsh, ("data/welsh/urgency/*.yml",)),
    FileSchema("welsh-contacts", ContactsInWelsh, ("data/welsh/contacts.yml",)),
    FileSchema("welsh-interface", InterfaceInWelsh, ("data/welsh/interface.yml",)),
    FileSchema("welsh-questions", QuestionsInWelsh, ("data/welsh/questions.yml",)),
    FileSchema("readings", ReadingsFile, ("data/readings/*.yml",)),
    FileSchema("owners", Owners, ("data/owners.yml",)),
    FileSchema("signed-off", SignedOffFile, ("data/signed-off.yml",)),
)
_NAMED_BY_FILE = (Topic, UrgentSituation, Guide)


def schema_of(one: FileSchema) -> dict[str, Any]:
    """The JSON Schema of a kind of file."""
    # A copy: pydantic keeps what it gives.
    schema: dict[str, Any] = {"$schema": DRAFT, **copy.deepcopy(one.model.schema())}
    if one.model in _NAMED_BY_FILE:
        del schema["properties"]["id"]
        schema["required"].remove("id")
    by_name = {model.__name__: model for model in _models(one.model)}
    for name, definition in {one.model.__name__: schema, **schema.get("definitions", {})}.items():
        if name in by_name:
            _say_what_the_model_asks(by_name[name], definition)
    return schema


def write_schemas(root: Path) -> list[Path]:
    """Write all schemas into the project ``root``, over what is there.

    Returns:
        The files written.
    """
    written = []
    for one in SCHEMAS:
        path = root / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_text(schema_of(one)), encoding="utf-8")
        written.append(path)
    return written


def as_text(schema: Mapping[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def editor_settings() -> dict[str, Any]:
    """What ``.vscode/settings.json`` says: which schema goes with which files."""
    return {"yaml.schemas": {f"./{one.path}": list(one.files) for one in SCHEMAS}}


def _models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """A model and all models in its fields."""
    from pydantic.schema import get_flat_models_from_model

    return {one for one in get_flat_models_from_model(model) if issubclass(one, BaseModel)}


def _say_what_the_model_asks(model: type[BaseModel], schema: dict[str, Any]) -> None:
    """Add what validators ask and pydantic leaves out: one entry at least, some text, https.

    Found by trying, as a validator does not say what it looks for.
    """
    schema["description"] = schema.get("description", "").replace("``", "`")
    for field in model.__fields__.values():
        shown: Optional[dict[str, Any]] = schema["properties"].get(field.alias)
        if shown is None:
            continue
        shown.pop("title", None)
        if shown.get("type") == "array" and _refuses(field, []):
            shown["minItems"] = 1
        plain = shown.get("type") == "string" and not {"enum", "pattern", "format"} & set(shown)
        if plain:
            shown["minLength"] = 1
        if plain and _refuses(field, "http://a.org") and not _refuses(field, "https://a.org"):
            shown["pattern"] = "^https://"


def _refuses(field: ModelField, value: Any) -> bool:
    return field.validate(value, {}, loc=field.name)[1] is not None
