"""The content's git history: what people are told, before and after each commit."""

from __future__ import annotations

import datetime
import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Iterable, Iterator, Mapping, Optional, Sequence

from pydantic import ValidationError

from assistant.answers.changes import CITED, TOLD
from assistant.editing.told import (
    FACTS,
    GUIDANCE,
    SOURCES,
    Registers,
    State,
    parsed,
    registers,
    states,
)
from assistant.guidance import Topic

NO_GIT = "git is not installed here, so nobody can tell what changed. Install git."
NO_HISTORY = (
    "There is no history here: this is no git repository. Run this in a clone of it, not in an "
    "image or a downloaded archive."
)
SHALLOW = (
    "Only the last commits are here, so it cannot be told what changed. Get the rest: "
    "git fetch --unshallow"
)

_COMMIT, _FIELD, _VALUE = "\x1e", "\x1f", "\x1d"  # what is put before and between them
_ROLE, _WHY = "Reviewed-by", "Why"  # trailers of a commit's message
_ADDRESS = re.compile(r"\s*<[^>]*>")
"""The e-mail address that a trailer may end with."""


class HistoryError(RuntimeError):
    """The history cannot be read; the message says why in plain words."""


@dataclass(frozen=True)
class Edit:
    """One place before and after one commit, or after several; None where it is not there.

    ``reviewed_by`` are the roles of ``Reviewed-by:`` lines of the commits.
    """

    date: datetime.date
    about: str
    why: tuple[str, ...]
    before: Optional[State]
    after: Optional[State]
    reviewed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Commit:
    name: str
    parent: Optional[str]
    date: datetime.date
    why: str
    reviewed_by: tuple[str, ...]
    paths: tuple[str, ...]


