"""The check's result as a table a content editor can read."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.editing.checks import Report


def print_report(report: Report, console: Console) -> None:
    """Print problems with file and line, and the sum."""
    if report.problems:
        table = Table(title=f"{len(report.problems)} to fix", title_justify="left")
        table.add_column("file:line", no_wrap=True)
        table.add_column("what to do", overflow="fold")
        table.add_column("field", overflow="fold")
        for problem in report.problems:
            where = f"{_short(problem.path)}:{problem.line}"
            table.add_row(where, escape(problem.fix), escape(problem.field))
        console.print(table)
    count = len(report.problems)
    verdict = f"Fix {count}." if count else "The content is clean."
    console.print(
        f"{report.topics} answers, {report.questions} questions, "
        f"{report.urgent} urgent examples. {verdict}",
        highlight=False,
    )


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
