"""Who looks at what again: ``data/owners.yml``, which an organisation may leave out."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator, Literal, Mapping

from pydantic import Field, ValidationError

from assistant.editing.content_to_check import ContentToCheck, Rule
from assistant.guidance import ROLE_GUIDE, SERVICE_GUIDE, ContentError, Library, Problem
from assistant.guidance.model import ContentModel
from assistant.guidance.names import GUIDED
from assistant.guidance.yaml_lines import YamlProblem, read_yaml

FILE = "owners.yml"
UNASSIGNED = "unassigned"

Kind = Literal["contact", "service", "source", "answer", "urgent reply", "guided conversation"]


class Owners(ContentModel):
    """``data/owners.yml``: roles by the id, theme or kind of what they look at again."""

    ids: Mapping[str, str] = Field(default_factory=dict)
    themes: Mapping[str, str] = Field(default_factory=dict)
    kinds: Mapping[Kind, str] = Field(default_factory=dict)

    def of(self, kind: Kind, name: str) -> str:
        """The role that looks at it again, :data:`UNASSIGNED` if none is named."""
        theme = name.partition("/")[0]
        of_theme = self.themes.get(theme) if kind == "answer" else None
        return self.ids.get(name) or of_theme or self.kinds.get(kind) or UNASSIGNED


def read_owners(data: Path) -> Owners:
    """The owners; none where there is no file.

    Raises:
        ContentError: the file is not as it should be.
    """
    path = data / FILE
    if not path.exists():
        return Owners()
    try:
        document = read_yaml(path)
    except YamlProblem as error:
        raise ContentError([Problem(path, error.line, "", error.message)]) from error
    try:
        return Owners(**(document.data if isinstance(document.data, dict) else {}))
    except ValidationError as error:
        problems = [
            Problem(path, document.line(one["loc"]), ".".join(map(str, one["loc"])), one["msg"])
            for one in error.errors()
        ]
        raise ContentError(problems) from error


def owners_own_what_there_is(content: ContentToCheck) -> Iterator[Problem]:
    """The file is of its form, and names what there is."""
    try:
        owners = read_owners(content.data)
    except ContentError as error:
        yield from error.problems
        return
    library, path = content.library, content.data / FILE
    themes = {topic.theme for topic in library.topics.values()}
    for theme in owners.themes.keys() - themes:
        yield content.problem(path, ("themes", theme), "no such theme; take it out")
    for name in owners.ids.keys() - set(_ids(library)):
        yield content.problem(path, ("ids", name), "nothing has this id; take it out")


def _ids(library: Library) -> Iterator[str]:
    yield from (*library.topics, *library.urgent)
    yield from (*library.contacts, *library.services, *library.sources)
    yield from (f"{GUIDED}/{name}" for name in (*library.guides, ROLE_GUIDE, SERVICE_GUIDE))


RULES: tuple[Rule, ...] = (owners_own_what_there_is,)
