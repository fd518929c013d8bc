"""Finding answers by their words: no model, no Rasa. For the pages of answers.

Whoever asks in whole sentences asks the assistant; this is for who knows what they look for.
"""

from __future__ import annotations

import math
import re
from typing import AbstractSet, Iterable, Iterator, Mapping, Sequence

from assistant.answers.answer import Answer
from assistant.answers.content import Content

THEMES: Mapping[str, str] = {
    "recognise": "Recognising abuse",
    "talk": "Talking to children and families",
    "respond": "Multi-agency steps",
    "support": "Where to find support",
    "review": "The national review",
    "learning": "Research and programmes",
}
"""The themes of ``data/guidance`` in the order of a case, and what they are called."""

LONGEST_SEARCH = 200  # characters
MOST_FOUND = 20
"""How many answers a search gives: more are read by nobody."""

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_WEIGHTS = (8.0, 3.0, 1.0, 0.5)  # of a word in the title, the lead, the points, "more on this"
_WHOLE_WORD, _BEGINNING, _INSIDE = 1.0, 0.6, 0.2
_SHORTEST_BEGINNING, _SHORTEST_INSIDE = 3, 4  # letters
_SAY_NOTHING = frozenset(
    "a about an and are as at be by can do does for from has have how i if in is it me my not of "
    "on or our shall should so that the their them there they this to was we what when where "
    "which who why will with would you your".split()
)


def by_theme(content: Content) -> dict[str, list[Answer]]:
    """All answers to topics by theme: themes in their order, titles by the alphabet."""
    themes: dict[str, list[Answer]] = {theme: [] for theme in THEMES}
    for answer in sorted(topics(content), key=lambda one: one.title.casefold()):
        themes.setdefault(answer.topic.partition("/")[0], []).append(answer)
    return {theme: answers for theme, answers in themes.items() if answers}


def topics(content: Content) -> Iterator[Answer]:
    """The answers to topics: no urgent reply and no page of a guided conversation."""
    for topic in content.titles:
        answer = content.answer(topic)
        if answer is not None:
            yield answer


def find_answers(text: str, content: Content) -> list[Answer]:
    """The answers with these words in title, lead or points, best first.

    A word counts more the higher it stands and the fewer answers have it. An answer is found
    if it has at least half of the words that say anything.

    Args:
        text: what was typed; no more than :data:`LONGEST_SEARCH` characters are read.
        content: where to look.
    """
    wanted = list(dict.fromkeys(_words(text[:LONGEST_SEARCH])))
    wanted = [word for word in wanted if word not in _SAY_NOTHING] or wanted
    answers = list(topics(content))
    if not wanted or not answers:
        return []
    fields = [_fields(answer) for answer in answers]
    # Each word is compared with each other word once, not with each place where it stands.
    known = {word for parts in fields for words in parts for word in words}
    near = [_near(word, known) for word in wanted]
    marks = [[_mark(one, parts) for one in near] for parts in fields]
    rare = [
        math.log(1 + len(answers) / max(1, sum(row[i] > 0 for row in marks)))
        for i in range(len(wanted))
    ]
    ranked = []
    for answer, row in zip(answers, marks):
        met = sum(mark > 0 for mark in row)
        if met * 2 >= len(wanted):
            score = sum(mark * weight for mark, weight in zip(row, rare))
            ranked.append((-met, -score, answer.title, answer))
    ranked.sort(key=lambda one: one[:3])
    return [answer for *_, answer in ranked[:MOST_FOUND]]


def _fields(answer: Answer) -> tuple[frozenset[str], ...]:
    texts: tuple[Iterable[str], ...] = (
        (answer.title,),
        (answer.lead,),
        (point.text for point in answer.points),
        (point.text for point in answer.more),
    )
    return tuple(frozenset(_words(" ".join(one))) for one in texts)


def _near(word: str, known: Iterable[str]) -> dict[str, float]:
    """The words that are like this one, and how much."""
    likeness = {other: _likeness(word, other) for other in known}
    return {other: like for other, like in likeness.items() if like > 0.0}


def _mark(near: Mapping[str, float], fields: Sequence[AbstractSet[str]]) -> float:
    """How well a word is met: each field counts once, with its nearest word."""
    return sum(
        weight * max((like for other, like in near.items() if other in words), default=0.0)
        for weight, words in zip(_WEIGHTS, fields)
    )


def _likeness(word: str, other: str) -> float:
    if word == other:
        return _WHOLE_WORD
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) >= _SHORTEST_BEGINNING and longer.startswith(shorter):
        return _BEGINNING
    if len(word) >= _SHORTEST_INSIDE and word in other:
        return _INSIDE
    return 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("’", "'"))


__all__ = ["LONGEST_SEARCH", "MOST_FOUND", "THEMES", "by_theme", "find_answers", "topics"]
