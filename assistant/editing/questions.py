"""Rules on how people ask: enough questions, none twice, none nearly twice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator, Union

from assistant.editing.content_to_check import ContentToCheck, Rule
from assistant.editing.drafts import ASKED
from assistant.guidance import GENERAL, Problem
from assistant.guidance.yaml_lines import FieldPath
from assistant.project import Project

FEWEST_QUESTIONS = 15  # a topic
FEWEST_EXAMPLES = 60  # an urgent situation
NEAR_DUPLICATE = 0.96  # cosine of two questions' sentence vectors
BLOCK = 1000  # questions compared at once: all pairs together would need a gigabyte

Asked = tuple[str, Path, FieldPath, str]
"""What a text belongs to, its file and field, and the text."""


def enough_questions(content: ContentToCheck) -> Iterator[Problem]:
    """A topic is asked for in many ways; with few the classifier knows few of them."""
    for topic_id in content.library.topics:
        count = len(content.examples.questions.get(topic_id, ()))
        if count < FEWEST_QUESTIONS:
            path = _questions_file(content, topic_id)
            fix = f"only {count} questions; write at least {FEWEST_QUESTIONS}"
            yield _problem(content, path, ("questions",), fix)


def enough_examples(content: ContentToCheck) -> Iterator[Problem]:
    """An urgent situation has many faces. The general reply is nobody's, and one that goes on from
    another is recognised by that: they have no examples."""
    for situation, reply in content.library.urgent.items():
        count = len(content.examples.urgent.get(situation, ()))
        if situation != GENERAL and reply.after is None and count < FEWEST_EXAMPLES:
            path = _examples_file(content, situation)
            fix = f"only {count} examples; write at least {FEWEST_EXAMPLES}"
            yield _problem(content, path, ("examples",), fix)


def same_question(content: ContentToCheck) -> Iterator[Problem]:
    """The same question stands once: for two topics it confuses, in one file it weighs double."""
    first: dict[str, tuple[str, Path]] = {}
    for belongs_to, path, at, text in _asked(content):
        plain = re.sub(r"\W+", " ", text.lower()).strip()
        if plain not in first:
            first[plain] = (belongs_to, path)
            continue
        # What only sounds urgent may stand among the questions of its own topic as well.
        other, file = first[plain]
        if other != belongs_to or file == path:
            where = "here" if file == path else f"in {other}"
            yield content.problem(path, at, f"the same question stands {where}; keep one")


def nobodys_own_words(content: ContentToCheck) -> Iterator[Problem]:
    """What people asked in vain is theirs: a draft holds it until it is written, not longer."""
    for path in sorted((content.data / "questions").rglob("*.yml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip().startswith(ASKED):
                fix = "somebody's own words: ask for it in yours, and take this comment out"
                yield Problem(path, number, "questions", fix)


def nearly_the_same_question(content: ContentToCheck) -> Iterator[Problem]:
    """Questions of different topics that mean nearly the same confuse the classifier.

    Needs the sentence encoder: some seconds, minutes where no vectors are kept.
    """
    import numpy as np

    from assistant.understanding.vector_cache import encode_cached

    asked = [one for one in _asked(content) if one[2][0] == "questions"]
    if not asked:
        return
    vectors = encode_cached([text for *_, text in asked], Project(content.data.parent).vectors)
    for start in range(0, len(asked), BLOCK):
        alike = vectors[start : start + BLOCK] @ vectors[start:].T
        for a, b in zip(*np.where(alike > NEAR_DUPLICATE)):
            (topic, path, at, question), (other, *_, same) = asked[start + a], asked[start + b]
            if a < b and topic != other and question.lower() != same.lower():
                fix = f"nearly the same as '{same}' in {other}; reword one"
                yield content.problem(path, at, fix)


def _asked(content: ContentToCheck) -> Iterator[Asked]:
    """All examples of topics and urgent situations, each with its place."""
    for topic_id, questions in content.examples.questions.items():
        path = _questions_file(content, topic_id)
        yield from ((topic_id, path, ("questions", i), q) for i, q in enumerate(questions))
    for situation, texts in content.examples.urgent.items():
        path = _examples_file(content, situation)
        yield from ((situation, path, ("examples", i), text) for i, text in enumerate(texts))
    path = content.data / "urgency" / "not-urgent.yml"
    numbers: dict[str, int] = {}
    for text, topic_id in content.examples.not_urgent:
        i = numbers[topic_id] = numbers.get(topic_id, -1) + 1
        yield topic_id, path, ("not_urgent", topic_id, i), text


def _questions_file(content: ContentToCheck, topic_id: str) -> Path:
    return content.data / "questions" / f"{topic_id}.yml"


def _examples_file(content: ContentToCheck, situation: str) -> Path:
    return content.data / "urgency" / "examples" / f"{situation.partition('/')[2]}.yml"


def _problem(
    content: ContentToCheck, path: Path, at: tuple[Union[str, int], ...], fix: str
) -> Problem:
    """A problem of a file that need not be there."""
    if path.exists():
        return content.problem(path, at, fix)
    return Problem(path, 1, ".".join(map(str, at)), f"the file is missing: {fix}")


RULES: tuple[Rule, ...] = (
    enough_questions,
    enough_examples,
    same_question,
    nobodys_own_words,
)
SLOW_RULES: tuple[Rule, ...] = (nearly_the_same_question,)
