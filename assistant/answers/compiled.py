"""All that is said, compiled into one file and held in memory: ``content.json``.

Compiled from ``data/`` and the hand-written responses of ``domain.yml``. The NLG class, the
actions, the channels and the parts of understanding that are content (patterns, roles) read it
through :func:`current_content`; the trained model holds none of it, so a changed answer is live
as soon as it is compiled, and a running process swaps the whole of it at once.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import tempfile
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional, Sequence, get_args

import yaml

from assistant.answers.answer import (
    Answer,
    Frozen,
    Route,
    answer_for_topic,
    answer_for_urgent,
    for_nation,
    guide_starts,
    routes,
    routes_for_nation,
)
from assistant.answers.guided import (
    answer_for_page,
    answer_for_role,
    answer_for_roles,
    takes_role,
    with_role,
)
from assistant.answers.search import ServiceSearch, compile_search
from assistant.answers.text import contact_lines
from assistant.answers.welsh import answers_in_welsh, titles_in_welsh
from assistant.guidance import (
    GENERAL,
    ROLE_GUIDE,
    SERVICE_GUIDE,
    WELSH,
    Library,
    Nation,
    guided_id,
    load_library,
    payload,
)
from assistant.guidance.digests import EXAMPLES, digest_of, files_of
from assistant.guidance.names import ROLE_FORGOTTEN_SAID
from assistant.guidance.patterns import (
    CompiledPatterns,
    compile_patterns,
    nation_patterns,
    pattern_forms,
    role_patterns,
)
from assistant.project import Project, find_project

_CODE = ("answers", "guidance")


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
    """The compiled content. Make one with :func:`compile_content` or :meth:`read`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take the plain data of ``content.json``."""
        self._data = data
        self.digest: str = data["digest"]
        self.titles: Mapping[str, str] = data["titles"]
        """Titles of the topics by id; of nothing else."""
        self.patterns: CompiledPatterns = data["patterns"]
        self.pattern_forms: Mapping[str, str] = data["pattern_forms"]
        """The base form of each inflected form of a word that a pattern names."""
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

        One that the content no longer has is left out.

        Args:
            ids: of the contacts.
            nation: where the person works; the deployment's own nation if none.
        """
        known = self._data["contacts"]
        found = [Route.parse_obj(known[one]) for one in ids if one in known]
        return routes_for_nation(found, nation or self.nation)

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
    def search(self) -> ServiceSearch:
        """The search for a service."""
        return ServiceSearch.parse_obj(self._data["search"])

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

    @property
    def scripted_texts(self) -> Iterator[str]:
        """The texts of all hand-written responses, as they are said in each nation."""
        for name in self._data["said"]:
            told = (self.said(name, nation) for nation in (None, *get_args(Nation)))
            yield from dict.fromkeys(said.text for said in told if said)

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


def compile_content(
    library: Library, responses: Mapping[str, Any], digest: str = ""
) -> dict[str, Any]:
    """The content as the plain data of ``content.json``.

    Args:
        library: all content.
        responses: the hand-written responses of ``domain.yml``.
        digest: of what it was compiled from.
    """
    answers = dict(_answers(library))
    return {
        "digest": digest,
        "titles": {topic.id: topic.title for topic in library.topics.values()},
        "answers": {name: _plain(answer) for name, answer in answers.items()},
        "takes_role": sorted(name for name, one in answers.items() if takes_role(one, library)),
        "written_for": {one.id: list(one.written_for) for one in library.urgent.values()},
        "harm": {voice: list(one.high) for voice, one in library.harm.harm.items()},
        "harm_low": {voice: list(one.low) for voice, one in library.harm.harm.items()},
        "languages": {
            code: {"text": one.text, "english": one.english, "roman": list(one.roman)}
            for code, one in library.languages.languages.items()
        },
        "other_language": _other_language(library),
        "said": {name: _plain(said) for name, said in _said(responses, library)},
        "guides": [_plain(start) for start in _starts(library)],
        "pages": {name: _plain(page) for name, page in _pages(library)},
        "contacts": {route.id: _plain(route) for route in routes(list(library.contacts), library)},
        "nation": library.local.nation if library.local else None,
        "patterns": compile_patterns(library.urgency),
        "pattern_forms": pattern_forms(library.urgency),
        "role_patterns": role_patterns(library.roles),
        "nation_patterns": nation_patterns(library.roles),
        "search": _plain(compile_search(library)),
        "welsh": _welsh(library, answers),
    }


def load_content(project: Project) -> Content:
    """The content of a project: compiled anew if anything that it is made of has changed.

    Raises:
        ContentError: the content has problems.
    """
    digest = content_digest(project)
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        content = Content.read(project.content)
        if content.digest == digest:
            return content
    responses = yaml.safe_load(project.domain.read_text(encoding="utf-8")).get("responses", {})
    compiled = compile_content(load_library(project.data), responses, digest)
    # A folder that cannot be written to (a read-only container) costs the next start a second.
    with contextlib.suppress(OSError):
        _write(project.content, json.dumps(compiled, ensure_ascii=False))
    return Content(compiled)


