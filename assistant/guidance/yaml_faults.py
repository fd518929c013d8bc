"""What is wrong with a file that is no YAML: the line, and what to do, in plain English."""

from __future__ import annotations

import re
from typing import Iterator, NamedTuple, Optional

import yaml

_FIELD = re.compile(r"(?P<before> *(?:- +)*)(?P<name>[A-Za-z_][\w-]*|\"[^\"]*\"|'[^']*'):(?:\s|$)")
_DASH = re.compile(r" *(?:- +)*-(?:\s|$)")
_CLOSING = {"[": "]", "{": "}"}
_DASH_NAME = "the '-'"
_NOT_WHOLE = "the line above this one is no whole field; write it as 'name: text'"
_QUOTE_IT = "put the whole text in quotes"


class Fault(NamedTuple):
    """The line, counted from 1, and what to do there."""

    line: int
    fix: str


class _Start(NamedTuple):
    """Where a field or a dash begins: its column, its line from 1, and how it is called."""

    column: int
    line: int
    name: str


def fault_of(text: str, error: yaml.YAMLError) -> Fault:
    """What an editor does about an error of the parser.

    Args:
        text: of the whole file.
        error: as the parser raised it.
    """
    lines = text.splitlines()
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Fault(line, "a character here cannot be shown; type the line anew")
    if mark is None:
        return Fault(1, "this file cannot be read; compare it with its neighbours")
    row, column = min(mark.line, len(lines) - 1), mark.column
    begun = min(context.line, row) if context else row
    tab = _tab_in_indent(lines, row)
    if tab is not None:
        return Fault(tab + 1, "a tab stands before the text; put spaces in its place")
    if "quoted scalar" in said:
        return _quoted(lines, begun, context.column if context else 0, said, row)
    if "flow" in said:
        return _brackets(text, lines, row, column)
    if "block scalar" in said:
        return Fault(row + 1, "after the '>' or '|' begin the text on the next line")
    if "another document" in said:
        return Fault(row + 1, "'---' begins a second document; take it out")
    if "cannot start any token" in said or "alias" in said or "tag" in said or "anchor" in said:
        first = context if context and context.line == row else mark
        sign = lines[row][first.column : first.column + 1]
        return Fault(row + 1, f"a text cannot begin with '{sign}'; {_QUOTE_IT}")
    if "simple key" in said:
        return _no_field(lines, begun)
    if "mapping values" in said:
        return _colon(lines, row, column)
    if column != _spaces(lines, row):
        return _behind_what_is_complete(text, lines[row], row, column)
    return _indent(lines, row, column)


def _brackets(text: str, lines: list[str], row: int, column: int) -> Fault:
    opened: list[yaml.Token] = []
    for token in _tokens_before(text, row, column):
        if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
            opened.append(token)
        elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)) and opened:
            opened.pop()
    if not opened:
        return Fault(row + 1, f"'{lines[row][column : column + 1]}' cannot stand here; take it out")
    line = opened[-1].start_mark.line
    sign = lines[line][opened[-1].start_mark.column]
    closing = _CLOSING[sign]
    if closing in lines[row][column:]:
        return Fault(row + 1, f"between '{sign}' and '{closing}' write words parted by commas")
    return Fault(line + 1, f"the '{sign}' is not closed; add the '{closing}'")


def _tab_in_indent(lines: list[str], row: int) -> Optional[int]:
    for at in (row, row - 1):
        if 0 <= at < len(lines) and "\t" in re.match(r"[\s-]*", lines[at]).group():  # type: ignore[union-attr]
            return at
    return None


def _quoted(lines: list[str], begun: int, column: int, said: str, row: int) -> Fault:
    if "escape" in said:
        return Fault(row + 1, r"a '\' means something else in double quotes; use single quotes")
    quote = lines[begun][column : column + 1]
    return Fault(begun + 1, f"the quote ({quote}) that opens here is not closed; close it")


def _no_field(lines: list[str], row: int) -> Fault:
    text = lines[row].strip()
    glued = re.match(r"(?:- )?([\w-]+):\S", text)
    if glued:
        return Fault(row + 1, f"write a space after '{glued[1]}:'")
    if re.match(r"-[^\s-]", text):
        return Fault(row + 1, "write a space after the '-'")
    spaces = _spaces(lines, row - 1)
    return Fault(
        row + 1,
        "this line is no field, for it has no 'name:'; if it is part of the text above, begin it "
        f"after {max(spaces, 2)} spaces",
    )


