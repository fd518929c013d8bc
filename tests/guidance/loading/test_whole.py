"""All of the content together: everything wrong is said at once, and nothing can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.guidance import ContentError, Library, Registers, load_library, load_registers
from tests.conftest import Edit
from tests.guidance.loading.broken import TOPIC, problems


def test_all_problems_are_reported_at_once(content: Path, edit: Edit) -> None:
    edit(TOPIC, "title:", "titel:")
    edit("guidance/talk/confidentiality.yml", "next: [", "next: [talk/no-such-topic, ")
    edit("contacts.yml", "    territory: UK", "    teritory: UK")
    found = "\n".join(problems(content))
    for part in (
        "titel: no such field",
        "title: add this field",
        "talk/no-such-topic: there is no such topic",
        "police-emergency.teritory: no such field",
        "police-emergency.territory: add this field",
    ):
        assert part in found


def test_the_registers_alone_are_those_of_the_library(content: Path) -> None:
    library, registers = load_library(content), load_registers(content)
    assert registers == Registers(**{name: getattr(library, name) for name in registers.__fields__})
    with pytest.raises(TypeError):
        registers.contacts["childline"] = library.contacts["lado"]  # type: ignore[index]


def test_the_registers_name_what_is_wrong_in_them_alone(content: Path) -> None:
    topic = content / "guidance" / "talk" / "recording.yml"
    topic.write_text("title: nothing else\n")
    load_registers(content)
    register = content / "contacts.yml"
    register.write_text(
        register.read_text().replace("  childline:\n    name:", "  childline:\n    nme:")
    )
    with pytest.raises(ContentError, match=r"contacts\.yml:\d+"):
        load_registers(content)


def test_the_library_cannot_be_changed(library: Library) -> None:
    with pytest.raises(TypeError):
        library.topics["talk/new"] = library.topics["talk/recording"]  # type: ignore[index]
    with pytest.raises(TypeError):
        library.topics["talk/recording"].title = "Other"
