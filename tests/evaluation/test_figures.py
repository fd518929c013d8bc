"""The measuring is measured."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from assistant.evaluation import (
    Evaluation,
    Outcome,
    Question,
    QuestionFileError,
    evaluate,
    read_questions,
    wilson,
)
from assistant.evaluation.console import print_evaluation
from assistant.evaluation.html import html_report
from assistant.turn.replies import Reply


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
        ("question\taccept\tkind\nonly two\tcolumns\n", ":2: expected 3 tab-separated columns"),
        ("question\taccept\tkind\n\ta/b\ttopic\n", ":2: expected 3"),
        ("question\taccept\tkind\treader\nq\ta/b\ttopic\n", ":2: expected 4"),
        ("question\taccept\tkind\tmust_not\n", ":1: the first line must be"),
        ("question\taccept\tkind\treader\tmust_not\tmore\n", ":1: the first line must be"),
        ("", ":1: the first line must be"),
    ],
)
def test_a_bad_file_names_the_line(tmp_path: Path, text: str, error: str) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text(text)
    with pytest.raises(QuestionFileError, match=error):
        read_questions(file)


def test_a_file_may_say_who_is_typing_and_what_would_harm_them(tmp_path: Path) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text(
        "question\taccept\tkind\treader\tmust_not\n"
        "one\ta/b,a/c\ttopic\tnobody's emergency\ta/d,out-of-scope\n"
        "two\ta/b\ttopic\t\t\n"
    )
    one, two = read_questions(file)
    assert one == Question(
        "one", ("a/b", "a/c"), "topic", "nobodys-emergency", ("a/d", "out-of-scope")
    )
    assert two == Question("two", ("a/b",), "topic")


# --- harm: the readers and replies are those of data/urgency/harm.yml ----------------------


def to(reader: str, reply: Reply, accept: str = "urgent/general", must_not: str = "") -> Outcome:
    harmful = (must_not,) if must_not else ()
    return Outcome(Question("q", (accept,), "topic", reader, harmful), reply)


ACCUSING = Reply("urgent", "", topic="urgent/risk-from-self")
OF_ANOTHER = Reply("urgent", "", topic="urgent/adult-survivor-in-crisis")


def test_a_reply_that_must_never_be_given_to_a_reader_harms() -> None:
    assert to("child", ACCUSING).harms
    assert to("child", Reply("out-of-scope", "")).harms
    assert not to("child", OF_ANOTHER).harms
    assert not to("worried-about-own-behaviour", ACCUSING).harms
    assert not to("", ACCUSING).harms
    # Where the file says that it answers the question, it does not harm.
    assert not to("child", ACCUSING, accept="urgent/risk-from-self").harms


def test_a_reply_that_the_file_forbids_harms_whoever_is_typing() -> None:
    reply = Reply("answer", "", topic="a/b")
    assert to("", reply, must_not="a/b").harms
    assert to("practitioner", reply, accept="a/b", must_not="a/b").harms
    assert not to("practitioner", reply, must_not="a/c").harms


def test_a_reply_that_does_some_harm_is_counted_apart() -> None:
    assert to("child", OF_ANOTHER).harms_a_little
    assert not to("child", OF_ANOTHER, accept=str(OF_ANOTHER.topic)).harms_a_little
    assert not to("child", ACCUSING).harms_a_little
    # An urgent reply where nobody is in need.
    general = Reply("urgent", "", topic="urgent/general")
    assert to("nobodys-emergency", general, accept="out-of-scope").harms_a_little
    assert not to("practitioner", general, accept="out-of-scope").harms_a_little


def test_harm_is_measured_of_the_questions_that_have_a_reader() -> None:
    evaluation = Evaluation(
        [
            to("child", ACCUSING),
            to("child", OF_ANOTHER),
            to("child", Reply("urgent", "", topic="urgent/general")),
            to("", ACCUSING),
        ]
    )
    harm = evaluation.measure("replies that harm their reader")
    a_little = evaluation.measure("replies that harm a little")
    assert (harm.hits, harm.total) == (1, 3)
    assert (a_little.hits, a_little.total) == (1, 3)


def test_the_general_urgent_reply_is_right_for_whatever_is_urgent_and_for_nothing_else() -> None:
    general = Reply("urgent", "", topic="urgent/general")
    assert outcome("urgent/x", general).right
    assert not outcome("a/b", general).right
    assert not outcome("urgent/x,a/b", general).right


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


@pytest.fixture
def evaluation() -> Evaluation:
    return Evaluation(
        [
            outcome("a/b", Reply("answer", "", topic="a/b", confidence=0.9)),
            outcome("a/b", Reply("answer", "", topic="a/c", confidence=0.5)),
            outcome("a/b", Reply("suggest", "", suggestions=("a/b",))),
            outcome("urgent/x", Reply("urgent", "", topic="urgent/x"), kind="explicit"),
            outcome("urgent/y", Reply("answer", "", topic="a/<b>"), kind="indirect"),
            outcome("a/b", Reply("urgent", "", topic="urgent/x"), kind="policy"),
            outcome("out-of-scope", Reply("out-of-scope", ""), kind="task"),
            outcome("out-of-scope", Reply("suggest", ""), kind="task"),
            outcome("out-of-scope", Reply("urgent", "", topic="urgent/x"), kind="task"),
        ]
    )


def test_the_figures(evaluation: Evaluation) -> None:
    hits = {one.name: (one.hits, one.total) for one in evaluation.measures}
    assert hits == {
        "right topic first": (1, 3),
        "right topic first or suggested": (2, 3),
        "suggestions instead of an answer": (1, 3),
        "a wrong topic answered": (1, 3),
        "urgent recognised": (1, 2),
        "urgent, situation right": (1, 2),
        "false alarms, only sounding urgent": (1, 1),
        "false alarms, all that is not urgent": (2, 7),
        "out of scope, recognised": (1, 3),
        "out of scope, given an urgent reply": (1, 3),
        "out of scope, answered wrongly": (0, 3),
    }
    assert [(band.low, band.hits, band.total) for band in evaluation.calibration] == [
        (0.5, 0, 1),
        (0.9, 1, 1),
    ]
    assert [(c.asked, c.answered, c.times) for c in evaluation.confused] == [("a/b", "a/c", 1)]
    assert evaluation.themes["urgent"] == {"urgent": 1, "a": 1}
    assert evaluation.worst[0].question.accept == ("urgent/y",)


def test_the_figures_are_printed(evaluation: Evaluation) -> None:
    out = io.StringIO()
    print_evaluation(evaluation, Console(file=out, width=140), details=True)
    for part in ("right topic first", "33.3%", "urgent recognised", "50.0%", "a/b <- a/c"):
        assert part in out.getvalue()


def test_the_report_is_one_safe_page(evaluation: Evaluation) -> None:
    page = html_report(evaluation, "questions.tsv")
    assert "questions.tsv" in page and "Worst cases" in page and "<svg" in page
    assert "a/&lt;b&gt;" in page and "a/<b>" not in page
    assert "http" not in page and "<script" not in page
