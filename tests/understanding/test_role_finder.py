"""A person's own role and nation, and nobody else's."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.guidance import Library
from assistant.guidance.patterns import nation_patterns, role_patterns
from assistant.understanding.own_words import said_of_oneself
from assistant.understanding.role_finder import RoleFinder


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("I am a teacher", "education"),
        ("I am the DSL in a primary school", "safeguarding-lead"),
        ("im a club welfare officer", "safeguarding-lead"),
        ("I'm the parish safeguarding officer", "safeguarding-lead"),
        ("I'm a newly qualified primary school teacher, how do I refer?", "education"),
        ("As a GP, what do I write down?", "health"),
        ("health visitor here, a question", "health"),
        ("we are social workers", "social-work"),
        ("I’m not a teacher, I’m a nurse", "health"),
        ("I'm not a teacher", ""),
        ("I am no longer a police officer", ""),
        ("my son's teacher is worried", None),
        ("I'm a teacher's wife", None),
        ("I'm worried a teacher is hurting a pupil", None),
        ("he works as a teacher", None),
        ("is there a nurse here", None),
        ("he said 'I'm a teacher, I know what I saw'", None),
        ('her tutor wrote "as a teacher I must pass it on"', None),
        ("she says I'm a social worker on her phone, is that fraud", None),
        ("I am a child protection social worker", "social-work"),
    ],
)
def test_only_the_persons_own_role_is_found(library: Library, said: str, role: str | None) -> None:
    assert said_of_oneself(said, role_patterns(library.roles)) == role


@pytest.mark.parametrize(
    ("said", "nation"),
    [
        ("I work in Wales", "Wales"),
        ("we're a school in Cardiff", "Wales"),
        ("I'm based in England", "England"),
        ("our school is in Swansea, who do I ring?", "Wales"),
        ("her dad lives in Wales", None),
        ("what is the law in Wales?", None),
        ("a child in England told me", None),
    ],
)
def test_only_where_the_person_works_is_their_nation(
    library: Library, said: str, nation: str | None
) -> None:
    assert said_of_oneself(said, nation_patterns(library.roles)) == nation


def test_the_component_adds_entities_and_leaves_the_intent() -> None:
    message = Message({TEXT: "I am a teacher and I work in Wales", "intent": {"name": "any"}})
    nothing = Message({TEXT: "what are the signs?"})
    RoleFinder().process([message, nothing, Message({})])
    found = {entity["entity"]: entity["value"] for entity in message.get(ENTITIES)}
    assert found == {"role": "education", "nation": "Wales"}
    assert message.get("intent") == {"name": "any"}
    assert not nothing.get(ENTITIES)
