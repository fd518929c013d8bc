"""``notice changes``: what changed in the guidance, topic by topic, before and after, and why.

Read out of the git history of the content. The reason that readers see is the ``Why:`` line of a
commit, or else its first line, so an editor writes it for them. Who reviewed it is the
``Reviewed-by:`` line, or else who has signed it off as it is.
"""

from __future__ import annotations

import datetime
import difflib
import re
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence

from assistant.answers.changes import Change, Changes, Reworded
from assistant.answers.text import day_text
from assistant.editing.history import Edit, joined
from assistant.editing.told import State

DAYS_SHOWN = 365
"""How far back the changes go where nothing else is said."""

SAME_FROM_LIKENESS = 0.5
"""From this likeness on (of difflib's 0 to 1) a new point is an old one in other words."""

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


class QuarterError(ValueError):
    """What was given is no quarter; the message says the form."""


def changes_of(edits: Sequence[Edit]) -> tuple[Change, ...]:
    """What changed in each place on each day, newest first; by the id within a day."""
    days: dict[tuple[datetime.date, str], Edit] = {}
    for edit in edits:
        key = (edit.date, edit.about)
        days[key] = joined(days[key], edit) if key in days else edit
    made = [change for edit in days.values() if (change := _change(edit))]
    return tuple(sorted(sorted(made, key=lambda one: one.about), key=_date, reverse=True))


def changes_in_all(edits: Sequence[Edit]) -> tuple[Change, ...]:
    """What changed in each place from the first edit to the last, whatever was between."""
    places: dict[str, Edit] = {}
    for edit in edits:
        places[edit.about] = joined(places[edit.about], edit) if edit.about in places else edit
    made = [change for edit in places.values() if (change := _change(edit))]
    return tuple(sorted(made, key=lambda one: one.about))


def with_reviewers(changes: Iterable[Change], signed: Mapping[str, str]) -> tuple[Change, ...]:
    """The changes, those without a reviewer with who signed off what came of them.

    Args:
        changes: newest first.
        signed: who signed each place off as it is now, by its id. An older version of it is
            another one than was signed.
    """
    seen: set[str] = set()
    told = []
    for change in changes:
        newest = change.about not in seen
        seen.add(change.about)
        if newest and not change.reviewed_by and change.about in signed:
            change = change.copy(update={"reviewed_by": (signed[change.about],)})
        told.append(change)
    return tuple(told)


