"""The guided conversations: ``guided/<name>.yml``, ``roles.yml`` and ``service-search.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping, Optional

from assistant.guidance.contacts import Service
from assistant.guidance.guided import PAGE_ID, Guide, Roles, ServiceSearch, words_of
from assistant.guidance.loading.files import ContentFiles
from assistant.guidance.loading.references import References
from assistant.guidance.names import ROLE_GUIDE, SERVICE_GUIDE
from assistant.guidance.yaml_lines import FieldPath


def written_guides(root: Path) -> set[str]:
    """The names of the guided conversations that there is a file of, even an unreadable one."""
    return {path.stem for path in (root / "guided").glob("*.yml")}


def load_guides(files: ContentFiles) -> dict[str, Guide]:
    """``guided/<name>.yml``: the guided conversations by name."""
    guides = {}
    for path in sorted((files.root / "guided").glob("*.yml")):
        name = path.stem
        if not PAGE_ID.match(name) or name in (ROLE_GUIDE, SERVICE_GUIDE):
            fix = "this name is taken or not in lower case; rename the file"
            files.problem(path, (), fix)
            continue
        guide = files.build(path, (), Guide, {"id": name, **files.read(path)})
        if guide is not None:
            guides[name] = guide
    return guides


def check_guides(guides: Mapping[str, Guide], known: References) -> None:
    """All that the pages of guided conversations refer to is there."""
    for guide in guides.values():
        path = known.files.root / "guided" / f"{guide.id}.yml"
        known.check_topic(path, ("topic",), guide.topic)
        known.check_review(path, (), guide.review)
        for name, page in guide.pages.items():
            at: FieldPath = ("pages", name)
            known.check_points(path, (*at, "points"), page.points)
            known.check_contacts(path, (*at, "contacts"), page.contacts)
            known.files.check_known(
                path, (*at, "choices"), page.choices, guide.pages, "page", "this file"
            )
            known.check_next(path, (*at, "next"), page.next)


def load_roles(files: ContentFiles) -> Optional[Roles]:
    """``roles.yml``."""
    return files.whole("roles.yml", Roles)


def check_roles(roles: Optional[Roles], known: References) -> None:
    """All that roles refer to is there."""
    if roles is None:
        return
    path = known.files.root / "roles.yml"
    known.check_topic(path, ("topic",), roles.topic)
    known.check_review(path, (), roles.review)
    known.check_points(path, ("points",), roles.points)
    themes = {topic_id.partition("/")[0] for topic_id in known.written}
    known.files.check_known(path, ("themes",), roles.themes, themes, "theme", "guidance/")
    for name, role in roles.roles.items():
        at: FieldPath = ("roles", name)
        known.check_topic(path, (*at, "topic"), role.topic)
        known.check_points(path, (*at, "first"), role.first)


def load_search(files: ContentFiles) -> Optional[ServiceSearch]:
    """``service-search.yml``."""
    return files.whole("service-search.yml", ServiceSearch)


def check_search(
    search: Optional[ServiceSearch], services: Mapping[str, Service], known: References
) -> None:
    """All that the search for a service refers to is there."""
    if search is None:
        return
    path = known.files.root / "service-search.yml"
    results = search.results
    known.check_topic(path, ("topic",), search.topic)
    known.check_review(path, (), search.review)
    known.check_points(path, ("results", "points"), results.points)
    known.check_next(path, ("results", "next"), results.next)
    at: FieldPath = ("results", "directory")
    known.files.check_known(path, at, [results.directory], services, "service", "services.yml")
    for question, asked in search.questions.items():
        said = {word for service in services.values() for word in words_of(service, question)}
        for name, option in asked.options.items():
            here: FieldPath = ("questions", question, "options", name, "matches")
            known.files.check_known(path, here, option.matches, said, "word", "services.yml")


__all__ = [
    "check_guides",
    "check_roles",
    "check_search",
    "load_guides",
    "load_roles",
    "load_search",
    "written_guides",
]
