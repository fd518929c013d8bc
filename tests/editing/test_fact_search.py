"""Facts are found by a word, with what they rest on and what cites them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cli import run
from assistant.editing.fact_search import fact_lines, find_facts
from assistant.guidance import Library, load_library
from tests.editing.conftest import Files, Write, a_point


def test_a_fact_is_found_by_each_of_its_words(write: Write) -> None:
    def cite_leeds(files: Files) -> None:
        files["guidance/talk/recording.yml"]["points"][0] = a_point("Ask Leeds.", "in-leeds")

    library = load_library(write(cite_leeds))
    for words in (["in-leeds"], ["LEEDS"], ["form", "leeds"], ["procedures", "ask"]):
        assert "in-leeds" in {one.fact.id for one in find_facts(words, library)}, words
    assert not find_facts(["leeds", "unheard-of"], library)
    (found,) = find_facts(["in-leeds"], library)
    assert list(fact_lines(found)) == [
        "in-leeds (should): Leeds asks for a form.",
        "    Authority: Leeds procedures (leeds)",
        "    Evidence: confirmed",
        "    Cited by: talk/recording",
    ]


def test_every_fact_names_all_that_cites_it(library: Library) -> None:
    found = {one.fact.id: one.cited_by for one in find_facts([""], library)}
    assert set(found) == set(library.facts)
    for topic in library.topics.values():
        for point in (*topic.points, *topic.more):
            assert all(topic.id in found[fact] for fact in point.facts)
    for situation in library.urgent.values():
        for point in (situation.tell, *situation.steps):
            assert all(situation.id in found[fact] for fact in point.facts)


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["facts", "rec-rough"]) == 0
    shown = capsys.readouterr().out
    document = Path("docs/editing-content.md").read_text(encoding="utf-8")
    example = document.partition("$ notice facts rec-rough\n")[2].partition("\n\n")[0]
    assert example in shown and "1 fact with rec-rough." in shown
    assert run(["facts", "unheard-of"]) == 1
    assert "0 facts with unheard-of." in capsys.readouterr().out
