"""The measuring is measured."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from assistant.evaluation import (
    Outcome,
    Question,
    QuestionFileError,
    evaluate,
    print_evaluation,
    read_questions,
    wilson,
)
from assistant.replies import Reply


def outcome(accept: str, reply: Reply, kind: str = "topic") -> Outcome:
    return Outcome(Question("q", tuple(accept.split(",")), kind), reply)


def test_right_suggested_and_wrong_are_told_apart() -> None:
    right = outcome("a/b,a/c", Reply("answer", "", topic="a/c"))
    wrong = outcome("a/b", Reply("answer", "", topic="a/c"))
    suggested = outcome("a/b", Reply("suggest", "", suggestions=("a/x", "a/b")))
    assert (right.right, right.suggested, right.answered_wrong) == (True, True, False)
    assert (wrong.right, wrong.suggested, wrong.answered_wrong) == (False, False, True)
    assert (suggested.right, suggested.suggested, suggested.answered_wrong) == (False, True, False)
    assert outcome("out-of-scope", Reply("out-of-scope", "")).right
    assert outcome("smalltalk", Reply("smalltalk", "")).right


def test_no_miss_in_300_shows_less_than_two_percent() -> None:
    low, high = wilson(300, 300)
    assert 0.98 < low < 0.99 and high == pytest.approx(1)
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("question\taccept\n", ":1: the first line must be"),
        ("question\taccept\tkind\nonly two\tcolumns\n", ":2: three columns"),
        ("", ":1: the first line must be"),
    ],
)
def test_a_bad_file_names_the_line(tmp_path: Path, text: str, error: str) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text(text)
    with pytest.raises(QuestionFileError, match=error):
        read_questions(file)


async def test_every_question_is_a_conversation_of_its_own() -> None:
    asked: list[str] = []
    forgotten: list[str] = []

    class StandIn:
        async def reply(self, text: str, conversation: str) -> Reply:
            asked.append(conversation)
            return Reply("answer", "", topic="a/b")

        async def forget(self, conversation: str) -> None:
            forgotten.append(conversation)

    questions = [Question("one", ("a/b",), "topic"), Question("two", ("a/c",), "topic")]
    outcomes = await evaluate(StandIn(), questions)
    assert [one.right for one in outcomes] == [True, False]
    assert len(set(asked)) == 2 and asked == forgotten


def test_the_figures_are_printed() -> None:
    out = io.StringIO()
    outcomes = [
        outcome("a/b", Reply("answer", "", topic="a/b", confidence=0.9)),
        outcome("a/b", Reply("answer", "", topic="a/c", confidence=0.5)),
        outcome("urgent/x", Reply("urgent", "", topic="urgent/x"), kind="explicit"),
        outcome("a/b", Reply("urgent", "", topic="urgent/x"), kind="policy"),
        outcome("out-of-scope", Reply("out-of-scope", ""), kind="task"),
    ]
    print_evaluation(outcomes, Console(file=out, width=140), details=True)
    shown = out.getvalue()
    for part in ("right topic first", "50.0%", "urgent recognised", "100.0%", "a/b <- a/c"):
        assert part in shown
