"""``urgency/``: the replies to urgent situations, the patterns, and which reply harms whom."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping, Optional

from assistant.guidance.base_forms import in_base_forms
from assistant.guidance.loading.files import ContentFiles
from assistant.guidance.loading.references import References
from assistant.guidance.names import GENERAL, NO_TOPIC, URGENT
from assistant.guidance.patterns import pattern_forms, pattern_words
from assistant.guidance.urgent import HarmFile, UrgencyPatternsFile, UrgentSituation
from assistant.guidance.yaml_lines import FieldPath

PATTERNS = "urgency/patterns.yml"
FOLLOW_UPS = "urgency/follow-ups.yml"


def written_replies(root: Path) -> set[str]:
    """The ids of the urgent replies that there is a file of, even one that cannot be read."""
    return {f"{URGENT}/{path.stem}" for path in (root / "urgency" / "replies").glob("*.yml")}


def load_urgent(files: ContentFiles) -> dict[str, UrgentSituation]:
    """``urgency/replies/<situation>.yml``: the replies by id; the general one is among them."""
    folder = files.root / "urgency" / "replies"
    urgent = {}
    for path in sorted(folder.glob("*.yml")):
        situation_id = f"{URGENT}/{path.stem}"
        fields = {"id": situation_id, **files.read(path)}
        situation = files.build(path, (), UrgentSituation, fields)
        if situation is not None:
            urgent[situation_id] = situation
    if GENERAL not in urgent:
        files.problem(folder / "general.yml", (), "the general reply is missing; restore it")
    return urgent


def check_urgent(urgent: Mapping[str, UrgentSituation], known: References) -> None:
    """All that urgent replies refer to is there."""
    for situation in urgent.values():
        name = situation.id.partition("/")[2]
        path = known.files.root / "urgency" / "replies" / f"{name}.yml"
        known.check_points(path, ("tell",), [situation.tell])
        known.check_points(path, ("steps",), situation.steps)
        known.check_review(path, (), situation.review)
        known.check_contacts(path, ("contacts",), situation.contacts)
        known.check_next(path, ("next",), situation.next)
        if situation.after:
            known.files.check_known(
                path, ("after",), [situation.after], known.replies, "reply", "urgency/replies/"
            )


def load_patterns(files: ContentFiles) -> Optional[UrgencyPatternsFile]:
    """``urgency/patterns.yml``."""
    return files.whole(PATTERNS, UrgencyPatternsFile)


def load_follow_ups(files: ContentFiles) -> Optional[UrgencyPatternsFile]:
    """``urgency/follow-ups.yml``."""
    return files.whole(FOLLOW_UPS, UrgencyPatternsFile)


def check_patterns(file: str, patterns: Optional[UrgencyPatternsFile], known: References) -> None:
    """The replies and word sets of a file's patterns are there, and each word can be met."""
    if patterns:
        path = known.files.root / file
        check_word_sets(path, patterns, known)
        _check_base_forms(path, patterns, known)


def check_follow_ups(
    follow_ups: Optional[UrgencyPatternsFile],
    urgent: Mapping[str, UrgentSituation],
    known: References,
) -> None:
    """Replies with ``after`` go on from one without, by patterns of their own but for one each."""
    check_patterns(FOLLOW_UPS, follow_ups, known)
    patterns = follow_ups.patterns if follow_ups else {}
    for reply_id in patterns:
        if reply_id in urgent and urgent[reply_id].after is None:
            fix = f"{reply_id} goes on from no reply; give it `after:`, or take its patterns out"
            known.files.problem(known.files.root / FOLLOW_UPS, ("patterns", reply_id), fix)
    for first in dict.fromkeys(one.after for one in urgent.values() if one.after):
        replies = [one for one in urgent.values() if one.after == first]
        path = known.files.root / "urgency" / "replies" / f"{replies[0].id.partition('/')[2]}.yml"
        if first in urgent and urgent[first].after is not None:
            fix = f"{first} goes on from a reply itself; name that one"
            known.files.problem(path, ("after",), fix)
        to_all_else = [one.id for one in replies if one.id not in patterns]
        if len(to_all_else) != 1:
            fix = (
                f"of the replies after {first}, {len(to_all_else)} have no patterns in "
                f"{FOLLOW_UPS}; leave exactly one without: it is given to all else"
            )
            known.files.problem(path, ("after",), fix)


def check_word_sets(path: Path, patterns: UrgencyPatternsFile, known: References) -> None:
    """The replies that a file's patterns lead to, and the word sets that they name, are there."""
    for situation_id, listed in patterns.patterns.items():
        at: FieldPath = ("patterns", situation_id)
        known.files.check_known(
            path, at, [situation_id], known.replies, "reply", "urgency/replies/"
        )
        for i, pattern in enumerate(listed):
            named = [w for word in pattern.words for w in word.split("|") if w.isupper()]
            used = [*named, *pattern.unless]
            known.files.check_known(
                path, (*at, i), used, patterns.words, "word set", "words: above"
            )


def _check_base_forms(path: Path, patterns: UrgencyPatternsFile, known: References) -> None:
    """A word in another form than its base form would never be met."""
    forms = pattern_forms(patterns)
    words = pattern_words(patterns)
    named = {word for phrase in words for word in phrase.split()}
    known.files.check_known(path, ("forms",), patterns.forms, named, "word", "a pattern")
    for word in words:
        read = in_base_forms(word, forms)
        if read != word:
            fix = f"{word}: never met, since messages are read in base forms: write {read}"
            known.files.problem(path, ("words",), fix)


def load_harm(files: ContentFiles) -> Optional[HarmFile]:
    """``urgency/harm.yml``."""
    return files.whole("urgency/harm.yml", HarmFile)


def check_harm(harm: Optional[HarmFile], known: References) -> None:
    """The replies that do harm are there."""
    path = known.files.root / "urgency" / "harm.yml"
    replies = {*known.replies, *known.promised, NO_TOPIC}
    for voice, harmful in (harm.harm if harm else {}).items():
        for degree in ("high", "low"):
            at: FieldPath = ("harm", voice, degree)
            known.files.check_known(
                path, at, getattr(harmful, degree), replies, "reply", "the content"
            )


__all__ = [
    "PATTERNS",
    "check_follow_ups",
    "check_harm",
    "check_patterns",
    "check_urgent",
    "check_word_sets",
    "load_follow_ups",
    "load_harm",
    "load_patterns",
    "load_urgent",
    "written_replies",
]
