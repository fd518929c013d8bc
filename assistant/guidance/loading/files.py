"""The files of the content, read into models; what is wrong with them is collected."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Optional, TypeVar

from pydantic import ValidationError

from assistant.guidance.model import ContentModel
from assistant.guidance.problems import Problem
from assistant.guidance.yaml_lines import FieldPath, YamlDocument, YamlProblem, read_yaml

Model = TypeVar("Model", bound=ContentModel)

# pydantic's words, and the fix in ours. What is not listed is passed on as it is.
_FIXES = {
    "value_error.missing": "add this field",
    "value_error.extra": "no such field; correct its spelling or take it out",
    "value_error.any_str.min_length": "write something here or take the field out",
    "type_error.none.not_allowed": "write something here or take the field out",
}


class ContentFiles:
    """One pass over the files below a folder: each is read once.

    What is wrong does not stop it: ``problems`` gets everything, with file, line, field and fix.
    """

    def __init__(self, root: Path) -> None:
        """Take the ``data`` folder."""
        self.root = root
        self.problems: list[Problem] = []
        self._documents: dict[Path, YamlDocument] = {}

    def read(self, path: Path) -> dict[str, Any]:
        """The fields of a file; none, and a problem, where it cannot be read or holds none."""
        if path not in self._documents:
            try:
                self._documents[path] = read_yaml(path)
            except YamlProblem as error:
                self._documents[path] = YamlDocument({}, {})
                self.problems.append(Problem(path, error.line, "", error.message))
            except OSError:
                self._documents[path] = YamlDocument({}, {})
                self.problems.append(Problem(path, 1, "", "the file is missing; restore it"))
        data = self._documents[path].data
        if not isinstance(data, dict):
            self.problems.append(Problem(path, 1, "", "the file holds no fields; see the others"))
            self._documents[path] = YamlDocument({}, {})
            return {}
        return data

    def register(self, name: str, key: str, model: type[Model]) -> dict[str, Model]:
        """The entries of a register by id: those that are right.

        Args:
            name: of the file, below the folder.
            key: the field of the file that holds the entries.
            model: of one entry.
        """
        path = self.root / name
        entries = self.read(path).get(key)
        if not isinstance(entries, dict):
            self.problem(path, (key,), f"'{key}:' with its entries is missing; add it")
            return {}
        made = {}
        for entry_id, fields in entries.items():
            built = self.build(path, (key, entry_id), model, fields)
            if built is not None:
                made[entry_id] = built
        return made

    def whole(self, name: str, model: type[Model]) -> Optional[Model]:
        """A file that is one thing, not a register of several; None if anything is wrong."""
        path = self.root / name
        return self.build(path, (), model, self.read(path))

    def build(self, path: Path, at: FieldPath, model: type[Model], fields: Any) -> Optional[Model]:
        """A model of what stands at a place of a file; None, and problems, if it is not right."""
        if not isinstance(fields, dict):
            self.problem(path, at, "fields are expected here")
            return None
        try:
            return model(**fields)
        except ValidationError as error:
            for detail in error.errors():
                fix = _FIXES.get(detail["type"], detail["msg"])
                self.problem(path, (*at, *detail["loc"]), fix)
            return None

    def problem(self, path: Path, at: FieldPath, fix: str) -> None:
        """Note what is wrong at a place of a file, and what to do."""
        document = self._documents.get(path)
        # `__root__` and the like are pydantic's, not the editor's.
        field = ".".join(str(part) for part in at if part != "__root__")
        self.problems.append(Problem(path, document.line(at) if document else 1, field, fix))

    def check_known(
        self,
        path: Path,
        at: FieldPath,
        ids: Iterable[str],
        all_ids: Iterable[str],
        kind: str,
        where: str,
    ) -> None:
        """Each of the ids that is none of those there are is a problem.

        Args:
            path: the file that names them.
            at: where in it.
            ids: what is named.
            all_ids: what there is.
            kind: what it is, for the message.
            where: in which file or folder it would have to be, for the message.
        """
        for i, one in enumerate(ids):
            if one not in all_ids:
                self.problem(path, (*at, i), f"{one}: {unknown(kind, where)}")


def unknown(kind: str, where: str) -> str:
    """What to do about an id that stands for nothing."""
    return f"there is no such {kind} in {where}; add it there or correct the id"


__all__ = ["ContentFiles", "Model", "unknown"]
