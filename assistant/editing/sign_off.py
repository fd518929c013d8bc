"""Sign-off of what people are told by the deploying organisation: ``data/signed-off.yml``.

Answers, urgent replies, guided conversations and fixed replies are signed off. A signature holds
for the very words, the Welsh ones too: it keeps a digest of all that people are told, and what
has changed since is unsigned.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from pathlib import Path
from typing import Any, Iterable, Iterator, Literal, Mapping, Optional

import yaml
from pydantic import Field, ValidationError

from assistant.answers import Answer
from assistant.answers import Content as Compiled
from assistant.answers.content import Said
from assistant.editing.content_to_check import ContentToCheck, Rule
from assistant.guidance import ROLE_GUIDE, SERVICE_GUIDE, WELSH, Library, Problem
from assistant.guidance.model import ContentModel
from assistant.guidance.names import GUIDED, OTHER_LANGUAGE_SAID, ROLE_FORGOTTEN_SAID
from assistant.guidance.problems import ContentError
from assistant.guidance.yaml_lines import YamlProblem, read_yaml
from assistant.project import Project

FILE = "signed-off.yml"
COMMAND = "notice sign-off ID --by NAME --role ROLE"

FIXED = "replies"
"""First part of the id of a fixed reply: ``replies/greet`` is ``utter_greet`` of ``domain.yml``."""

SEARCH = f"{GUIDED}/{SERVICE_GUIDE}"
"""The id of the search for a service, with its questions and the services it lists."""

_SAID = "utter_"
_ASKED = f"{_SAID}ask_"  # the questions of the search
_LAST_DAY = re.compile(r" \d+ \w+ \d{4}\.$")
"""The day of checking at the end of what is said of a service."""

_DIGITS = 16
_HEAD = """\
# What the deploying organisation has signed off, by whom and in which role. Written by
# `notice sign-off`; what changes afterwards is unsigned, and is signed off again.
"""

_NOT_SIGNED: Any = {
    "reviewed": True,
    "next": True,
    "contacts": {"__all__": {"checked"}},
    "places": {"__all__": {"checked", "evidence"}},
}

State = Literal["signed", "changed", "unsigned"]


class SignOffError(ValueError):
    """It cannot be signed off; the message says why."""


class Signature(ContentModel):
    """Who answers for what is told as it is: ``digest`` is of its words."""

    digest: str = Field(regex=f"^[0-9a-f]{{{_DIGITS}}}$")
    by: str
    role: str
    date: datetime.date


class SignedOffFile(ContentModel):
    """``data/signed-off.yml``: signatures by the id of what is signed."""

    signed_off: Mapping[str, Signature]


def to_be_signed(compiled: Compiled) -> list[str]:
    """The ids of all that is signed off: urgent replies, answers, guided, fixed replies."""
    guided = [name.split("/")[1] for name in compiled.answer_ids if _is(GUIDED, name)]
    return [
        *compiled.written_for,
        *compiled.titles,
        *dict.fromkeys(f"{GUIDED}/{guide}" for guide in (*guided, SERVICE_GUIDE)),
        *(_fixed_id(name) for name in compiled.said_names if not name.startswith(_ASKED)),
    ]


def of_theme(theme: str, compiled: Compiled) -> list[str]:
    """The ids of all of a theme; also of the urgent, guided and fixed replies.

    Raises:
        SignOffError: there is none of this name.
    """
    names = [name for name in to_be_signed(compiled) if _is(theme, name)]
    if not names:
        raise SignOffError(f"There is no theme {theme}.")
    return names


def told_answers(name: str, compiled: Compiled) -> list[Answer]:
    """The answers that are signed under an id: in English, and in Welsh where they are given in it.

    Of a guided conversation all pages, of "My role" the first steps of each role.
    """
    if _is(GUIDED, name):
        ids = [one for one in compiled.answer_ids if one.startswith(f"{name}/")]
    else:
        ids = [name]
    return [answer for one in ids for answer in _in_all_languages(one, compiled)]


def digest_of_told(name: str, compiled: Compiled) -> str:
    """The digest of what people are told, without days of checking and topics offered next.

    Raises:
        KeyError: there is nothing of this id.
    """
    told: list[Any] = [answer.dict(exclude=_NOT_SIGNED) for answer in told_answers(name, compiled)]
    told += [said.dict() for said in told_replies(name, compiled)]
    if name == SEARCH:
        told += _search(compiled)
    if not told:
        raise KeyError(name)
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def told_replies(name: str, compiled: Compiled) -> list[Said]:
    """The hand-written texts that are signed under an id, in every language they are given in."""
    if name == SEARCH:
        names = [one for one in compiled.said_names if one.startswith(_ASKED)]
    else:
        names = [f"{_SAID}{name.partition('/')[2]}"] if _is(FIXED, name) else []
    told = [said for one in names if (said := compiled.said(one))]
    if OTHER_LANGUAGE_SAID in names:
        told += [compiled.said_in(language) for language in compiled.languages]
    return told


def _search(compiled: Compiled) -> Iterator[Any]:
    """What the search for a service says, and each service without the day of checking."""
    search = compiled.search
    yield from (search.found.dict(exclude={**_NOT_SIGNED, "contacts": True}), search.none)
    yield search.again
    for route in (*search.found.contacts, *(service.route for service in search.services)):
        yield {**route.dict(exclude={"checked"}), "when": _LAST_DAY.sub(".", route.when)}


def _in_all_languages(name: str, compiled: Compiled) -> Iterator[Answer]:
    english = compiled.answer(name)
    if english:
        yield english
    welsh = compiled.answer(name, language=WELSH)
    # Where there is no translation it is the English answer, or the general reply.
    if english and welsh and welsh.language == WELSH and welsh.topic == english.topic:
        yield welsh


def _is(kind: str, name: str) -> bool:
    return name.partition("/")[0] == kind


def read_signatures(data: Path) -> Mapping[str, Signature]:
    """The signatures by the id of the answer; none where there is no file.

    Raises:
        ContentError: the file is not as it should be.
    """
    path = data / FILE
    if not path.exists():
        return {}
    try:
        document = read_yaml(path)
    except YamlProblem as error:
        raise ContentError([Problem(path, error.line, "", error.message)]) from error
    fields = document.data if isinstance(document.data, dict) else {}
    try:
        return SignedOffFile(**fields).signed_off
    except ValidationError as error:
        problems = [
            Problem(
                path, document.line(detail["loc"]), ".".join(map(str, detail["loc"])), detail["msg"]
            )
            for detail in error.errors()
        ]
        raise ContentError(problems) from error


def state_of(name: str, compiled: Compiled, signature: Optional[Signature]) -> State:
    """Whether something is signed off as it is, has changed since, or never was."""
    if signature is None:
        return "unsigned"
    return "signed" if signature.digest == digest_of_told(name, compiled) else "changed"


def states(compiled: Compiled, signatures: Mapping[str, Signature]) -> dict[str, State]:
    """The state of all that is signed off, by its id."""
    return {name: state_of(name, compiled, signatures.get(name)) for name in to_be_signed(compiled)}


def signed_as_they_are(data: Path, compiled: Compiled) -> dict[str, Signature]:
    """The signatures that hold, by the id of what is signed.

    Raises:
        ContentError: the file is not as it should be.
    """
    signatures = read_signatures(data)
    found = states(compiled, signatures)
    return {name: signatures[name] for name, state in found.items() if state == "signed"}


def sign_off(
    data: Path, names: Iterable[str], compiled: Compiled, by: str, role: str, today: datetime.date
) -> dict[str, Signature]:
    """Write signatures over older ones of the same.

    Args:
        data: the ``data`` folder.
        names: ids of what is signed off.
        compiled: all that people are told.
        by: who signs.
        role: in which role.
        today: the day of the signatures.

    Raises:
        ContentError: the file is not as it should be.
        SignOffError: nobody is named, or no role, or there is nothing of such an id.
    """
    if not by.strip() or not role.strip():
        raise SignOffError("Say who signs it off (--by) and in which role (--role).")
    known = frozenset(to_be_signed(compiled))
    given = {}
    for name in names:
        if name not in known:
            raise SignOffError(f"There is no answer {name}.")
        given[name] = Signature(digest=digest_of_told(name, compiled), by=by, role=role, date=today)
    lines = [_HEAD, "signed_off:\n"]
    for name, one in sorted({**read_signatures(data), **given}.items()):
        # JSON's strings are YAML's too, whatever signs are in them.
        by_text, role_text = (json.dumps(text, ensure_ascii=False) for text in (one.by, one.role))
        lines.append(
            f"  {name}:\n    digest: '{one.digest}'\n    by: {by_text}\n"
            f"    role: {role_text}\n    date: {one.date}\n"
        )
    (data / FILE).write_text("".join(lines), encoding="utf-8")
    return given


def signatures_are_whole(content: ContentToCheck) -> Iterator[Problem]:
    """The file is of its form, and names what there is."""
    try:
        signatures = read_signatures(content.data)
    except ContentError as error:
        yield from error.problems
        return
    known = {*_ids(content.library), *_fixed(content.data)}
    for name, signature in signatures.items():
        at = ("signed_off", name)
        if name not in known:
            yield content.problem(content.data / FILE, at, "no such answer; take it out")
        if signature.date > content.today:
            yield content.problem(content.data / FILE, (*at, "date"), "a day to come; correct it")


def _ids(library: Library) -> Iterator[str]:
    yield from (*library.urgent, *library.topics)
    for guide in (*library.guides, ROLE_GUIDE, SERVICE_GUIDE):
        yield f"{GUIDED}/{guide}"


def _fixed(data: Path) -> Iterator[str]:
    """The ids of the fixed replies: those of the domain, and what the content adds to them."""
    domain = Project(data.parent).domain
    written = yaml.safe_load(domain.read_text(encoding="utf-8")) if domain.exists() else {}
    yield from map(_fixed_id, (*(written.get("responses") or {}), ROLE_FORGOTTEN_SAID))


def _fixed_id(response: str) -> str:
    return f"{FIXED}/{response.removeprefix(_SAID)}"


RULES: tuple[Rule, ...] = (signatures_are_whole,)