def _colon(lines: list[str], row: int, column: int) -> Fault:
    """A colon where none may be: in a text, or of a field that YAML takes for text."""
    for above in range(row - 1, -1, -1):
        if not lines[above].strip():
            continue
        glued = re.match(r" *(?:- +)*(?:-(\w)|([\w-]+):\S)", lines[above])
        if glued and glued[1]:
            return Fault(above + 1, "write a space after the '-'")
        if glued and "://" not in lines[above]:
            return Fault(above + 1, f"write a space after '{glued[2]}:'")
        break
    field = _FIELD.match(lines[row])
    if field is None or field.end("name") != column:
        glued = re.match(r" *(?:- +)*([\w-]+):\S", lines[row])
        if glued:
            return Fault(row + 1, f"write a space after '{glued[1]}:'")
        return Fault(row + 1, f"a colon in the text ends it; {_QUOTE_IT}")
    own = len(field["before"])
    taken = next((one for one in _open_above(lines, row) if one.column < own), None)
    if taken is None or taken.name == _DASH_NAME:
        return Fault(row + 1, _NOT_WHOLE)
    return Fault(
        row + 1,
        f"'{field['name']}:' is taken for a part of {taken.name} in line {taken.line}; "
        f"{_begin_after(taken)}, or if it is a part of that text, {_QUOTE_IT}",
    )


def _behind_what_is_complete(text: str, line: str, row: int, column: int) -> Fault:
    """Something behind the end of a quoted text or of a list in brackets."""
    last, rest = line[:column].rstrip()[-1:], line[column:].strip()[:20]
    if last not in ("'", '"'):
        return Fault(row + 1, f"nothing may stand behind '{last}'; take out '{rest}'")
    opened = _line_of_the_quote(text, row, column)
    if opened < row:
        return Fault(
            opened + 1,
            f"the quote ({last}) that opens here is closed only in line {row + 1}; close it where "
            "its text ends",
        )
    more = " and write an apostrophe in it twice" if last == "'" else ""
    return Fault(row + 1, f"the text ends at the {last} before '{rest}'; {_QUOTE_IT}{more}")


def _line_of_the_quote(text: str, row: int, column: int) -> int:
    """The line, from 0, on which the quoted text begins that ends before this place."""
    opened = row
    for token in _tokens_before(text, row, column):
        opened = token.start_mark.line
    return opened


def _tokens_before(text: str, row: int, column: int) -> Iterator[yaml.Token]:
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if (token.start_mark.line, token.start_mark.column) >= (row, column):
                return
            yield token
    except yaml.YAMLError:
        return  # the fault itself; what stands before it has been seen


def _indent(lines: list[str], row: int, column: int) -> Fault:
    """A line that begins where none may."""
    line = lines[row]
    dash = bool(_DASH.match(line))
    field = bool(_FIELD.match(line))
    places = [one for one in _open_above(lines, row) if (one.name == _DASH_NAME) == dash]
    if not places or not (dash or field):
        return Fault(
            row + 1,
            f"this line begins after {_count(column)}, where nothing can begin; if it is part of "
            "the text above, begin it where that text begins",
        )
    if any(one.column == column for one in places):
        return Fault(row + 1, _NOT_WHOLE)
    nearest = min(abs(one.column - column) for one in places)
    fixes = " or ".join(_begin_after(one) for one in places if abs(one.column - column) == nearest)
    return Fault(row + 1, f"this line begins after {_count(column)}; {fixes}")


def _begin_after(place: _Start) -> str:
    return f"begin it after {_count(place.column)}, below {place.name} in line {place.line}"


def _open_above(lines: list[str], row: int) -> Iterator[_Start]:
    """What the line may stand below: the fields and dashes that are still open, nearest first."""
    lowest: dict[bool, int] = {}
    for above in range(row - 1, -1, -1):
        line = lines[above]
        field = _FIELD.match(line)
        starts = [_Start(at.start(), above + 1, _DASH_NAME) for at in re.finditer("-(?= )", line)]
        starts = [one for one in starts if not line[: one.column].strip(" -")]
        if field:
            column = len(field["before"])
            starts.append(_Start(column, above + 1, f"'{field['name'].strip(chr(34))}:'"))
        for start in sorted(starts, reverse=True):
            is_dash = start.name == _DASH_NAME
            if start.column < lowest.get(is_dash, len(line) + 1):
                lowest[is_dash] = start.column
                yield start
        if starts and min(starts).column == 0:
            return


def _spaces(lines: list[str], row: int) -> int:
    line = lines[row] if 0 <= row < len(lines) else ""
    return len(line) - len(line.lstrip(" "))


def _count(spaces: int) -> str:
    return "one space" if spaces == 1 else f"{spaces or 'no'} spaces"
