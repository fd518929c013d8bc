"""Sign-off of answers by the deploying organisation: ``data/signed-off.yml``.

A signature holds for the very words: it keeps a digest of all that people are told, and an answer
that has changed since is unsigned.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Any, Iterator, Literal, Mapping, Optional

from pydantic import Field, ValidationError

from assistant.answers import Answer
from assistant.answers import Content as Compiled
from assistant.editing.checked import Checked, Rule
from assistant.guidance import Library, Problem
from assistant.guidance.model import Content
from assistant.guidance.problems import ContentError
from assistant.guidance.yaml_lines import YamlProblem, read_yaml

FILE = "signed-off.yml"
COMMAND = "notice sign-off TOPIC --by NAME --role ROLE"

_DIGITS = 16
_HEAD = """\
# Answers that the deploying organisation has signed off, by whom and in which role. Written by
# `notice sign-off`; an answer that changes afterwards is unsigned, and is signed off again.
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


class Signature(Content):
    """Who answers for an answer as it is: ``digest`` is of its words."""

    digest: str = Field(regex=f"^[0-9a-f]{{{_DIGITS}}}$")
    by: str
    role: str
    date: datetime.date


class SignedOffFile(Content):
    """``data/signed-off.yml``: signatures by the id of the answer."""

    signed_off: Mapping[str, Signature]


def digest_of_answer(answer: Answer) -> str:
    """The digest of what people are told, without days of checking and topics offered next."""
    told = answer.dict(exclude=_NOT_SIGNED)
    if answer.lead_wales is None:
        del told["lead_wales"]  # what was signed before there was such a lead stays signed
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def to_be_signed(library: Library) -> list[str]:
    """The ids of all that is signed off: the answers and the urgent replies."""
    return [*library.urgent, *library.topics]


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


def state_of(answer: Optional[Answer], signature: Optional[Signature]) -> State:
    """Whether an answer is signed off as it is, has changed since, or never was."""
    if signature is None or answer is None:
        return "unsigned"
    return "signed" if signature.digest == digest_of_answer(answer) else "changed"


def states(
    library: Library, compiled: Compiled, signatures: Mapping[str, Signature]
) -> dict[str, State]:
    """The state of every answer and urgent reply by its id."""
    return {
        name: state_of(compiled.answer(name), signatures.get(name))
        for name in to_be_signed(library)
    }


def sign_off(data: Path, answer: Answer, by: str, role: str, today: datetime.date) -> Signature:
    """Write a signature over an older one of the same answer.

    Raises:
        ContentError: the file is not as it should be.
        SignOffError: nobody is named, or no role.
    """
    if not by.strip() or not role.strip():
        raise SignOffError("Say who signs it off (--by) and in which role (--role).")
    given = Signature(digest=digest_of_answer(answer), by=by, role=role, date=today)
    kept = {**read_signatures(data), answer.topic: given}
    lines = [_HEAD, "signed_off:\n"]
    for name, one in sorted(kept.items()):
        # JSON's strings are YAML's too, whatever signs are in them.
        by_text, role_text = (json.dumps(text, ensure_ascii=False) for text in (one.by, one.role))
        lines.append(
            f"  {name}:\n    digest: '{one.digest}'\n    by: {by_text}\n"
            f"    role: {role_text}\n    date: {one.date}\n"
        )
    (data / FILE).write_text("".join(lines), encoding="utf-8")
    return given


def signatures_are_whole(checked: Checked) -> Iterator[Problem]:
    """The file is of its form, and names answers that there are."""
    try:
        signatures = read_signatures(checked.data)
    except ContentError as error:
        yield from error.problems
        return
    known = to_be_signed(checked.library)
    for name, signature in signatures.items():
        at = ("signed_off", name)
        if name not in known:
            yield checked.problem(checked.data / FILE, at, "no such answer; take it out")
        if signature.date > checked.today:
            yield checked.problem(checked.data / FILE, (*at, "date"), "a day to come; correct it")


RULES: tuple[Rule, ...] = (signatures_are_whole,)
