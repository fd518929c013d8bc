"""The content's git history: each answer, urgent reply and contact before and after a commit."""

from __future__ import annotations

import datetime
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence

import yaml

from assistant.answers.answer import AnswerPoint
from assistant.answers.text import duty_labels
from assistant.guidance.names import URGENT

GUIDANCE, REPLIES, CONTACTS = "data/guidance", "data/urgency/replies", "data/contacts.yml"
NOTHING = "0" * 40  # git's name for a file that is not there

NO_GIT = "git is not installed here, so nobody can tell what changed. Install git."
NO_HISTORY = (
    "There is no history here: this is no git repository. Run this in a clone of it, not in an "
    "image or a downloaded archive."
)
SHALLOW = (
    "Only the last commits are here, so it cannot be told what changed. Get the rest: "
    "git fetch --unshallow"
)

_WAYS = (
    ("phone", "Telephone"),
    ("sms", "Text"),
    ("email", "E-mail"),
    ("url", "Website"),
    ("hours", "Hours"),
)


class HistoryError(RuntimeError):
    """The history cannot be read; the message says why in plain words."""


@dataclass(frozen=True)
class State:
    """What people are told in one place, as far as a change of it counts."""

    title: str
    lead: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Edit:
    """One place before and after one commit, or after several; None where it is not there."""

    date: datetime.date
    about: str
    why: tuple[str, ...]
    before: Optional[State]
    after: Optional[State]


@dataclass(frozen=True)
class _File:
    date: datetime.date
    why: str
    path: str
    before: str
    after: str


def edits_since(root: Path, since: str) -> list[Edit]:
    """Every edit of what people are told, oldest first, one for each place and commit.

    Args:
        root: the folder of the repository.
        since: a day (``2026-10-01``, which is included) or a revision (which is not).

    Raises:
        HistoryError: there is no history, or no such revision.
    """
    files = list(_files(root, since))
    blobs = _blobs(root, {blob for one in files for blob in (one.before, one.after)})
    edits = []
    for one in files:
        before = _states(one.path, blobs.get(one.before))
        after = _states(one.path, blobs.get(one.after))
        for about in dict.fromkeys([*before, *after]):
            if before.get(about) != after.get(about):
                edits.append(Edit(one.date, about, (one.why,), before.get(about), after.get(about)))
    return edits


def last_release(root: Path) -> Optional[str]:
    """The name of the last release (a tag ``v...``) before now; None if there was none.

    Raises:
        HistoryError: there is no history.
    """
    tags = _git(root, "tag", "--list", "v*", "--merged", "HEAD", "--sort=-creatordate").split()
    return tags[0] if tags else None


def _files(root: Path, since: str) -> Iterator[_File]:
    """The files that each commit changed, oldest commit first."""
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise HistoryError(SHALLOW)
    listed = _git(
        root,
        "log",
        "--reverse",
        "--topo-order",
        "--no-merges",  # what is merged stands in the commits that are merged
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--relative",
        "--date=short",
        "--format=\x1e%cd\x1f%s",
        *_range(root, since),
        "--",
        GUIDANCE,
        REPLIES,
        CONTACTS,
    )
    for commit in listed.split("\x1e")[1:]:
        head, *lines = commit.strip().split("\n")
        date, _, why = head.partition("\x1f")
        for line in lines:
            if line.startswith(":"):
                facts, path = line.split("\t", 1)
                _, _, before, after, _ = facts.split(" ")
                yield _File(datetime.date.fromisoformat(date), why, path, before, after)


def _range(root: Path, since: str) -> Sequence[str]:
    try:
        day = datetime.date.fromisoformat(since)
    except ValueError:
        try:
            found = _git(
                root, "rev-parse", "--verify", "--quiet", "--end-of-options", since + "^{commit}"
            )
        except HistoryError:
            raise HistoryError(f"{since} is no day (YYYY-MM-DD) and no revision here.") from None
        return (f"{found.strip()}..HEAD",)
    return (f"--since={day.isoformat()}T00:00:00", "HEAD")


def _blobs(root: Path, names: Iterable[str]) -> Mapping[str, str]:
    """The texts of files by git's names for them."""
    wanted = sorted(set(names) - {NOTHING})
    made = _run(root, ["cat-file", "--batch"], "\n".join(wanted).encode())
    texts, at = {}, 0
    for name in wanted:
        end = made.index(b"\n", at)
        size = int(made[at:end].rsplit(b" ", 1)[1])
        texts[name] = made[end + 1 : end + 1 + size].decode("utf-8", "replace")
        at = end + 1 + size + 1
    return texts


def _git(root: Path, *arguments: str) -> str:
    return _run(root, arguments, b"").decode("utf-8", "replace")


def _run(root: Path, arguments: Sequence[str], given: bytes) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], input=given, capture_output=True, check=False
        )
    except OSError as error:
        raise HistoryError(NO_GIT) from error
    if done.returncode:
        raise HistoryError(NO_HISTORY)
    return done.stdout


def _states(path: str, text: Optional[str]) -> dict[str, State]:
    """What a file tells people, by id. A file of an older form gives what it has of it."""
    if text is None or not path.endswith(".yml"):
        return {}
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return {}
    if not isinstance(data, dict):
        return {}
    if path == CONTACTS:
        entries = data.get("contacts")
        entries = entries if isinstance(entries, dict) else {}
        return {f"contact/{name}": _contact(fields) for name, fields in entries.items()}
    name = Path(path).with_suffix("")
    if name.is_relative_to(REPLIES):
        return {f"{URGENT}/{name.name}": _reply(data)}
    return {name.relative_to(GUIDANCE).as_posix(): _topic(data)}


def _topic(data: Mapping[str, Any]) -> State:
    points = [*_points(data.get("points")), *_points(data.get("more"))]
    return State(_text(data.get("title")), _text(data.get("lead")), tuple(points))


def _reply(data: Mapping[str, Any]) -> State:
    lines = [_text(data.get("other_reader")), *_points([data.get("tell")])]
    lines += [*_points(data.get("lines")), *_points(data.get("steps"), step=True)]
    points = tuple(line for line in lines if line)
    return State(_text(data.get("title")), _text(data.get("first")), points)


def _contact(fields: Mapping[str, Any]) -> State:
    ways = tuple(f"{label}: {_text(fields[key])}" for key, label in _WAYS if fields.get(key))
    return State(_text(fields.get("name")), _text(fields.get("when")), ways)


def _points(listed: Any, step: bool = False) -> Iterator[str]:
    """The texts of points with the label of their duty, for a must made of a should is a change."""
    for point in listed if isinstance(listed, list) else ():
        if isinstance(point, str):
            yield _text(point)
        elif isinstance(point, dict):
            text, duty = _text(point.get("text")), point.get("duty")
            duty = duty if duty in ("must", "should", "may") and not step else None
            before, after = duty_labels(AnswerPoint(text=text, duty=duty))
            yield " ".join(filter(None, (before, text, after)))


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None else ""