def edits_since(root: Path, since: str) -> list[Edit]:
    """Every edit of what people are told, oldest first, one for each place and commit.

    First versions of everything are no change: what was before :func:`beginning` is left out.

    Args:
        root: the folder of the repository.
        since: a day (``2026-10-01``, which is included) or a revision (which is not).

    Raises:
        HistoryError: there is no history, or no such revision.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise HistoryError(SHALLOW)
    wanted = _range(root, since)
    first = beginning(root)
    commits = list(_commits(root, [*wanted, *([f"^{first}"] if first else [])]))
    history = _Trees(root, [name for one in commits for name in (one.name, one.parent) if name])
    return [edit for commit in commits for edit in _edits(commit, history)]


def beginning(root: Path) -> Optional[str]:
    """The commit from which on a change is one: what stood at it is the first version.

    The first release. Before there is any, the first commit at which every answer had its present
    form, which is that it is read without an error. None if there never was such a commit.

    Raises:
        HistoryError: there is no history.
    """
    release = _releases(root, "creatordate")
    if release:
        return release[0]
    commits = [one.name for one in _commits(root, ["HEAD"], GUIDANCE)]
    history = _Trees(root, commits, (GUIDANCE,))
    return next((name for name in commits if history.has_present_form(name)), None)


def last_release(root: Path) -> Optional[str]:
    """The name of the last release (a tag ``v...``) before now; None if there was none.

    Raises:
        HistoryError: there is no history.
    """
    return next(iter(_releases(root, "-creatordate")), None)


def revision(root: Path) -> str:
    """The name of the present commit.

    Raises:
        HistoryError: there is no history.
    """
    return _git(root, "rev-parse", "HEAD").strip()


def joined(first: Edit, last: Edit) -> Edit:
    """Two edits of one place as one.

    Of the sources only what each edit changed: on a branch the others may be older.
    """
    after = last.after
    if after and first.after and last.before:
        cited = dict(first.after.sources)
        for source in dict.fromkeys([*last.before.sources, *after.sources]):
            line = after.sources.get(source)
            if line is None:
                cited.pop(source, None)
            elif line != last.before.sources.get(source):
                cited[source] = line
        after = replace(after, sources=cited)
    return Edit(
        last.date,
        last.about,
        tuple(dict.fromkeys((*first.why, *last.why))),
        first.before,
        after,
        tuple(dict.fromkeys((*first.reviewed_by, *last.reviewed_by))),
    )


def _edits(commit: _Commit, history: _Trees) -> Iterator[Edit]:
    told_before = history.told(commit.parent)
    told_after = history.told(commit.name)
    known_before = history.registers(commit.parent)
    known_after = history.registers(commit.name)
    cited = known_before.differ(known_after)
    # A source reaches every answer that cites it.
    reached = {path for path, text in told_after.items() if any(one in text for one in cited)}
    for path in sorted({*commit.paths, *reached}):
        before = states(path, told_before.get(path), known_before)
        after = states(path, told_after.get(path), known_after)
        for about in dict.fromkeys([*before, *after]):
            if before.get(about) != after.get(about):
                yield Edit(
                    commit.date,
                    about,
                    (commit.why,),
                    before.get(about),
                    after.get(about),
                    commit.reviewed_by,
                )


class _Trees:
    """The files of commits, each read once."""

    def __init__(
        self, root: Path, commits: Iterable[str], folders: Sequence[str] = (*TOLD, *CITED)
    ) -> None:
        """Read the files below these folders at these commits."""
        self._files = {name: _tree(root, name, folders) for name in dict.fromkeys(commits)}
        named = {blob for files in self._files.values() for blob in files.values()}
        self._texts = _blobs(root, named)
        self._registers: dict[tuple[Optional[str], tuple[str, ...]], Registers] = {}
        self._formed: dict[str, bool] = {}

    def told(self, commit: Optional[str]) -> Mapping[str, str]:
        """The texts of the files that tell people something, by path."""
        files = self._files.get(commit or "", {})
        return {
            path: self._texts[blob]
            for path, blob in files.items()
            if path != SOURCES and not path.startswith(f"{FACTS}/")
        }

    def registers(self, commit: Optional[str]) -> Registers:
        """The sources and facts."""
        files = self._files.get(commit or "", {})
        sources = files.get(SOURCES)
        facts = tuple(blob for path, blob in files.items() if path.startswith(f"{FACTS}/"))
        if (sources, facts) not in self._registers:
            read = registers(
                self._texts[sources] if sources else None, [self._texts[blob] for blob in facts]
            )
            self._registers[sources, facts] = read
        return self._registers[sources, facts]

    def has_present_form(self, commit: str) -> bool:
        """True if all answers of a commit can be read by the model of an answer."""
        files = self._files[commit].items()
        answers = [(path, blob) for path, blob in files if path.endswith(".yml")]
        return bool(answers) and all(self._is_formed(path, blob) for path, blob in answers)

    def _is_formed(self, path: str, blob: str) -> bool:
        if blob not in self._formed:
            try:
                Topic(**{**parsed(self._texts[blob]), "id": path})
                self._formed[blob] = True
            except (ValidationError, TypeError):
                self._formed[blob] = False
        return self._formed[blob]


def _commits(root: Path, wanted: Sequence[str], *paths: str) -> Iterator[_Commit]:
    """The commits that changed these paths (any content without), the oldest first."""
    trailers = [f"%(trailers:key={key},valueonly,separator={_VALUE})" for key in (_ROLE, _WHY)]
    listed = _git(
        root,
        "log",
        "--reverse",
        "--topo-order",
        "--no-merges",  # what is merged stands in the commits that are merged
        "--name-only",
        "--no-renames",
        "--relative",
        "--date=short",
        f"--format={_COMMIT}{_FIELD.join(['%H', '%P', '%cd', '%s', *trailers])}{_FIELD}",
        *wanted,
        "--",
        *(paths or (*TOLD, *CITED)),
    )
    for one in listed.split(_COMMIT)[1:]:
        name, parent, date, subject, roles, reasons, files = one.split(_FIELD)
        reason = "; ".join(_values(reasons)) or subject
        yield _Commit(
            name=name,
            parent=parent or None,
            date=datetime.date.fromisoformat(date),
            why=reason,
            reviewed_by=tuple(_ADDRESS.sub("", role).strip() for role in _values(roles)),
            paths=tuple(files.split("\n")[1:]),
        )


def _values(joined_values: str) -> list[str]:
    return [" ".join(value.split()) for value in joined_values.split(_VALUE) if value.strip()]


def _releases(root: Path, order: str) -> list[str]:
    return _git(root, "tag", "--list", "v*", "--merged", "HEAD", f"--sort={order}").split()


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


def _tree(root: Path, commit: str, folders: Sequence[str]) -> Mapping[str, str]:
    """git's names for the files of a commit, by path."""
    listed = _git(root, "ls-tree", "-r", "-z", commit, *folders)
    entries = (entry.split("\t", 1) for entry in listed.split("\0") if entry)
    return {path: about.split(" ")[2] for about, path in entries}


def _blobs(root: Path, names: Iterable[str]) -> Mapping[str, str]:
    """The texts of files by git's names for them."""
    wanted = sorted(set(names))
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
