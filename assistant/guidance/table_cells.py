"""What a person typed, as the cell of a table that a spreadsheet opens."""

from __future__ import annotations

import re

# Some spreadsheets take the full-width signs too, and leave out white space before them.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def as_cell(typed: str) -> str:
    """The text; with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{typed}" if _FORMULA.match(typed) else typed