def content_digest(project: Project) -> str:
    """sha256 over everything that the compiled content is made of."""
    package = Path(__file__).parent.parent
    shown = [
        file
        for file in files_of(project.data)
        if not file.relative_to(project.data).as_posix().startswith(EXAMPLES)
    ]
    code = [file for name in _CODE for file in files_of(package / name)]
    return digest_of({project.root: [*shown, project.domain], package: code})


class _Current:
    content: Optional[Content] = None


def current_content() -> Content:
    """The content that this process shows; loaded from the project at first use.

    Raises:
        ContentError: the content has problems.
    """
    if _Current.content is None:
        _Current.content = load_content(find_project())
    return _Current.content


def use_content(content: Optional[Content]) -> None:
    """Show this content from now on; None has it loaded anew at the next use."""
    _Current.content = content


def reload_content() -> Content:
    """Take up the project's content as it is now, whole or not at all.

    Raises:
        ContentError: it has problems; what was shown before goes on being shown.
    """
    content = load_content(find_project())
    use_content(content)
    return content


def _answers(library: Library) -> Iterator[tuple[str, Answer]]:
    for situation in library.urgent.values():
        yield situation.id, answer_for_urgent(situation, library)
    for topic in library.topics.values():
        yield topic.id, answer_for_topic(topic, library)
    for guide in library.guides.values():
        for name in guide.pages:
            yield guided_id(guide.id, name), answer_for_page(guide, name, library)
    yield guided_id(ROLE_GUIDE), answer_for_roles(library)
    for name in library.roles.roles:
        yield guided_id(ROLE_GUIDE, name), answer_for_role(name, library)


def _welsh(library: Library, english: dict[str, Answer]) -> dict[str, Any]:
    """What is said in Welsh; empty where nothing is."""
    welsh = library.welsh
    if welsh is None:
        return {"answers": {}, "titles": {}, "in_english": "", "patterns": {}, "widget": {}}
    answers = dict(answers_in_welsh(library, english))
    return {
        "answers": {name: _plain(answer) for name, answer in answers.items()},
        "titles": titles_in_welsh(library),
        "in_english": welsh.interface.in_english,
        "patterns": compile_patterns(welsh.patterns),
        "widget": json.loads(welsh.interface.json())["widget"],
    }


def _other_language(library: Library) -> dict[str, Any]:
    said = library.languages
    return {
        "english": said.english,
        "unknown": said.unknown,
        "contacts": list(said.contacts),
    }


def _pages(library: Library) -> Iterator[tuple[str, Page]]:
    for guide in library.guides.values():
        for name in guide.pages:
            after, before = guide.after(name), guide.before(name)
            yield (
                guided_id(guide.id, name),
                Page(
                    guide=guide.title,
                    after=guided_id(guide.id, after) if after else None,
                    before=guided_id(guide.id, before) if before else None,
                ),
            )
    search = guided_id(SERVICE_GUIDE)
    yield search, Page(guide=library.search.title, after=search, before=None)


def _starts(library: Library) -> list[Choice]:
    """The buttons that start the guided conversations."""
    return [Choice(title=s.title, payload=payload(s.id)) for s in guide_starts(library).values()]


def _said(responses: Mapping[str, Any], library: Library) -> Iterator[tuple[str, Said]]:
    """Hand-written responses; what their metadata asks for is filled in from the content."""
    starts = _starts(library)
    for name, variations in responses.items():
        written = variations[0]
        metadata = written.get("metadata") or {}
        buttons = [Choice(**button) for button in written.get("buttons", ())]
        yield (
            name,
            Said(
                text=written["text"],
                kind=metadata.get("kind", "smalltalk"),
                contacts=tuple(c for c in metadata.get("contacts", ()) if c in library.contacts),
                buttons=(*buttons, *(starts if metadata.get("guides") else ())),
            ),
        )
    for question, asked in library.search.questions.items():
        options = [
            Choice(
                title=option.title,
                payload=f"/service_option{json.dumps({question: name})}",
            )
            for name, option in asked.options.items()
            if option.button
        ]
        stop = Choice(title="Stop", payload="/guided_stop")
        yield f"utter_ask_{question}", Said(text=asked.ask, kind="guided", buttons=(*options, stop))
    yield ROLE_FORGOTTEN_SAID, Said(text=library.roles.forgotten, kind="smalltalk")


def _plain(model: Frozen) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(model.json(exclude_none=True))
    return plain


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, whoever else writes it now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(part).chmod(0o644)
    Path(part).replace(path)


__all__ = [
    "Choice",
    "Content",
    "Page",
    "Said",
    "compile_content",
    "content_digest",
    "current_content",
    "load_content",
    "reload_content",
    "use_content",
]
