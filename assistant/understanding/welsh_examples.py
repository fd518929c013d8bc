"""The examples in Welsh for the components that learn from them, beside Rasa's training data.

All other components would learn from them too if they stood there, and English understanding
would no longer be what it was.
"""

from __future__ import annotations

from assistant.guidance.digests import digest_of, files_of
from assistant.guidance.examples import load_welsh_questions
from assistant.project import find_project
from assistant.understanding.welsh import NOTHING


def welsh_examples() -> list[tuple[str, str]]:
    """Text and label of every example: the id that it asks for, or :data:`NOTHING`.

    Raises:
        ContentError: the file of examples cannot be used.
    """
    asked = load_welsh_questions(find_project().data)
    if asked is None:
        return []
    labelled = [
        (text, label)
        for label, texts in (*asked.questions.items(), *asked.urgent.items())
        for text in texts
    ]
    return [*labelled, *((text, NOTHING) for text in asked.other)]


def welsh_digest() -> str:
    """Of the file of examples: what tells Rasa that it has to be learned again."""
    data = find_project().data
    return digest_of({data: files_of(data / "welsh" / "questions.yml")})


__all__ = ["welsh_digest", "welsh_examples"]
