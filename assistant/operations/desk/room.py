"""What the reading room shows, read anew whenever the content changes."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass, field
from typing import Any, Iterator, Mapping, Optional, Sequence

from rich.console import Console

from assistant.answers import Answer, Content, answer_text, load_content
from assistant.answers.changes import Change
from assistant.answers.find import THEMES, find_answers
from assistant.answers.loading import content_digest
from assistant.answers.text import day_text
from assistant.channels.teams.messages import message
from assistant.channels.terminal import show
from assistant.channels.web.render import answer_json
from assistant.editing.open_questions import OpenQuestion, all_points, open_questions
from assistant.editing.sign_off import (
    FIXED,
    SEARCH,
    Signature,
    State,
    of_theme,
    read_signatures,
    states,
    told_answers,
    told_replies,
)
from assistant.guidance import (
    ROLE_GUIDE,
    WELSH,
    Fact,
    Library,
    Point,
    load_examples,
    load_library,
)
from assistant.guidance.names import GUIDED
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
GUIDED_CONVERSATIONS = "Guided conversations and roles"
FIXED_REPLIES = "Fixed replies"

_OTHER_IDS = {f"{GUIDED}/{ROLE_GUIDE}": "roles", SEARCH: "service-search"}
"""By which id the points and open questions of these are known elsewhere."""


@dataclass(frozen=True)
class History:
    """What changed since the last release, by id; ``since`` is its name or a day.

    ``problem`` says why nobody can tell.
    """

    since: str
    changes: Mapping[str, Change] = field(default_factory=dict)
    problem: Optional[str] = None

    @property
    def since_text(self) -> str:
        """The release, or the day as people write it."""
        try:
            return day_text(self.since)
        except ValueError:
            return self.since


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
        return states(self.content, self.signatures)

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
        for theme, name in ((GUIDED, GUIDED_CONVERSATIONS), (FIXED, FIXED_REPLIES)):
            yield name, self.listed(of_theme(theme, self.content))

    def find(self, text: str) -> list[dict[str, Any]]:
        """The answers with these words, and of the rest what has all of them in its title."""
        words = text.casefold().split()
        titled = [
            name
            for name in self.states
            if name not in self.library.topics
            and words
            and all(word in self.title(name).casefold() for word in words)
        ]
        return self.listed([*titled, *(one.topic for one in find_answers(text, self.content))])

    def listed(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """A line for each answer: title, state, what is open and what changed."""
        return [
            {
                "id": name,
                "title": self.title(name),
                "state": STATES[self.states[name]],
                "signed": self.states[name] == "signed",
                "open": len(self._open(name)),
                "changed": bool(self._changes(name)),
            }
            for name in ids
        ]

    def title(self, name: str) -> str:
        """The title of an answer or guided conversation, the name of a situation or reply."""
        found = self.library.topics.get(name) or self.library.urgent.get(name)
        if found:
            return found.title
        kind, _, rest = name.partition("/")
        if kind == FIXED:
            return rest.replace("_", " ").capitalize()
        if name == SEARCH:
            return self.library.search.title
        guide = self.library.guides.get(rest)
        return guide.title if guide else self.library.roles.title

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
        if name not in self.states:
            return None
        signature = self.signatures.get(name)
        answers = self._answers(name)
        reviewed = answers[0].reviewed if answers else None
        return {
            "id": name,
            "title": self.title(name),
            "parts": [self._part(answer, name, len(answers)) for answer in answers],
            "replies": [said.text for said in told_replies(name, self.content)],
            "reviewed": day_text(reviewed) if reviewed else None,
            "state": STATES[self.states[name]],
            "signature": signature,
            "signed_on": day_text(signature.date.isoformat()) if signature else None,
            "changes": self._changes(name),
            "open": [one.text for one in self._open(name)],
            "points": [
                {"text": point.text, "facts": [self._fact(fact) for fact in point.facts]}
                for point in self._points(name)
            ],
            "questions": self.questions.get(name, ()),
            "use": self._use(name),
        }

    def _answers(self, name: str) -> list[Answer]:
        """What is shown under an id; of the search for a service all that it can list."""
        if name != SEARCH:
            return told_answers(name, self.content)
        search = self.content.search
        listed = (*search.found.contacts, *(service.route for service in search.services))
        return [search.found.copy(update={"contacts": listed})]

    def _part(self, answer: Answer, name: str, parts: int) -> dict[str, Any]:
        """An answer in the three channels; one of several is called by its title."""
        welsh = answer.language == WELSH
        several = name.startswith(f"{GUIDED}/") and parts > 1
        return {
            "about": "in Welsh" if welsh else answer.title if several else "",
            "language": answer.language,
            "shown": answer_json(answer),
            "urgent": answer.kind == "urgent",
            "teams": teams_text(answer),
            "terminal": terminal_text(answer),
        }

    def _open(self, name: str) -> Sequence[OpenQuestion]:
        return self.open.get(_OTHER_IDS.get(name, name), ())

    def _changes(self, name: str) -> list[Change]:
        """What changed of it since the last release, in English and in Welsh."""
        return [
            change
            for about, change in self.history.changes.items()
            if about in (name, f"welsh/{name}") or about.startswith(f"{name}/")
        ]

    def _points(self, name: str) -> Sequence[Point]:
        known = _OTHER_IDS.get(name, name)
        return [
            point
            for about, points in all_points(self.library)
            if about == known
            for point in points
        ]

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
        if self.use is None or not (name in self.library.topics or name in self.library.urgent):
            return None  # of the rest it is not counted how often they are given
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
        self._digest = ""
        self._room: Optional[Room] = None

    def now(self) -> Room:
        """The room as the content is now.

        Raises:
            ContentError: the content has problems.
        """
        digest = content_digest(self._project)
        if self._room is None or digest != self._digest:
            examples = load_examples(self._project.data)
            self._room = Room(
                library=load_library(self._project.data),
                content=load_content(self._project),
                questions={**examples.questions, **examples.urgent},
                signatures=read_signatures(self._project.data),
                history=self._history,
                use=self._use,
            )
            self._digest = digest
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
