"""What practitioners shorten, written out: the sentence encoder has never met "LADO" or "tmrw".

The lists stand in ``data/shorthand.yml``. The short form is kept beside the long one where it is a
term of the field, so that both can be learned from.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Mapping, Optional

from assistant.guidance.digests import digest_of, files_of
from assistant.guidance.loading.files import ContentFiles
from assistant.guidance.model import ContentModel
from assistant.guidance.problems import ContentError
from assistant.project import find_project

SHORTHAND = "shorthand.yml"
"""The file below ``data/``."""


class Shorthand(ContentModel):
    """``data/shorthand.yml``: short forms in lower case, and what each is read as.

    ``terms`` are terms of the field, read as the short form and what it stands for; ``everyday`` is
    the shorthand of phones and case notes, of which only what it stands for is read.
    """

    terms: Mapping[str, str]
    everyday: Mapping[str, str]

    class Config:
        @staticmethod
        def schema_extra(schema: dict[str, Any], model: type[Shorthand]) -> None:
            """Have editors see what :func:`load_shorthand` would refuse."""
            for listed in schema["properties"].values():
                listed["propertyNames"] = {"pattern": r"^[^A-Z\s-]+$"}
                listed["additionalProperties"]["minLength"] = 1


def load_shorthand(data: Path) -> Shorthand:
    """Read the shorthand.

    Args:
        data: the ``data`` folder.

    Raises:
        ContentError: with every problem found, each with file, line, field and fix.
    """
    files = ContentFiles(data)
    path = data / SHORTHAND
    fields = files.read(path)
    listed: dict[str, dict[Any, Any]] = {
        kind: entries
        for kind in Shorthand.__fields__
        if isinstance(entries := fields.get(kind), dict)
    }
    for kind, entries in listed.items():
        for short, meant in entries.items():
            if (fix := _wrong(short, meant)) is not None:
                files.problem(path, (kind, short), fix)
    for short in set(listed.get("terms", ())) & set(listed.get("everyday", ())):
        files.problem(path, ("everyday", short), "stands among the terms too; keep one of them")
    made = None if files.problems else files.build(path, (), Shorthand, fields)
    if made is None:
        raise ContentError(files.problems)
    return made


def _wrong(short: Any, meant: Any) -> Optional[str]:
    """What to do about an entry; None if it is right."""
    if not isinstance(short, str):
        return "YAML takes the short form for no text; put it in quotes"
    if short != short.lower() or not _WORD.fullmatch(short):
        return "never met: write one word in lower case, of letters and digits"
    if not isinstance(meant, str) or not meant.strip():
        return "write in words what it stands for; in quotes, if it looks like none"
    return None


class _Current:
    shorthand: Optional[Shorthand] = None


def current_shorthand() -> Shorthand:
    """The shorthand that this process reads with; loaded from the project at first use.

    Raises:
        ContentError: the file has problems.
        ProjectError: there is no project.
    """
    if _Current.shorthand is None:
        _Current.shorthand = load_shorthand(find_project().data)
    return _Current.shorthand


def use_shorthand(shorthand: Optional[Shorthand]) -> None:
    """Read with this from now on; None has it loaded anew at the next use."""
    _Current.shorthand = shorthand


def shorthand_digest() -> str:
    """Of the file: what tells Rasa that everything has to be learned again."""
    data = find_project().data
    return digest_of({data: files_of(data / SHORTHAND)})


_WORD = re.compile(r"[\w'./&]*\w/?")
# "hv" is a health visitor, but not in "hv to", "hv been".
_HAVE = re.compile(r"\bhv(?= (?:to|been|had|not|you|they|we|just)\b)", re.IGNORECASE)
# "ta" is a teaching assistant, but not where somebody says thank you.
_TA = re.compile(
    r"^\W*ta\b(?=\W*$|\W+(?:very much|so much|ever so|muchly|for (?:that|this|the help|your)|x+"
    r"|love|mate|hun|lovely|bye|again)\b)",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(\d{1,2}) ?(?:yr|y/?o|yrs? old|year old)s?\b", re.IGNORECASE)
# "2" for "to" and "4" for "for", as in "nowhere 2 go", "help 4 him"; but not where they count
# or name something: "4 year old", "2 children", "year 4", "recommendation 2", "at 4".
_SOUNDS = {"2": "to", "4": "for"}
_COUNTED = (
    r"years?|yrs?|months?|weeks?|days?|hours?|mins?|minutes|am|pm|child(?:ren)?|kids?|boys?|girls?"
    r"|brothers?|sisters?|siblings|cousins|people|adults|of|or|and|times|more|other|different"
)
_NAMED = (
    r"years?|yr|aged?|is|section|stage|page|part|recommendation|question|option|at|about|only"
    r"|just|or|and|the|option|turned|nearly|almost"
)
_SOUND = re.compile(
    rf"(?:\b(?P<named>{_NAMED}) )?\b(?P<sound>[24])\b(?= [a-z])(?! (?:{_COUNTED})\b)", re.I
)


def expand(text: str) -> str:
    """The text with shorthand written out; everything else stays as it is.

    ``"nfa on 9yo, hv to go 2nite"`` becomes
    ``"nfa no further action on 9 year old, have to go tonight"``.

    Raises:
        ContentError, ProjectError: see :func:`current_shorthand`.
    """
    shorthand = current_shorthand()
    text = _HAVE.sub("have", _AGE.sub(r"\1 year old", _TA.sub("thanks", text)))
    if "2" in text or "4" in text:  # the pattern takes as long as all else here
        text = _SOUND.sub(_sounded, text)
    return _WORD.sub(lambda match: _written_out(match.group(), shorthand), text)


def _written_out(word: str, shorthand: Shorthand) -> str:
    lowered = word.lower()
    if lowered in shorthand.terms:
        return f"{word} {shorthand.terms[lowered]}"
    return shorthand.everyday.get(lowered, word)


def _sounded(match: re.Match[str]) -> str:
    return match.group() if match["named"] else _SOUNDS[match["sound"]]


__all__ = [
    "SHORTHAND",
    "Shorthand",
    "current_shorthand",
    "expand",
    "load_shorthand",
    "shorthand_digest",
    "use_shorthand",
]
