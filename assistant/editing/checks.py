"""``notice check``: everything that can be wrong with content beyond what loading refuses."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator, Optional

from assistant.answers import answer_for_topic, answer_for_urgent, answer_text
from assistant.answers.guided import answer_for_page
from assistant.guidance.guided import Guide, words_of
from assistant.guidance.library import Library
from assistant.guidance.loading import load_library
from assistant.guidance.model import Point, Topic, UrgentSituation
from assistant.guidance.problems import ContentError, Problem
from assistant.guidance.yaml_lines import Path_, YamlDocument, read_yaml
from assistant.project import find_project

LONGEST_SENTENCE = 25  # words (standards: none over 25)
LONGEST_ANSWER = 260  # words of the whole text, sources included
FEWEST_QUESTIONS = 15  # a topic
FEWEST_EXAMPLES = 60  # an urgent situation
STALE_AFTER = datetime.timedelta(days=365)
NEAR_DUPLICATE = 0.96  # cosine of two questions' sentence vectors
BLOCK = 1000  # questions compared at once: all pairs together would need a gigabyte

_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
# What could be dialled: five digits or more, spaces and hyphens allowed between them.
_NUMBER = re.compile(r"(?<![\d,-])\+?\d(?:[ -]?\d){4,}(?!\d)")


@dataclass(frozen=True)
class Report:
    """What a check found: ``problems`` to mend, ``to_come`` topics of the catalogue not written."""

    problems: tuple[Problem, ...]
    to_come: tuple[str, ...]
    topics: int
    questions: int
    urgent: int


def check_content(
    data: Path,
    today: Optional[datetime.date] = None,
    near_duplicates: bool = True,
) -> Report:
    """Check all content below ``data``.

    Args:
        data: the ``data`` folder.
        today: for the age of what was checked; by default today.
        near_duplicates: compare all training questions too (takes some seconds).
    """
    try:
        library = load_library(data)
    except ContentError as error:
        return Report(error.problems, (), 0, 0, 0)
    checker = _Checker(data, library, today or datetime.date.today())
    problems = [*checker.run(), *(checker.near_duplicates() if near_duplicates else ())]
    problems.sort(key=lambda p: (str(p.path), p.line))
    return Report(
        problems=tuple(problems),
        to_come=tuple(t.id for t in library.catalogue if t.id not in library.topics),
        topics=len(library.topics),
        questions=sum(len(topic.questions) for topic in library.topics.values()),
        urgent=sum(len(situation.examples) for situation in library.urgent.values()),
    )


class _Checker:
    def __init__(self, data: Path, library: Library, today: datetime.date) -> None:
        self._data = data
        self._library = library
        self._today = today
        self._documents: dict[Path, YamlDocument] = {}

    def run(self) -> Iterator[Problem]:
        for topic in self._library.topics.values():
            yield from self._topic(topic)
        for situation in self._library.urgent.values():
            yield from self._situation(situation)
        for guide in self._library.guides.values():
            yield from self._guide(guide)
        yield from self._roles()
        yield from self._search()
        yield from self._ages()
        yield from self._same_questions()

    def _topic(self, topic: Topic) -> Iterator[Problem]:
        path = self._data / "guidance" / f"{topic.id}.yml"
        at = self._at(path)
        texts: list[tuple[Path_, str]] = [(("answer", "lead"), topic.answer.lead)]
        texts += _points("points", topic.answer.points, ("answer",))
        texts += _points("more", topic.answer.more, ("answer",))
        for field, text in texts:
            yield from self._text(at, field, text)
        words = len(answer_text(answer_for_topic(topic, self._library)).split())
        if words > LONGEST_ANSWER:
            yield at(("answer",), f"the whole answer has {words} words; shorten it")
        if len(topic.questions) < FEWEST_QUESTIONS:
            yield at(("questions",), f"only {len(topic.questions)} questions; add some")

    def _situation(self, situation: UrgentSituation) -> Iterator[Problem]:
        here: Path_ = ("urgent", situation.id)
        at = self._at(self._data / "urgency.yml")
        reply = situation.reply
        yield from self._text(at, (*here, "reply", "first"), reply.first)
        yield from self._text(at, (*here, "reply", "tell"), reply.tell.text)
        for field, text in _points("steps", reply.steps, (*here, "reply")):
            yield from self._text(at, field, text)
        shown = answer_text(answer_for_urgent(situation, self._library))
        opening = " ".join(shown.splitlines()[:2])
        if "999" not in opening:
            yield at((*here, "reply", "first"), "the first lines do not name 999; name it")
        if "social care" not in shown:
            yield at((*here, "reply"), "the reply does not name children's social care; name it")
        if len(situation.examples) < FEWEST_EXAMPLES:
            yield at((*here, "examples"), f"only {len(situation.examples)} examples; add some")

    def _guide(self, guide: Guide) -> Iterator[Problem]:
        at = self._at(self._data / "guided" / f"{guide.id}.yml")
        for name, page in guide.pages.items():
            here: Path_ = ("pages", name)
            for field, text in [
                ((*here, "lead"), page.lead),
                *_points("points", page.points, here),
            ]:
                yield from self._text(at, field, text)
            words = len(answer_text(answer_for_page(guide, name, self._library)).split())
            if words > LONGEST_ANSWER:
                yield at(here, f"the whole page has {words} words; shorten it")

    def _roles(self) -> Iterator[Problem]:
        at = self._at(self._data / "roles.yml")
        roles = self._library.roles
        texts: list[tuple[Path_, str]] = [(("lead",), roles.lead)]
        texts += _points("points", roles.points, ())
        for name, role in roles.roles.items():
            texts += _points("first", role.first, ("roles", name))
        for field, text in texts:
            yield from self._text(at, field, text)

    def _search(self) -> Iterator[Problem]:
        at = self._at(self._data / "service-search.yml")
        search = self._library.search
        texts: list[tuple[Path_, str]] = [(("again",), search.again)]
        texts += [(("questions", q, "ask"), asked.ask) for q, asked in search.questions.items()]
        texts += [
            (("results", "lead"), search.results.lead),
            (("results", "none"), search.results.none),
        ]
        texts += _points("points", search.results.points, ("results",))
        for field, text in texts:
            yield from self._text(at, field, text)
        for question, asked in search.questions.items():
            matched = {word for option in asked.options.values() for word in option.matches}
            for name, service in self._library.services.items():
                for word in words_of(service, question):
                    if word not in (*matched, "anyone", "directory"):
                        mend = (
                            f"'{word}' of the service {name} is matched by no option; add it to one"
                        )
                        yield at(("questions", question, "options"), mend)

    def _text(
        self, at: Callable[[Path_, str], Problem], field: Path_, text: str
    ) -> Iterator[Problem]:
        for sentence in _SENTENCE_END.split(text):
            if len(sentence.split()) > LONGEST_SENTENCE:
                words = len(sentence.split())
                yield at(field, f"a sentence of {words} words; split it: {sentence[:50]}...")
        for match in _NUMBER.finditer(text):
            mend = f"'{match.group()}' looks like a telephone number; put it in contacts.yml"
            yield at(field, mend)
        if "{" in text or "}" in text:
            yield at(field, "curly brackets would be filled in by Rasa; take them out")

    def _ages(self) -> Iterator[Problem]:
        registers = (
            ("sources.yml", "sources", self._library.sources),
            ("contacts.yml", "contacts", self._library.contacts),
            ("services.yml", "services", self._library.services),
        )
        for name, key, entries in registers:
            at = self._at(self._data / name)
            for entry_id, entry in entries.items():
                if self._today - entry.checked > STALE_AFTER:
                    yield at(
                        (key, entry_id, "checked"),
                        f"last checked on {entry.checked}; check it again and set the date",
                    )

    def _same_questions(self) -> Iterator[Problem]:
        first: dict[str, str] = {}
        for topic in self._library.topics.values():
            at = self._at(self._data / "guidance" / f"{topic.id}.yml")
            for i, question in enumerate(topic.questions):
                plain = re.sub(r"\W+", " ", question.lower()).strip()
                if plain in first:
                    other = first[plain]
                    where = "here" if other == topic.id else f"in {other}"
                    yield at(("questions", i), f"the same question stands {where}; keep one")
                first.setdefault(plain, topic.id)

    def near_duplicates(self) -> Iterator[Problem]:
        """Questions of different topics that mean nearly the same: they confuse the classifier."""
        import numpy as np

        from assistant.understanding.vector_cache import encode_cached

        asked = [
            (topic.id, i, question)
            for topic in self._library.topics.values()
            for i, question in enumerate(topic.questions)
        ]
        if not asked:
            return
        questions = [question for _, _, question in asked]
        vectors = encode_cached(questions, find_project().vectors)
        for start in range(0, len(asked), BLOCK):
            alike = np.triu(vectors[start : start + BLOCK] @ vectors.T, k=start + 1)
            for a, b in zip(*np.where(alike > NEAR_DUPLICATE)):
                (topic, i, question), (other, _, same) = asked[start + a], asked[b]
                if topic != other and question.lower() != same.lower():
                    at = self._at(self._data / "guidance" / f"{topic}.yml")
                    mend = f"nearly the same as '{same}' in {other}; reword one"
                    yield at(("questions", i), mend)

    def _at(self, path: Path) -> Callable[[Path_, str], Problem]:
        if path not in self._documents:
            self._documents[path] = read_yaml(path)
        document = self._documents[path]

        def problem(field: Path_, mend: str) -> Problem:
            return Problem(path, document.line(field), ".".join(map(str, field)), mend)

        return problem


def _points(name: str, points: tuple[Point, ...], above: Path_) -> list[tuple[Path_, str]]:
    return [((*above, name, i, "text"), point.text) for i, point in enumerate(points)]
