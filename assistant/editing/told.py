"""What the files of ``data/`` tell people, by id: one state for each thing that can change.

Of whatever form the files are, for they come out of the history: what is missing is left out.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any, Callable, Iterator, Mapping, Optional, Sequence

import yaml

from assistant.answers.answer import AnswerPoint
from assistant.answers.changes import CITED, TOLD
from assistant.answers.text import day_text, duty_labels
from assistant.guidance import REVIEW, ROLE_GUIDE
from assistant.guidance.names import GUIDED, URGENT

GUIDANCE, REPLIES, GUIDES, CONTACTS, SERVICES, ROLES, WELSH = TOLD
SOURCES, FACTS = CITED

_NOT_TOLD = ("data/welsh/patterns.yml", "data/welsh/questions.yml")
_NOT_WORDS = frozenset({"reader", "english"})  # of a translation: who read it, and of what it is

_WAYS = (
    ("phone", "Telephone"),
    ("sms", "Text"),
    ("email", "E-mail"),
    ("url", "Website"),
    ("hours", "Hours"),
    ("area", "Area"),
)
_LEAD_WALES = "To a person in Wales first:"
"""Stands before the lead for Wales among the points, so that it is told apart from them."""

_CACHE = 8192
"""Files of the history that are kept read."""


@dataclass(frozen=True)
class State:
    """What people are told in one place, as far as a change of it counts.

    ``sources`` is the line of each document that is cited, by its id.
    """

    title: str
    lead: str
    points: tuple[str, ...]
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Registers:
    """The sources by id, and the source and place of each fact that is cited."""

    sources: Mapping[str, Mapping[str, Any]]
    facts: Mapping[str, tuple[str, Optional[str]]]

    def differ(self, other: Registers) -> frozenset[str]:
        """What an answer may name that is cited otherwise: facts, and the review."""
        if self is other:
            return frozenset()
        sources = _differ(self.sources, other.sources)
        facts = _differ(self.facts, other.facts)
        known = {*self.facts.items(), *other.facts.items()}
        facts |= {fact for fact, (source, _) in known if source in sources}
        return frozenset(facts | (sources & {REVIEW}))


def _differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[str]:
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}


def registers(sources: Optional[str], facts: Sequence[str]) -> Registers:
    """The registers in these texts of files."""
    known = _mapping(parsed(sources).get("sources"))
    authorities = {}
    for text in facts:
        for fact in _list(parsed(text).get("facts")):
            if isinstance(fact, dict) and fact.get("cited", True):
                authority = _mapping(fact.get("authority"))
                place = authority.get("place")
                authorities[_text(fact.get("id"))] = (
                    _text(authority.get("source")),
                    _text(place) if place is not None else None,
                )
    return Registers({name: _mapping(one) for name, one in known.items()}, authorities)


def states(path: str, text: Optional[str], known: Registers) -> dict[str, State]:
    """What a file tells people, by id."""
    data = parsed(text) if text is not None and path.endswith(".yml") else {}
    if not data or path in _NOT_TOLD:
        return {}
    if path == CONTACTS:
        return _by_id("contact", data.get("contacts"), "when")
    if path == SERVICES:
        return _by_id("service", data.get("services"), "about")
    if path == ROLES:
        return _roles(data, known)
    folder = next((one for one in _FOLDERS if path.startswith(f"{one}/")), None)
    if folder is None:
        return {}
    name = path.removeprefix(f"{folder}/").removesuffix(".yml")
    return _FOLDERS[folder](name, data, known)


@functools.lru_cache(maxsize=_CACHE)
def _parsed(text: str) -> Mapping[str, Any]:
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return {}
    return data if isinstance(data, dict) else {}


def parsed(text: Optional[str]) -> Mapping[str, Any]:
    """The YAML of a file of the history; empty where there is none, or none that can be read."""
    return _parsed(text) if text is not None else {}


def _by_id(kind: str, entries: Any, about: str) -> dict[str, State]:
    found = {}
    for name, fields in _mapping(entries).items():
        one = _mapping(fields)
        ways = tuple(f"{label}: {_text(one[key])}" for key, label in _WAYS if one.get(key))
        found[f"{kind}/{name}"] = State(_text(one.get("name")), _text(one.get(about)), ways)
    return found


def _topic(name: str, data: Mapping[str, Any], known: Registers) -> dict[str, State]:
    lead_wales = _text(data.get("lead_wales"))
    in_wales = [f"{_LEAD_WALES} {lead_wales}"] if lead_wales else []
    listed = [*in_wales, *_list(data.get("points")), *_list(data.get("more"))]
    return {name: _state(data.get("title"), data.get("lead"), listed, data, known)}


def _reply(name: str, data: Mapping[str, Any], known: Registers) -> dict[str, State]:
    listed = [data.get("other_reader"), data.get("tell"), *_list(data.get("lines"))]
    steps = _list(data.get("steps"))
    # A step is done whatever its duty is called, so it is shown without.
    plain = [{**step, "duty": None} if isinstance(step, dict) else step for step in steps]
    state = _state(data.get("title"), data.get("first"), [*listed, *plain], data, known)
    return {f"{URGENT}/{name}": state}


def _guide(name: str, data: Mapping[str, Any], known: Registers) -> dict[str, State]:
    """All pages of a guided conversation, in their order."""
    listed: list[Any] = []
    for page in map(_mapping, _mapping(data.get("pages")).values()):
        listed += [page.get("title"), page.get("lead"), *_list(page.get("points"))]
    return {f"{GUIDED}/{name}": _state(data.get("title"), None, listed, data, known)}


def _roles(data: Mapping[str, Any], known: Registers) -> dict[str, State]:
    start = f"{GUIDED}/{ROLE_GUIDE}"
    found = {start: _state(data.get("title"), data.get("lead"), data.get("points"), data, known)}
    for name, role in _mapping(data.get("roles")).items():
        one = _mapping(role)
        title = f"First steps: {_text(one.get('title'))}"
        found[f"{start}/{name}"] = _state(title, None, one.get("first"), {}, known)
    return found


def _welsh(name: str, data: Mapping[str, Any], known: Registers) -> dict[str, State]:
    """The words of a translation; its sources are those of the English answer."""
    if name == "contacts":
        return _by_id("welsh/contact", data.get("contacts"), "when")
    kind, _, rest = name.partition("/")
    about = f"{URGENT}/{rest}" if kind == "urgency" else rest or kind
    words = {key: value for key, value in data.items() if key not in _NOT_WORDS}
    title = _text(words.pop("title", None)) or f"Welsh: {kind}"
    lead = _text(words.pop("lead", None) or words.pop("first", None))
    return {f"welsh/{about}": State(title, lead, tuple(_words(words)))}


def _words(value: Any) -> Iterator[str]:
    """All texts in a mapping or list, in their order."""
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _words(inner)
    elif value is not None:
        yield _text(value)


def _state(
    title: Any, lead: Any, points: Any, linked: Mapping[str, Any], known: Registers
) -> State:
    """A state of points; ``linked`` has the sections of the review under ``review``."""
    listed = [point for point in _list(points) if point]
    cited = dict(_cited(listed, linked, known))
    return State(_text(title), _text(lead), tuple(map(_point, listed)), cited)


def _point(point: Any) -> str:
    """A point with the label of its duty, for a must made of a should is a change."""
    if not isinstance(point, dict):
        return _text(point)
    text, duty = _text(point.get("text")), point.get("duty")
    duty = duty if duty in ("must", "should", "may") else None
    before, after = duty_labels(AnswerPoint(text=text, duty=duty))
    return " ".join(filter(None, (before, text, after)))


def _cited(
    points: Sequence[Any], linked: Mapping[str, Any], known: Registers
) -> Iterator[tuple[str, str]]:
    """The line of each document that points rest on, with the places in it."""
    places: dict[str, dict[str, None]] = {}
    for link in map(_mapping, _list(linked.get("review"))):
        section = _text(link.get("cite")).partition(":")[2]
        places.setdefault(REVIEW, {})[section] = None
    for point in map(_mapping, points):
        for fact in _list(point.get("facts")):
            source, place = known.facts.get(_text(fact), ("", None))
            if source:
                places.setdefault(source, {})[place or ""] = None
    for source, of_source in sorted(places.items()):
        if source in known.sources:
            yield source, _document(known.sources[source], sorted(filter(None, of_source)))


def _document(source: Mapping[str, Any], places: Sequence[str]) -> str:
    edition, published = _text(source.get("edition")), _day(source.get("published"))
    about = [
        edition,
        f"published {published}" if published and published not in edition else "",
        _text(source.get("standing")).replace("-", " "),
    ]
    sections = _mapping(source.get("sections"))
    named = [_text(_mapping(sections.get(place)).get("label")) or place for place in places]
    newer = _text(source.get("superseded_by")).rstrip(".")
    line = f"{_text(source.get('short'))} ({'; '.join(filter(None, about))})"
    line += f": {', '.join(named)}" if named else ""
    return f"{line}. {newer}." if newer else line


_FOLDERS: Mapping[str, Callable[[str, Mapping[str, Any], Registers], dict[str, State]]] = {
    GUIDANCE: _topic,
    REPLIES: _reply,
    GUIDES: _guide,
    WELSH: _welsh,
}


def _day(value: Any) -> str:
    """A day as people write it; empty for none."""
    try:
        return day_text(_text(value))
    except ValueError:
        return ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None else ""
