"""What the reading room shows, read anew whenever the content changes."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass, field
from typing import Any, Iterator, Mapping, Optional, Sequence

from rich.console import Console

from assistant.answers import Answer, Content, answer_text, load_content
from assistant.answers.changes import Change
from assistant.answers.compiled import content_digest
from assistant.answers.find import THEMES, find_answers
from assistant.answers.text import day_text
from assistant.channels.teams.messages import message
from assistant.channels.terminal import show
from assistant.channels.web.render import answer_json
from assistant.editing.open_questions import OpenQuestion, all_points, open_questions
from assistant.editing.sign_off import Signature, State, read_signatures, states, to_be_signed
from assistant.guidance import (
    Fact,
    Library,
    Point,
    load_examples,
    load_library,
)
from assistant.operations.use_report import Use, shown_count
from assistant.project import Project
from assistant.turn.outcome import Outcome
from assistant.turn.replies import Reply

TERMINAL_WIDTH, TERMINAL_LINES = 80, 500

STATES: Mapping[State, str] = {
    "signed": "signed off",
    "changed": "changed since it was signed off",
    "unsigned": "not signed off",
}

URGENT_REPLIES = "Urgent replies"


@dataclass(frozen=True)
class History:
    """What changed since the last release, by id; ``since`` is its name or a day.

    ``problem`` says why nobody can tell.
    """

    since: str
    changes: Mapping[str, Change] = field(default_factory=dict)
    problem: Optional[str] = None


@dataclass(frozen=True)
class Room:
    """All content as it is at one time, and what is known about its use and its history."""

    library: Library
    content: Content
    questions: Mapping[str, Sequence[str]]
    signatures: Mapping[str, Signature]
    history: History
    use: Optional[Use]

    @functools.cached_property
    def states(self) -> Mapping[str, State]:
        """Whether each answer is signed off."""
        return states(self.library, self.content, self.signatures)

    @functools.cached_property
    def open(self) -> Mapping[str, Sequence[OpenQuestion]]:
        """What is still to be settled, by the id of the answer."""
        found: dict[str, list[OpenQuestion]] = {}
        for one in open_questions(self.library):
            found.setdefault(one.about, []).append(one)
        return found

    def shelves(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """All answers, urgent replies first, each theme under its name."""
        yield URGENT_REPLIES, self.listed(sorted(self.library.urgent))
        for theme, name in THEMES.items():
            ids = [one.id for one in self.library.topics.values() if one.theme == theme]
            yield name, self.listed(sorted(ids, key=self.title))

    def find(self, text: str) -> list[dict[str, Any]]:
        """The answers with these words, and the urgent replies with all of them in the title."""
        words = text.casefold().split()
        urgent = [
            name
            for name in self.library.urgent
            if words and all(word in self.title(name).casefold() for word in words)
        ]
        return self.listed([*urgent, *(one.topic for one in find_answers(text, self.content))])

    def listed(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """A line for each answer: title, state, what is open and what changed."""
        return [
            {
                "id": name,
                "title": self.title(name),
                "state": STATES[self.states[name]],
                "signed": self.states[name] == "signed",
                "open": len(self.open.get(name, ())),
                "changed": name in self.history.changes,
            }
            for name in ids
        ]

    def title(self, name: str) -> str:
        """The title of an answer or the name of an urgent situation."""
        found = self.library.topics.get(name) or self.library.urgent.get(name)
        return found.title if found else name

    def totals(self) -> dict[str, int]:
        """How many there are, and how many wait for something."""
        found = list(self.states.values())
        return {
            "all": len(found),
            **{state: found.count(state) for state in STATES},
            "open": sum(map(len, self.open.values())),
            "changed_since_release": len(self.history.changes),
        }

    def page(self, name: str) -> Optional[dict[str, Any]]:
        """All about one answer; None if there is none of this id."""
        answer = self.content.answer(name) if name in to_be_signed(self.library) else None
        if answer is None:
            return None
        signature = self.signatures.get(name)
        return {
            "id": name,
            "title": self.title(name),
            "shown": answer_json(answer),
            "urgent": answer.kind == "urgent",
            "reviewed": day_text(answer.reviewed) if answer.reviewed else None,
            "teams": teams_text(answer),
            "terminal": terminal_text(answer),
            "state": STATES[self.states[name]],
            "signature": signature,
            "signed_on": day_text(signature.date.isoformat()) if signature else None,
            "change": self.history.changes.get(name),
            "open": [one.text for one in self.open.get(name, ())],
            "points": [
                {"text": point.text, "facts": [self._fact(fact) for fact in point.facts]}
                for point in self._points(name)
            ],
            "questions": self.questions.get(name, ()),
            "use": self._use(name),
        }

    def _points(self, name: str) -> Sequence[Point]:
        return next(tuple(points) for about, points in all_points(self.library) if about == name)

    def _fact(self, fact_id: str) -> dict[str, Any]:
        fact: Fact = self.library.facts[fact_id]
        source = self.library.sources[fact.authority.source]
        return {
            "id": fact.id,
            "says": fact.says,
            "authority": ", ".join(filter(None, (source.short, fact.authority.place))),
            "recalled": fact.firmness == "recalled",
            "pages": [
                {"url": one.url, "how": one.how.replace("-", " ")} for one in fact.confirmed_by
            ],
        }

    def _use(self, name: str) -> Optional[dict[str, str]]:
        if self.use is None:
            return None
        given = self.use.urgent if name in self.library.urgent else self.use.topics
        return {
            "given": shown_count(given[name]),
            "useful": shown_count(self.use.useful[name]),
            "not_useful": shown_count(self.use.not_useful[name]),
        }


class Rooms:
    """The room of a project, read anew when its content has changed."""

    def __init__(self, project: Project, history: History, use: Optional[Use]) -> None:
        """Take what stays the same while the desk is open."""
        self._project, self._history, self._use = project, history, use
        self._of = ""
        self._room: Optional[Room] = None

    def now(self) -> Room:
        """The room as the content is now.

        Raises:
            ContentError: the content has problems.
        """
        digest = content_digest(self._project)
        if self._room is None or digest != self._of:
            examples = load_examples(self._project.data)
            self._room = Room(
                library=load_library(self._project.data),
                content=load_content(self._project),
                questions={**examples.questions, **examples.urgent},
                signatures=read_signatures(self._project.data),
                history=self._history,
                use=self._use,
            )
            self._of = digest
        return self._room


def teams_text(answer: Answer) -> str:
    """What a message in Teams says: its text, then the words of its card in their order."""
    shown = message(_reply(answer))
    parts = [shown["text"], *(_card_texts(one["content"]) for one in shown.get("attachments", ()))]
    return "\n\n".join(parts)


def _card_texts(element: Any) -> str:
    if isinstance(element, list):
        return "\n".join(filter(None, map(_card_texts, element)))
    if not isinstance(element, dict):
        return ""
    own = element.get("text") or element.get("title") or ""
    inner = [_card_texts(element.get(key)) for key in ("items", "body", "inlines", "actions")]
    return "\n".join(filter(None, [own, *inner]))


def terminal_text(answer: Answer) -> str:
    """What the terminal shows, as wide as most are."""
    console = Console(
        file=io.StringIO(), width=TERMINAL_WIDTH, height=TERMINAL_LINES, color_system=None
    )
    show(_reply(answer), console)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue().strip("\n")


def _reply(answer: Answer) -> Reply:
    urgent = answer.kind == "urgent"
    return Reply(
        kind="urgent" if urgent else "answer",
        text=answer_text(answer),
        topic=answer.topic,
        confidence=1.0,
        answer=answer,
        shows_answer=True,
        outcome=Outcome.URGENT if urgent else Outcome.ANSWERED,
    )
