"""All that is said, held in memory: what a process reads out of ``content.json``.

The NLG class, the actions, the channels and the parts of understanding that are content (patterns,
roles) read it through :func:`assistant.answers.current_content`; the trained model holds none of
it.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional, Sequence, get_args

from assistant.answers.answer import Answer, Frozen, Route
from assistant.answers.contacts import ids_with_national
from assistant.answers.guided import with_role
from assistant.answers.nations import for_nation, routes_for_nation
from assistant.answers.search import CompiledSearch
from assistant.answers.text import contact_lines
from assistant.guidance import GENERAL, ROLE_GUIDE, WELSH, Nation, guided_id, payload
from assistant.guidance.patterns import CompiledPatterns


class Choice(Frozen):
    """A button: its title and the payload that picks it."""

    title: str
    payload: str


class Said(Frozen):
    """A hand-written response of ``domain.yml``, its buttons filled in.

    As :class:`Content` gives it, the lines of its contacts stand below the text.
    """

    text: str
    kind: str
    contacts: tuple[str, ...] = ()
    buttons: tuple[Choice, ...] = ()


class Page(Frozen):
    """Where a page of a guided conversation stands: ``after`` and ``before`` are page ids."""

    guide: str
    after: Optional[str]
    before: Optional[str]


class Content:
    """The compiled content. Made by :func:`.load_content`, or :meth:`read` from its file."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the plain data of ``content.json``."""
        self._data = data
        self.digest: str = data["digest"]
        self.titles: Mapping[str, str] = data["titles"]
        """Titles of the topics by id; of nothing else."""
        self.patterns: CompiledPatterns = data["patterns"]
        self.pattern_forms: Mapping[str, str] = data["pattern_forms"]
        """The base form of each inflected form of a word that a pattern names."""
        self.follow_ups: Mapping[str, Sequence[str]] = data["follow_ups"]
        """By urgent reply, those that go on from it; the last is given to all else."""
        self.follow_up_patterns: CompiledPatterns = data["follow_up_patterns"]
        self.follow_up_forms: Mapping[str, str] = data["follow_up_forms"]
        self.role_patterns: Mapping[str, str] = data["role_patterns"]
        self.nation_patterns: Mapping[Nation, str] = data["nation_patterns"]
        self.written_for: Mapping[str, Sequence[str]] = data["written_for"]
        """Voices that each urgent reply may be given to, by urgent id."""
        self.harm: Mapping[str, Sequence[str]] = data["harm"]
        """Replies that must never be given to a reader, by voice."""
        self.harm_low: Mapping[str, Sequence[str]] = data["harm_low"]
        """Replies that do some harm to a reader, by voice: counted in evaluations."""
        self.nation: Optional[Nation] = data["nation"]
        """The nation of the deployment, if it serves one only."""
        self.welsh: Mapping[str, Any] = data["welsh"]
        """What is said in Welsh: ``patterns``, ``widget`` and ``official`` are for channels."""
        self._takes_role = frozenset(data["takes_role"])
        self._answers: dict[tuple[str, Optional[str]], Answer] = {}

    @classmethod
    def read(cls, path: Path) -> Content:
        """Read ``content.json``.

        Raises:
            OSError, ValueError, KeyError: the file is not there or not whole.
        """
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def answer(
        self,
        answer_id: str,
        role: Optional[str] = None,
        nation: Optional[Nation] = None,
        language: Optional[str] = None,
    ) -> Optional[Answer]:
        """The answer of a topic, urgent situation, guided page or role.

        Args:
            answer_id: its id; of a role ``guided/my-role/<role>``.
            role: the person's role, whose first steps come first where the answer takes them.
            nation: where the person works; the deployment's own nation if none.
            language: in which to answer. What is not there in it is answered in English, an
                urgent message by the general reply in it.

        Returns:
            None if there is no such answer (any more).
        """
        nation = nation or self.nation
        spoken = self._in_language(answer_id, language)
        if spoken is not None:
            return for_nation(spoken, nation)
        answer = self._plain(answer_id)
        if answer is None:
            return None
        answer = for_nation(answer, nation)
        if role and answer_id in self._takes_role:
            answer = with_role(answer, self._plain(guided_id(ROLE_GUIDE, role)), nation)
        return answer

    def has(self, answer_id: str) -> bool:
        """True if there is an answer with this id."""
        return answer_id in self._data["answers"]

    def title(self, topic_id: str) -> str:
        """The title of a topic; empty if it is none."""
        return self.titles.get(topic_id, "")

    def choice(self, topic_id: str, language: Optional[str] = None) -> Choice:
        """The button that asks for a topic, in a language; in English where it is not in that."""
        if language == WELSH:
            said = self.welsh["titles"].get(topic_id)
            if said:
                return Choice(title=said, payload=payload(topic_id, WELSH))
            title = f"{self.title(topic_id)} {self.welsh['in_english']}"
            return Choice(title=title, payload=payload(topic_id))
        return Choice(title=self.title(topic_id), payload=payload(topic_id))

    def said(self, name: str, nation: Optional[Nation] = None) -> Optional[Said]:
        """A hand-written response, with its contacts below it.

        Args:
            name: of the response.
            nation: where the person works; the deployment's own nation if none.

        Returns:
            None if there is none of this name.
        """
        found = self._data["said"].get(name)
        return self._with_contacts(Said.parse_obj(found), nation) if found else None

    def page(self, page_id: str) -> Optional[Page]:
        """A page of a guided conversation, or None if there is none of this id (any more)."""
        found = self._data["pages"].get(page_id)
        return Page.parse_obj(found) if found else None

    def contacts(self, ids: Sequence[str], nation: Optional[Nation] = None) -> tuple[Route, ...]:
        """The contacts with these ids, without those of the other nation.

        One that the content no longer has is left out; a national way in that stays below a
        partnership's own comes with it.

        Args:
            ids: of the contacts.
            nation: where the person works; the deployment's own nation if none.
        """
        known = self._data["contacts"]
        found = [Route.parse_obj(known[one]) for one in ids_with_national(ids) if one in known]
        return routes_for_nation(found, nation or self.nation)

    @functools.cached_property
    def goes_on_from(self) -> Mapping[str, str]:
        """By urgent reply that goes on from another, that other one."""
        return {one: first for first, all_ in self.follow_ups.items() for one in all_}

    @property
    def point_texts(self) -> list[str]:
        """The points of all answers to topics, each text once, in the order of the topics."""
        answers = (self._data["answers"][topic] for topic in self.titles)
        points = (one for answer in answers for one in (*answer["points"], *answer.get("more", ())))
        return list(dict.fromkeys(point["text"] for point in points))

    @property
    def contact_ids(self) -> list[str]:
        """The ids of all contacts."""
        return list(self._data["contacts"])

    @functools.cached_property
    def choices(self) -> frozenset[str]:
        """The titles of all buttons that anything offers."""
        offered = [
            *(button for answer in self._data["answers"].values() for button in answer["next"]),
            *(button for said in self._data["said"].values() for button in said["buttons"]),
            *self._data["search"]["found"]["next"],
        ]
        welsh = self.welsh["titles"].values()
        return frozenset([*(button["title"] for button in offered), *welsh])

    @functools.cached_property
    def roman_words(self) -> Mapping[str, frozenset[str]]:
        """By language, words by which it is told where it is typed in Roman letters."""
        languages = self._data["languages"]
        return {code: frozenset(one["roman"]) for code, one in languages.items() if one["roman"]}

    def said_in(self, language: str, nation: Optional[Nation] = None) -> Said:
        """What somebody is told who writes in this language: in it, and in English.

        Args:
            language: its code.
            nation: where the person works; the deployment's own nation if none.
        """
        said = self._data["other_language"]
        known = self._data["languages"].get(language)
        first = known["text"] if known else said["unknown"]
        english = (known or {}).get("english") or said["english"]
        text = f"{first}\n{english}"
        plain = Said(text=text, kind="other-language", contacts=said["contacts"])
        return self._with_contacts(plain, nation)

    def _with_contacts(self, said: Said, nation: Optional[Nation]) -> Said:
        shown = self.contacts(said.contacts, nation)
        text = "\n".join([said.text, *contact_lines(shown)])
        return said.copy(update={"text": text, "contacts": tuple(route.id for route in shown)})

    @functools.cached_property
    def search(self) -> CompiledSearch:
        """The search for a service."""
        return CompiledSearch.parse_obj(self._data["search"])

    @functools.cached_property
    def guides(self) -> tuple[Choice, ...]:
        """The buttons that start the guided conversations."""
        return tuple(Choice.parse_obj(one) for one in self._data["guides"])

    @property
    def languages(self) -> list[str]:
        """The codes of the languages in which somebody is told that only English is read."""
        return list(self._data["languages"])

    @property
    def said_names(self) -> list[str]:
        """The names of all hand-written responses."""
        return list(self._data["said"])

    @functools.cached_property
    def scripted_texts(self) -> frozenset[str]:
        """The texts of all hand-written responses, as they are said in each nation."""
        nations = (None, *get_args(Nation))
        told = (self.said(name, nation) for name in self._data["said"] for nation in nations)
        return frozenset(said.text for said in told if said)

    @property
    def answer_ids(self) -> Iterator[str]:
        """The ids of all answers."""
        return iter(self._data["answers"])

    def _in_language(self, answer_id: str, language: Optional[str]) -> Optional[Answer]:
        if language != WELSH:
            return None
        spoken = self._plain(answer_id, WELSH)
        if spoken is None and answer_id.startswith("urgent/"):
            return self._plain(GENERAL, WELSH)
        return spoken

    def _plain(self, answer_id: str, language: Optional[str] = None) -> Optional[Answer]:
        key = (answer_id, language)
        if key not in self._answers:
            answers = self.welsh["answers"] if language else self._data["answers"]
            found = answers.get(answer_id)
            if found is None:
                return None
            self._answers[key] = Answer.parse_obj(found)
        return self._answers[key]


__all__ = ["Choice", "Content", "Page", "Said"]
