"""The check's result, one line a problem: file, line, field and fix."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from assistant.editing.checks import Report
from assistant.guidance import Problem


def print_report(report: Report, console: Console) -> None:
    """Print problems, each with the place that an editor's terminal opens, and the sum."""
    for problem in report.problems:
        console.print(_line(problem), markup=False, highlight=False, soft_wrap=True)
    for notice in report.notices:
        console.print(f"Welsh: {_line(notice)}", markup=False, highlight=False, soft_wrap=True)
    count = len(report.problems)
    verdict = f"{count} to fix." if count else "The content is clean."
    console.print(
        f"{report.topics} answers, {report.questions} questions, "
        f"{report.urgent} urgent examples. {verdict}",
        highlight=False,
    )


def _line(problem: Problem) -> str:
    path = problem.path
    if path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return str(Problem(path, problem.line, problem.field, problem.fix))
