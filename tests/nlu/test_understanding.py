"""Understanding, on messages written by people who had not seen the training examples.

The floors hold what has been reached, a little below the measured figures, so that a change that
makes understanding worse fails here: first those on messages that the public wrote. They are not
the goals: docs/understanding.md has both, and how far apart they are.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
import yaml

from assistant.evaluation import Evaluation, Outcome, evaluate, read_questions
from assistant.evaluation.questions import SMALLTALK
from assistant.guidance import load_examples
from assistant.project import Project
from assistant.turn.assistant import Assistant

HERE = Path(__file__).parent
OURS = ("topics-a", "topics-b", "urgent", "not-urgent", "out-of-scope")
PUBLIC = ("public-2026", "public-2026-b", "asked-in-public")
"""Messages that people sent in public; their pages are in the files of sources."""

CALM = ("calm-danger",)
"""Calm words before a death, what only looks like them, and questions about the chat itself."""

EVERYDAY = ("everyday",)
"""Everyday life, nobody's emergency, half of it told by children, in the words of emergencies."""

VOICES = ("voices", "cases-voices")
DEVELOPMENT = "public-2026-development"
FURTHER_DEVELOPMENT = ("development", "as-if-public-development", "calm-and-everyday")
LEDGER = HERE / "known-failures.tsv"
CONVERSATIONS = (HERE / "conversations.yml", HERE / "conversations-development.yml")

SLACK = 4
"""Rows of the ledger that may differ: on the edge, another processor's rounding decides."""

FLOORS = {
    "ours": {
        "right topic first": 0.96,
        "right topic first or suggested": 0.98,
        "urgent recognised": 0.98,
    },
    "public": {
        "right topic first": 0.62,
        "right topic first or suggested": 0.92,
        "urgent recognised": 0.94,
    },
    "calm": {"urgent recognised": 0.78},
}
CEILINGS = {
    "ours": {
        "false alarms, only sounding urgent": 0.04,
        "out of scope, answered wrongly": 0.05,
    },
    "public": {
        "out of scope, given an urgent reply": 0.1,
        "out of scope, answered wrongly": 0.33,
    },
    "calm": {
        "out of scope, given an urgent reply": 0.16,
        "replies that harm their reader": 0.03,
    },
    "everyday": {
        "out of scope, given an urgent reply": 0.22,
        "replies that harm their reader": 0.0,
    },
}


@pytest.fixture(scope="module")
async def outcomes(assistant: Assistant) -> dict[str, list[Outcome]]:
    """The outcomes of each file."""
    names = (*OURS, *PUBLIC, *VOICES, *CALM, *EVERYDAY, DEVELOPMENT)
    files = {name: read_questions(HERE / f"{name}.tsv") for name in names}
    return {name: await evaluate(assistant, questions) for name, questions in files.items()}


@pytest.fixture(scope="module")
def evaluations(outcomes: dict[str, list[Outcome]]) -> dict[str, Evaluation]:
    return {
        "ours": Evaluation([one for name in OURS for one in outcomes[name]]),
        "public": Evaluation([one for name in PUBLIC for one in outcomes[name]]),
        "calm": Evaluation([one for name in CALM for one in outcomes[name]]),
        "everyday": Evaluation([one for name in EVERYDAY for one in outcomes[name]]),
    }


def misses(evaluation: Evaluation) -> str:
    return "\n".join(
        f"{o.question.accept} <- {o.got}: {o.question.text[:120]}" for o in evaluation.worst
    )


@pytest.mark.parametrize(
    ("of", "name"), [(of, name) for of, floors in FLOORS.items() for name in floors]
)
def test_enough_is_right(evaluations: dict[str, Evaluation], of: str, name: str) -> None:
    assert evaluations[of].measure(name).share >= FLOORS[of][name], misses(evaluations[of])


