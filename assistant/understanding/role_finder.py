"""Rasa component: "I am a teacher" sets the person's role, "I work in Wales" the nation.

It adds entities of the names of the slots that they fill and leaves the intent alone, so a
question that names a role is answered as the question that it is. How people say it is content.
"""

from __future__ import annotations

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.answers import current_content
from assistant.guidance.names import NATION, ROLE
from assistant.understanding.component import UnlearnedComponent
from assistant.understanding.own_words import said_of_oneself


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