def quarter(text: str) -> tuple[datetime.date, datetime.date]:
    """The first day of a quarter such as ``2026-Q4``, and that of the next.

    Raises:
        QuarterError: it is none.
    """
    found = _QUARTER.fullmatch(text)
    if not found:
        raise QuarterError(f"{text} is no quarter. Write 2026-Q4, for instance.")
    year, number = int(found[1]), int(found[2])
    start = datetime.date(year, 3 * number - 2, 1)
    end = datetime.date(year + number // 4, 3 * number % 12 + 1, 1)
    return start, end


def digest(name: str, changes: Sequence[Change], end: datetime.date, today: datetime.date) -> str:
    """The changes of a quarter as a mail in plain text; the first line is its subject.

    Args:
        name: the quarter's.
        changes: what changed in all, place by place.
        end: the first day that is not in it.
        today: the last day that is told of, in a quarter that has not ended.
    """
    until = day_text(min(end - datetime.timedelta(days=1), today).isoformat())
    many = f"{len(changes)} answers, replies, contacts or services"
    count = many if len(changes) != 1 else "One answer, reply, contact or service"
    lines = [f"Subject: Notice: what changed in the guidance, {name}", ""]
    if not changes:
        return "\n".join([*lines, f"Nothing changed in the guidance to {until}.", ""])
    lines += [f"{count} changed to {until}.", ""]
    for heading, kind in (("Changed", "changed"), ("New", "new"), ("Taken out", "taken-out")):
        of_kind = [change for change in changes if change.kind == kind]
        if of_kind:
            lines += [heading.upper(), ""]
        for change in of_kind:
            lines += [*change_lines(change), ""]
    return "\n".join(lines)


def change_lines(change: Change) -> list[str]:
    """A change in plain text: where, when and why, then before and after."""
    lines = [f"{change.title} ({change.about}), {day_text(change.date)}"]
    lines += [f"  Why: {reason}" for reason in change.why]
    lines += [f"  Reviewed by: {role}" for role in change.reviewed_by]
    for one in (*([change.lead] if change.lead else []), *change.reworded):
        lines += [f"  Before: {one.before}"] if one.before else []
        lines += [f"  Now:    {one.after}"] if one.after else []
    lines += [f"  Added:  {text}" for text in change.added]
    lines += [f"  Gone:   {text}" for text in change.removed]
    for one in change.sources:
        lines += [f"  Source before: {one.before}"] if one.before else []
        lines += [f"  Source now:    {one.after}" if one.after else "  No source any more"]
    return lines


def changes_file(log: Changes) -> str:
    """The text of ``models/changes.json``."""
    return log.json(ensure_ascii=False, exclude_none=True, indent=1)


def _change(edit: Edit) -> Optional[Change]:
    """What an edit changed; None if it is as it was, or told nothing before and after."""
    before, after = edit.before, edit.after
    if before and after:
        return _altered(edit, before, after)
    if after:
        return _kept(edit, after, kind="new", lead=Reworded(before="", after=after.lead))
    if before:
        return _kept(edit, before, kind="taken-out", lead=Reworded(before=before.lead, after=""))
    return None


def _altered(edit: Edit, before: State, after: State) -> Optional[Change]:
    """What an edit of something that was there and still is changed; None for the order alone."""
    added, removed, reworded = _compared(before.points, after.points)
    if before.title != after.title:
        reworded = (Reworded(before=before.title, after=after.title), *reworded)
    lead = Reworded(before=before.lead, after=after.lead) if before.lead != after.lead else None
    sources = tuple(
        Reworded(before=before.sources.get(one, ""), after=after.sources.get(one, ""))
        for one in dict.fromkeys([*before.sources, *after.sources])
        if before.sources.get(one) != after.sources.get(one)
    )
    if not (lead or added or removed or reworded or sources):
        return None
    return _kept(
        edit,
        after,
        kind="changed",
        lead=lead,
        added=added,
        removed=removed,
        reworded=reworded,
        sources=sources,
    )


def _kept(edit: Edit, place: State, **what: Any) -> Change:
    """The change as it is kept; ``what`` are the fields that depend on its kind."""
    return Change(
        date=edit.date.isoformat(),
        about=edit.about,
        title=place.title,
        why=edit.why,
        reviewed_by=edit.reviewed_by,
        **what,
    )


def _compared(
    before: Sequence[str], after: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Reworded, ...]]:
    """Points that came, that went, and that stand in other words: the likest first."""
    came = [text for text in after if text not in before]
    went = [text for text in before if text not in after]
    pairs = sorted(_likenesses(went, came), key=lambda one: -one[0])
    other: dict[str, str] = {}
    for _, old, new in pairs:
        if old not in other.values() and new not in other:
            other[new] = old
    return (
        tuple(text for text in came if text not in other),
        tuple(text for text in went if text not in other.values()),
        tuple(Reworded(before=other[text], after=text) for text in came if text in other),
    )


def _likenesses(went: Sequence[str], came: Sequence[str]) -> Iterator[tuple[float, str, str]]:
    for old in went:
        for new in came:
            # By words: letters alone make any two English sentences alike.
            likeness = difflib.SequenceMatcher(None, old.split(), new.split()).ratio()
            if likeness >= SAME_FROM_LIKENESS:
                yield likeness, old, new


def _date(change: Change) -> str:
    return change.date