@pytest.mark.parametrize(
    ("of", "name"), [(of, name) for of, ceilings in CEILINGS.items() for name in ceilings]
)
def test_little_is_wrong(evaluations: dict[str, Evaluation], of: str, name: str) -> None:
    assert evaluations[of].measure(name).share <= CEILINGS[of][name], misses(evaluations[of])


def test_hardly_a_reply_harms_its_reader(outcomes: dict[str, list[Outcome]]) -> None:
    others = [several for name, several in outcomes.items() if name not in CALM]
    harmful = [one for several in others for one in several if one.harms]
    listed = "\n".join(
        f"{one.question.reader} <- {one.got}: {one.question.text[:120]}" for one in harmful
    )
    assert len(harmful) <= MOST_HARMFUL, listed


MOST_HARMFUL = 5
"""The goal is none; docs/understanding.md names them."""


def test_the_worst_reply_of_all_is_never_given(outcomes: dict[str, list[Outcome]]) -> None:
    """Nobody but who speaks of their own acts is told to keep away from children."""
    told = [
        one
        for several in outcomes.values()
        for one in several
        if one.got == "urgent/risk-from-self"
        and one.question.reader
        and one.question.reader != "worried-about-own-behaviour"
        and "urgent/risk-from-self" not in one.question.accept
    ]
    assert not told, [one.question.text[:120] for one in told]


def test_the_ledger_of_known_failures_is_true(outcomes: dict[str, list[Outcome]]) -> None:
    """Who makes a message pass takes its row out; none joins without a reason."""
    with LEDGER.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(row["reason"].strip() for row in rows), "a row without a reason"
    listed = {row["question"] for row in rows}
    failing = {one.question.text for one in outcomes[DEVELOPMENT] if not one.right}
    passing, new = listed - failing, failing - listed
    assert len(passing) <= SLACK, f"these pass now; take them out of {LEDGER.name}: {passing}"
    assert len(new) <= SLACK, f"these fail now: {new}"


async def test_every_urgent_reply_names_999_first_and_social_care(
    outcomes: dict[str, list[Outcome]],
) -> None:
    for outcome in (one for several in outcomes.values() for one in several):
        if outcome.reply.kind == "urgent":
            assert "999" in outcome.reply.text.splitlines()[0]
            assert "social care" in outcome.reply.text


def test_every_row_tells_its_reader() -> None:
    for name in (*PUBLIC, *VOICES, DEVELOPMENT, "urgent", "not-urgent"):
        if name == "public-2026-b":  # a reader only where both who labelled it named the same
            continue
        without = [q.text for q in read_questions(HERE / f"{name}.tsv") if not q.reader]
        assert not without, (name, without[:3])


def test_no_test_question_is_a_training_example(project: Project) -> None:
    def plain(text: str) -> str:
        return " ".join(text.lower().split()).strip(" ?.!")

    examples = load_examples(project.data)
    taught = Counter(
        plain(text)
        for group in (examples.questions, examples.urgent, examples.voices)
        for texts in group.values()
        for text in texts
    )
    taught.update(plain(text) for text, _ in examples.not_urgent)
    for path in sorted((project.data / "nlu").glob("*.yml")):
        taught.update(plain(line.strip()[2:]) for line in path.read_text().splitlines())
    for name in (*OURS, *PUBLIC, *VOICES, *CALM, *EVERYDAY, DEVELOPMENT, *FURTHER_DEVELOPMENT):
        questions = read_questions(HERE / f"{name}.tsv")
        # There are not many ways to say hello, nor to type question marks alone.
        counted = [q.text for q in questions if q.accept != (SMALLTALK,)]
        same = [text for text in counted if plain(text) and plain(text) in taught]
        assert not same, (name, same)
    for path in CONVERSATIONS:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        texts = [str(message["text"]) for one in said for message in one["messages"]]
        # "ok ta" is what everybody writes; from eight words on they are somebody's own.
        same = [text for text in texts if len(text.split()) >= 8 and plain(text) in taught]
        assert not same, (path.name, same)
