"""``welsh/``: what is said in Welsh."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from assistant.guidance.loading.files import ContentFiles, Model
from assistant.guidance.loading.references import References
from assistant.guidance.loading.urgent import check_word_sets
from assistant.guidance.names import URGENT
from assistant.guidance.urgent import UrgencyPatternsFile
from assistant.guidance.welsh import (
    ContactsInWelsh,
    InterfaceInWelsh,
    SituationInWelsh,
    TopicInWelsh,
    Welsh,
)


def load_welsh(known: References) -> Optional[Welsh]:
    """What is said in Welsh, of answers and contacts that are there; None where nothing is."""
    files = known.files
    folder = files.root / "welsh"
    if not folder.exists():
        return None
    topics = _translations(folder / "guidance", TopicInWelsh, "", files)
    situations = _translations(folder / "urgency", SituationInWelsh, f"{URGENT}/", files)
    contacts = files.whole("welsh/contacts.yml", ContactsInWelsh)
    interface = files.whole("welsh/interface.yml", InterfaceInWelsh)
    patterns = files.whole("welsh/patterns.yml", UrgencyPatternsFile)
    known.files.check_known(folder, (), topics, known.promised, "topic", "guidance/")
    known.files.check_known(folder, (), situations, known.replies, "reply", "urgency/replies/")
    if contacts:
        known.check_contacts(folder / "contacts.yml", ("contacts",), contacts.contacts)
    if patterns:
        check_word_sets(folder / "patterns.yml", patterns, known)
    if not (contacts and interface and patterns):
        return None
    return Welsh(
        topics=topics,
        situations=situations,
        contacts=contacts,
        interface=interface,
        patterns=patterns,
    )


def _translations(
    folder: Path, model: type[Model], prefix: str, files: ContentFiles
) -> dict[str, Model]:
    """The translations below a folder, by the id of what they translate."""
    found = {}
    for path in sorted(folder.rglob("*.yml")):
        made = files.build(path, (), model, files.read(path))
        if made is not None:
            found[prefix + path.relative_to(folder).with_suffix("").as_posix()] = made
    return found


__all__ = ["load_welsh"]
