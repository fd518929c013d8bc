"""Rasa component: "I am a teacher" sets the person's role, "I work in Wales" the nation.

It adds entities of the names of the slots that they fill and leaves the intent alone, so a
question that names a role is answered as the question that it is. How people say it is content.
"""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.answers import current_content
from assistant.guidance.names import NATION, ROLE
from assistant.understanding.component import UnlearnedComponent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RoleFinder(UnlearnedComponent, GraphComponent):
    """Finds the role that a person says to have, and the nation in which they work."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of role and nation where a message says one or takes one back."""
        content = current_content()
        for message in messages:
            text = message.get(TEXT) or ""
            found = {
                ROLE: said_of_oneself(text, content.role_patterns),
                NATION: said_of_oneself(text, content.nation_patterns),
            }
            entities = [
                {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "RoleFinder"}
                for name, value in found.items()
                if value is not None
            ]
            if entities:
                entities = [*message.get(ENTITIES, []), *entities]
                message.set(ENTITIES, entities, add_to_output=True)
        return messages


def said_of_oneself(text: str, patterns: Mapping[Any, str]) -> Optional[str]:
    """What a message says of its writer, "" if it takes one back and says no other, else None.

    Args:
        text: the message.
        patterns: by value, how people say it; a group ``not`` takes it back.
    """
    plain = " ".join(text[:CHARACTERS_WITH_A_ROLE].lower().replace("’", "'").split())
    taken_back = None
    for name, pattern in patterns.items():
        for match in re.finditer(pattern, plain):
            if not match.groupdict().get("not"):
                return str(name)
            taken_back = ""
    return taken_back


CHARACTERS_WITH_A_ROLE = 2000
"""Characters in which a role is looked for."""
