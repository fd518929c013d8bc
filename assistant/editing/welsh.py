"""Rules on what is said in Welsh, and what of it is older than the English."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator, Sequence

from assistant.editing.content_to_check import ContentToCheck, Rule
from assistant.guidance import Library, Problem
from assistant.guidance.welsh import english_of

_NUMBER = re.compile(r"\d+")


def parts_of_translations(content: ContentToCheck) -> Iterator[Problem]:
    """There is a text in Welsh for each text in English."""
    for path, fits, _ in _translations(content.data, content.library):
        if not fits:
            fix = "not as many texts as the English has; give one for each, in its order"
            yield content.problem(path, (), fix)


def numbers_of_translations(content: ContentToCheck) -> Iterator[Problem]:
    """No number is another in Welsh: of a telephone, a section, an age, a time limit."""
    for path, fits, pairs in _translations(content.data, content.library):
        for welsh, english in pairs if fits else ():
            if _numbers(welsh) != _numbers(english):
                fix = f"'{welsh[:40]}...' has other numbers than the English; write the same"
                yield content.problem(path, (), fix)
    if content.library.welsh:
        path = content.data / "welsh" / "contacts.yml"
        for contact_id, said in content.library.welsh.contacts.contacts.items():
            for welsh, english in said.pairs(content.library.contacts[contact_id]):
                if welsh and _numbers(welsh) != _numbers(english):
                    fix = f"'{welsh}' has other numbers than contacts.yml; write the same"
                    yield content.problem(path, ("contacts", contact_id), fix)


def stale_translations(content: ContentToCheck) -> Iterator[Problem]:
    """Translations whose English has changed since. No fault of who changed it: a notice."""
    welsh = content.library.welsh
    if welsh is None:
        return
    library, folder = content.library, content.data / "welsh"
    digests = [
        *(
            (one, said.english, english_of(library.topics[one]))
            for one, said in welsh.topics.items()
        ),
        *(
            (one, said.english, english_of(library.urgent[one]))
            for one, said in welsh.situations.items()
        ),
    ]
    for answer_id, translated, now in digests:
        if translated != now:
            fix = (
                f"the English has changed since this was translated; translate what changed and "
                f'write english: "{now}"'
            )
            yield content.problem(_file(folder, answer_id), ("english",), fix)


def _translations(
    data: Path, library: Library
) -> Iterator[tuple[Path, bool, Sequence[tuple[str, str]]]]:
    """The file of each translation, whether it fits its English, and their texts in pairs."""
    welsh, folder = library.welsh, data / "welsh"
    if welsh is None:
        return
    for topic_id, topic in welsh.topics.items():
        english = library.topics[topic_id]
        yield _file(folder, topic_id), topic.fits(english), topic.pairs(english)
    for situation_id, reply in welsh.situations.items():
        situation = library.urgent[situation_id]
        yield _file(folder, situation_id), reply.fits(situation), reply.pairs(situation)


def _file(folder: Path, answer_id: str) -> Path:
    kind, _, name = answer_id.partition("/")
    below = f"urgency/{name}" if kind == "urgent" else f"guidance/{answer_id}"
    return folder / f"{below}.yml"


def _numbers(text: str) -> list[str]:
    return sorted(_NUMBER.findall(text))


RULES: tuple[Rule, ...] = (parts_of_translations, numbers_of_translations)
NOTICES: tuple[Rule, ...] = (stale_translations,)
