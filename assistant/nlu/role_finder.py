"""Rasa component: "I am a teacher" sets the person's role, whatever else the message asks.

It adds entities of the names of the slots that they fill and leaves the intent alone, so a
question that names a role is answered as the question that it is.
"""

from __future__ import annotations

import json
import re
from typing import Any, Mapping, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.answers.guided import role_lines
from assistant.guidance import Roles, load_library
from assistant.importer import ROLE, ROLE_FIRST
from assistant.project import find_project
from assistant.training import content_fingerprint

_FILE = "roles.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class RoleFinder(GraphComponent):
    """Finds the role that a person says to have; the roles are kept in the model archive."""

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed: none."""
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration: nothing to set."""
        return {}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> Optional[str]:
        """What Rasa's cache cannot see: the content read while training."""
        return content_fingerprint(find_project())

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._patterns: dict[str, str] = {}
        self._lines: dict[str, str] = {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RoleFinder:
        """Make a component for training."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RoleFinder:
        """Load from a model archive."""
        finder = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        finder._patterns, finder._lines = kept["patterns"], kept["lines"]
        return finder

    def train(self, training_data: TrainingData) -> Resource:
        """Keep what the content says of roles."""
        library = load_library(find_project().data)
        roles = library.roles.roles
        self._patterns = role_patterns(library.roles)
        self._lines = {name: role_lines(role, library) for name, role in roles.items()}
        with self._model_storage.write_to(self._resource) as folder:
            kept = {"patterns": self._patterns, "lines": self._lines}
            (folder / _FILE).write_text(json.dumps(kept), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of the role where a message says one or takes one back."""
        for message in messages:
            role = said_role(message.get(TEXT) or "", self._patterns)
            if role is not None:
                # Slots of these names: empty where a role is taken back.
                values = {ROLE: role, ROLE_FIRST: self._lines.get(role, "")}
                entities = [
                    {"entity": name, "value": value, "start": 0, "end": 0, "extractor": ROLE}
                    for name, value in values.items()
                ]
                entities = [*message.get(ENTITIES, []), *entities]
                message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data is left as it is: no later component learns from roles."""
        return training_data


def role_patterns(roles: Roles) -> dict[str, str]:
    """For each role, a pattern of how people say that it is theirs.

    "I'm a newly qualified teacher", "as a GP, ..." at the start of a sentence, "health visitor
    here"; with the group ``not`` where they say that it is not theirs. A teacher of whom the
    message speaks ("my son's teacher") is nobody's role.
    """
    between = "|".join(map(re.escape, roles.before))
    starts = (
        r"\b(?:i am|i'm|im|i work as|i am working as|my (?:role|job) is|speaking as|we are|we're)"
        r"(?P<not> not| no longer)?(?: now| also| just| actually)?(?: an?| the| your| one of the)?"
        r"|(?:^|[.!?;] ?)as(?: an?| the)"
    )
    patterns = {}
    for name, role in roles.roles.items():
        said = "|".join(re.escape(one.lower()) for one in sorted(role.say, key=len, reverse=True))
        word = rf"(?:{said})s?(?![\w'-])"
        patterns[name] = (
            rf"(?:{starts})(?: (?:{between}|year \w+|\w+ly),?){{0,5}} {word}"
            rf"|(?:^|[.!?;,] ?)(?:an? )?(?:(?:{between}) ){{0,2}}{word} here\b"
        )
    return patterns


def said_role(text: str, patterns: Mapping[str, str]) -> Optional[str]:
    """The role a message says, "" if it takes one back and says no other, None if neither."""
    plain = " ".join(text.lower().replace("’", "'").split())
    taken_back = None
    for name, pattern in patterns.items():
        for match in re.finditer(pattern, plain):
            if not match.groupdict().get("not"):
                return name
            taken_back = ""
    return taken_back
