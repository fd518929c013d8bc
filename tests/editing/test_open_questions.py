"""What editors must still open: all of it, most important first, and written down."""

from __future__ import annotations

import pytest

from assistant.cli import run
from assistant.editing.open_questions import (
    DOCUMENT,
    OpenQuestion,
    Weight,
    as_markdown,
    open_questions,
)
from assistant.guidance import Library, load_library
from assistant.project import Project
from tests.editing.conftest import Break, Files, Write, a_point

ANSWER = "guidance/talk/recording.yml"


def test_the_document_is_what_the_content_says(project: Project, library: Library) -> None:
    written = (project.root / DOCUMENT).read_text(encoding="utf-8")
    assert written == as_markdown(open_questions(library)), "run notice check --open --write"


def of(write: Write, broken: Break) -> tuple[OpenQuestion, ...]:
    return open_questions(load_library(write(broken)))


def test_nothing_is_open_in_content_that_is_all_read(write: Write) -> None:
    assert open_questions(load_library(write(None))) == ()


def test_notes_of_answers_replies_and_guided_conversations_are_listed(write: Write) -> None:
    def broken(files: Files) -> None:
        files[ANSWER]["open"] = ["Find a drawing.", "Read section 47\nof the Act."]
        files["urgency/replies/danger.yml"]["open"] = ["Ring them."]
        files["guided/walk.yml"]["open"] = ["Walk it with somebody."]

    assert of(write, broken) == (
        OpenQuestion(Weight.URGENT, "urgent/danger", "Ring them."),
        OpenQuestion(Weight.LAW_AND_NUMBERS, "talk/recording", "Read section 47 of the Act."),
        OpenQuestion(Weight.REST, "guided/walk", "Walk it with somebody."),
        OpenQuestion(Weight.REST, "talk/recording", "Find a drawing."),
    )


def test_recalled_facts_in_use_are_listed_by_what_hangs_on_them(write: Write) -> None:
    def broken(files: Files) -> None:
        files["urgency/replies/danger.yml"]["steps"][0] = a_point("Go on.", "practice")
        files[ANSWER]["points"][0] = a_point("Tell the court.", "practice-section")
        files[ANSWER]["points"][1] = a_point("Be sensible.", "unsaid", "practice")

    urgent, law, rest = of(write, broken)
    assert (urgent.weight, urgent.about) == (Weight.URGENT, "fact practice")
    assert urgent.text.endswith("(recalled; National guidance.) In talk/recording, urgent/danger.")
    assert (law.weight, law.about) == (Weight.LAW_AND_NUMBERS, "fact practice-section")
    assert "(recalled; The Act, section 3(5).)" in law.text
    assert (rest.weight, rest.about) == (Weight.REST, "fact unsaid")
    assert "no source says it; goes with National guidance" in rest.text


def test_contacts_seen_only_elsewhere_are_listed(write: Write) -> None:
    def broken(files: Files) -> None:
        for name in ("police", "childline"):
            files["contacts.yml"]["contacts"][name]["firmness"] = "cross-checked"

    police, childline = of(write, broken)
    assert (police.weight, police.about) == (Weight.URGENT, "contact police")
    assert (childline.weight, childline.about) == (Weight.LAW_AND_NUMBERS, "contact childline")
    assert childline.text == "Childline, 0800 1111: open the owner's own page."


def test_older_editions_in_use_are_listed(write: Write) -> None:
    def broken(files: Files) -> None:
        for name in ("the-act", "leeds"):
            files["sources.yml"]["sources"][name]["superseded_by"] = "A newer one is in force"
        files[ANSWER]["points"][0] = a_point("Tell the council.", "law")

    (source,) = of(write, broken)
    assert (source.weight, source.about) == (Weight.LAW_AND_NUMBERS, "source the-act")
    assert "The Act (2026). A newer one is in force: read it, and cite it in the 1" in source.text


def test_words_that_no_native_reader_has_read_are_listed(write: Write) -> None:
    def broken(files: Files) -> None:
        del files["languages.yml"]["languages"]["cy"]["read_by"]

    (question,) = of(write, broken)
    assert question.about == "language cy"
    assert question.weight == Weight.URGENT


def test_the_command_lists_and_writes_it(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(files: Files) -> None:
        files[ANSWER]["open"] = ["Find a drawing."]

    root = write(broken).parent
    (root / "config.yml").touch()
    (root / "docs").mkdir()
    monkeypatch.setenv("NOTICE_HOME", str(root))
    assert run(["check", "--open"]) == 0
    assert "talk/recording: Find a drawing." in capsys.readouterr().out
    assert run(["check", "--open", "--write"]) == 0
    assert "- `talk/recording`: Find a drawing." in (root / DOCUMENT).read_text()
