"""Read YAML together with the line on which every part of it stands.

PyYAML's C loader gives nodes with line marks at the speed that a hundred content
files need; its plain ``load`` throws the marks away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Union

import yaml

from assistant.guidance.yaml_faults import fault_of

FieldPath = tuple[Union[str, int], ...]
"""Where a value stands in a document: keys and indices from the top."""


class YamlProblem(ValueError):
    """The file is not readable as YAML. ``line`` is counted from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class YamlDocument:
    """A parsed YAML file: its plain data and the line of each part."""

    def __init__(self, data: Any, lines: dict[FieldPath, int]) -> None:
        self.data = data
        self._lines = lines

    def line(self, path: FieldPath) -> int:
        """The line (from 1) of ``path``, or of the nearest part above it that exists."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def read_yaml(path: Path) -> YamlDocument:
    """Parse one file.

    Args:
        path: a UTF-8 YAML file with a single document.

    Returns:
        Its data (dict, list, str, int, date, ...) with line numbers.

    Raises:
        YamlProblem: bad syntax, a key written twice, or a file that is not UTF-8.
        OSError: the file cannot be read.
    """
    loader: Any = None
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        loader = yaml.CSafeLoader(text)
        node = loader.get_single_node()
        lines: dict[FieldPath, int] = {}
        data = None if node is None else _plain(node, (), lines, loader)
    except UnicodeDecodeError as error:
        raise YamlProblem(1, "the file is not UTF-8 text; save it as UTF-8") from error
    except yaml.YAMLError as error:
        raise YamlProblem(*fault_of(text, error)) from error
    finally:
        if loader is not None:
            loader.dispose()
    return YamlDocument(data, lines)


def _plain(node: yaml.Node, path: FieldPath, lines: dict[FieldPath, int], loader: Any) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                fix = "a field's name is a word, not a list; put the whole text in quotes"
                raise YamlProblem(key_node.start_mark.line + 1, fix)
            key = loader.construct_object(key_node, deep=True)
            if key in mapping:
                raise YamlProblem(
                    key_node.start_mark.line + 1, f"'{key}' is written twice; keep one of them"
                )
            here = (*path, key)
            # The key's line, not the value's: a block value starts a line further down.
            lines[here] = key_node.start_mark.line + 1
            mapping[key] = _plain(value_node, here, lines, loader)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, i), lines, loader) for i, item in enumerate(node.value)]
    try:
        return loader.construct_object(node, deep=True)
    except ValueError as error:
        fix = f"'{node.value}' is no day; write it as 2026-11-30"
        raise YamlProblem(node.start_mark.line + 1, fix) from error
