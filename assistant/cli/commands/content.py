"""What editors run on the content: checking it, finding facts, and what is made of it."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path
from typing import Annotated, Optional

import typer

from assistant.cli.commands import CONTENT
from assistant.cli.console import FAILED, OK, save, wide_console
from assistant.cli.loading import load_assistant, ready_model
from assistant.project import Project, find_project

app = typer.Typer()


@app.command(rich_help_panel=CONTENT)
def check(
    open_questions: Annotated[
        bool, typer.Option("--open", help="What editors must still open instead.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="With --open: docs/open-questions.md.")
    ] = False,
) -> int:
    """Everything that can be wrong with the content."""
    project = find_project()
    from assistant.editing.checks import check_content
    from assistant.editing.report import print_report

    if open_questions:
        return _check_open(write, project)
    report = check_content(project.data)
    print_report(report, wide_console())
    return FAILED if report.problems else OK


def _check_open(write: bool, project: Project) -> int:
    from assistant.editing.open_questions import DOCUMENT, as_markdown, open_questions, print_open
    from assistant.guidance import load_library

    questions = open_questions(load_library(project.data))
    if write:
        (project.root / DOCUMENT).write_text(as_markdown(questions), encoding="utf-8")
        print(f"{len(questions)} open: {DOCUMENT}")
    else:
        print_open(questions, wide_console())
    return OK


@app.command(rich_help_panel=CONTENT)
def facts(
    words: Annotated[
        list[str], typer.Argument(metavar="WORD...", help="Every word, or part of one, is in it.")
    ],
) -> int:
    """Find facts by a word: claim, authority, evidence, and which answers cite them."""
    project = find_project()
    from assistant.editing.fact_search import fact_lines, find_facts
    from assistant.guidance import load_library

    found = find_facts(words, load_library(project.data))
    for one in found:
        print("\n".join([*fact_lines(one), ""]))
    print(f"{len(found)} {'fact' if len(found) == 1 else 'facts'} with {' and '.join(words)}.")
    return OK if found else FAILED


@app.command(rich_help_panel=CONTENT)
def parse(text: Annotated[str, typer.Argument(help="The message.")]) -> int:
    """How a message is read, and what moved each reading."""
    project = find_project()
    from assistant.editing.parse import Models, explain

    assistant = load_assistant(project)
    models = Models.of(ready_model(project))
    reading = asyncio.run(assistant.parse(text))
    for line in explain(text, reading, models):
        print(line)
    return OK


@app.command(rich_help_panel=CONTENT)
def schema() -> int:
    """Write the JSON Schema of every content file, and the web channel's description."""
    project = find_project()
    from assistant.channels.web.description import write_described
    from assistant.editing.schema import write_schemas

    for written in [*write_schemas(project.root), *write_described(project.root)]:
        print(written.relative_to(project.root))
    return OK


@app.command(rich_help_panel=CONTENT)
def handbook(
    out: Annotated[
        Optional[Path], typer.Option(help="Where to write (build/handbook.html).")
    ] = None,
) -> int:
    """All answers as one HTML file to print."""
    project = find_project()
    from assistant.answers import load_content
    from assistant.editing.handbook import FILE, handbook
    from assistant.guidance import load_library

    library = load_library(project.data)
    text = handbook(load_content(project), library, datetime.date.today())
    save(out or project.root / "build" / FILE, text)
    return OK
