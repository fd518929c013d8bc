"""``guidance/<theme>/<topic>.yml``: one file a topic."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Mapping

from assistant.guidance.loading.files import ContentFiles
from assistant.guidance.loading.references import References
from assistant.guidance.names import ROLE_GUIDE, SERVICE_GUIDE, TO_FINISH
from assistant.guidance.topics import TOPIC_ID, Topic
from assistant.guidance.yaml_lines import FieldPath


def written_topics(root: Path) -> set[str]:
    """The ids of the topics that there is a file of, even one that cannot be read."""
    folder = root / "guidance"
    return {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.yml")}


def load_topics(files: ContentFiles) -> dict[str, Topic]:
    """The topics by id, which is the path of the file."""
    folder = files.root / "guidance"
    topics = {}
    for path in sorted(folder.rglob("*.yml")):
        topic_id = path.relative_to(folder).with_suffix("").as_posix()
        if not TOPIC_ID.match(topic_id):
            fix = "a topic file is guidance/<theme>/<topic>.yml, lower case; rename it"
            files.problem(path, (), fix)
            continue
        fields = files.read(path)
        if not fields or _is_draft(path, (), fields, files):
            continue
        topic = files.build(path, (), Topic, {"id": topic_id, **fields})
        if topic is not None:
            topics[topic_id] = topic
    return topics


def _is_draft(path: Path, at: FieldPath, value: Any, files: ContentFiles) -> bool:
    """Whether anything is still to be written; each place of it is a problem."""
    if isinstance(value, str) and value.startswith(TO_FINISH):
        files.problem(path, at, f"a draft: write it, and take out '{TO_FINISH}'")
        return True
    parts = value if isinstance(value, dict) else {}
    parts = dict(enumerate(value)) if isinstance(value, list) else parts
    drafts = [_is_draft(path, (*at, key), part, files) for key, part in parts.items()]
    return any(drafts)


def check_topics(topics: Mapping[str, Topic], guides: Iterable[str], known: References) -> None:
    """All that topics refer to is there.

    Args:
        topics: by id.
        guides: names of the guided conversations that have files.
        known: what there is besides.
    """
    startable = {*guides, ROLE_GUIDE, SERVICE_GUIDE}
    for topic in topics.values():
        path = known.files.root / "guidance" / f"{topic.id}.yml"
        known.check_points(path, ("points",), topic.points)
        known.check_points(path, ("more",), topic.more)
        known.check_review(path, (), topic.review)
        known.check_contacts(path, ("contacts",), topic.contacts)
        known.check_next(path, ("next",), topic.next)
        offered = [topic.guided] if topic.guided else []
        known.files.check_known(
            path, ("guided",), offered, startable, "guided conversation", "guided/"
        )


__all__ = ["check_topics", "load_topics", "written_topics"]
