"""Questions asked in vain: how they are grouped, what is shown of them, and what never is."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Sequence

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from assistant.editing import gaps as editing
from assistant.editing.gaps import FEWEST, Unanswered, as_csv, clean, from_lines, gap_lines, gaps_of
from assistant.editing.grouping import grouped
from assistant.guidance import Library, load_examples
from assistant.project import Project
from assistant.understanding.encoder import Vectors
from assistant.understanding.vector_cache import encode_cached
from assistant.understanding.word_vectors import encode_words

MEASURED = 0.46
"""The least adjusted Rand index: 0.495 was measured. The goal, 0.6, is not reached: groups of near
needs run together, such as what a family may be paid for, and half of the rest stay too small."""


def read(name: str) -> tuple[list[str], list[str]]:
    """The group that an editor put each question in, and the questions."""
    with Path(__file__).with_name(name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row["group"] for row in rows], [row["question"] for row in rows]


@pytest.fixture(scope="module")
def known(project: Project) -> dict[str, Sequence[str]]:
    return dict(load_examples(project.data).questions)


@pytest.fixture(scope="module")
def vectors(project: Project, known: dict[str, Sequence[str]]) -> Vectors:
    return encode_cached([text for of_one in known.values() for text in of_one], project.vectors)


@pytest.fixture
def by_first_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups by the first word, so that a test decides what belongs together."""

    def by_word(questions: Sequence[str], *_: object) -> list[list[int]]:
        groups: dict[str, list[int]] = {}
        for place, question in enumerate(questions):
            groups.setdefault(question.split()[0], []).append(place)
        return list(groups.values())

    monkeypatch.setattr(editing, "grouped", by_word)


def test_200_questions_are_grouped_as_an_editor_did(
    known: dict[str, Sequence[str]], vectors: Vectors
) -> None:
    by_hand, questions = read("gaps.tsv")
    assert len(questions) == len(set(questions)) == 200 and 25 <= len(set(by_hand)) <= 35
    groups = grouped(questions, [text for of_one in known.values() for text in of_one], vectors)
    found = np.zeros(len(questions), int)
    for number, group in enumerate(groups):
        found[group] = number
    assert sorted(place for group in groups for place in group) == list(range(200))
    index = adjusted_rand_score(by_hand, found)
    assert index >= MEASURED, f"{index:.3f} with {len(groups)} groups"


def test_the_threshold_was_chosen_on_other_questions() -> None:
    hand, questions = read("gaps.tsv")
    for name in ("gaps-development.tsv", "gaps-development-b.tsv"):
        other_hand, others = read(name)
        assert not set(questions) & set(others) and not set(hand) & set(other_hand)


@pytest.mark.usefixtures("by_first_word")
def test_few_conversations_are_hidden_and_one_of_many_questions_counts_once(
    known: dict[str, Sequence[str]], vectors: Vectors, library: Library
) -> None:
    asked = [Unanswered(f"many {n}", "no answer", n) for n in range(FEWEST)]
    asked += [Unanswered(f"few {n}", "no answer", n) for n in range(FEWEST - 1)]
    asked += [Unanswered(f"alone {n}", "no answer", 7) for n in range(20)]
    found = gaps_of(asked, known, vectors)
    assert [gap.questions[0] for gap in found.shown] == ["many 0"]
    assert (found.hidden_groups, found.hidden_questions) == (2, FEWEST - 1 + 20)
    shown = "\n".join(gap_lines(found, library)) + as_csv(found)
    assert "few 1" not in shown and "alone 1" not in shown
    assert "2 groups with 24 questions" in shown
    assert len(found.shown[0].nearest) == editing.NEAREST and set(found.shown[0].nearest) <= set(
        library.topics
    )


@pytest.mark.usefixtures("by_first_word")
def test_the_output_harms_no_terminal_and_no_spreadsheet(
    known: dict[str, Sequence[str]], vectors: Vectors, library: Library
) -> None:
    nasty = [
        "=cmd|' /C calc'!A0",
        "= \x1b[31mred\x07",
        "= \u202etxet",
        "= two\nlines\r",
        "= \x9b2J",
    ]
    found = gaps_of(from_lines(nasty), known, vectors)
    assert not found.shown  # by their first words they are two groups
    found = gaps_of(from_lines([text.replace("=cmd", "= cmd") for text in nasty]), known, vectors)
    shown = [*gap_lines(found, library), as_csv(found)]
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set("".join(shown))
    rows = list(csv.reader(io.StringIO(as_csv(found))))
    assert all(row[2].startswith("'=") for row in rows[1:-1]) and len(rows) == 7


def test_questions_of_a_file_are_redacted() -> None:
    (asked,) = from_lines(["Can Shanice Oyelaran of 12 Elm Road claim? Ring 07700 900123"])
    assert not {"Shanice", "Oyelaran", "07700"} & set(asked.text.replace("?", "").split())


def test_a_text_is_one_line_of_plain_signs() -> None:
    assert clean(" a\tb\u2028c\x00 d ") == "a b c d"


def test_what_has_no_word_is_grouped_too(known: dict[str, Sequence[str]], vectors: Vectors) -> None:
    questions = [text for of_one in known.values() for text in of_one]
    groups = grouped(
        ["🙂", "who pays compensation", "?", "compensation, who pays"], questions, vectors
    )
    assert sorted(place for group in groups for place in group) == [0, 1, 2, 3]
    assert grouped(["one"], questions, vectors) == [[0]] and grouped([], questions, vectors) == []


def test_words_have_one_vector_each() -> None:
    words, found = encode_words("Compensation, nudifying?")
    assert words == ["compensation", "nudifying"] and found.shape == (2, 384)
