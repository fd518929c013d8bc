"""``notice train``, ``notice evaluate`` and Rasa's own commands."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Optional

import typer

from assistant.cli.commands import MODEL
from assistant.cli.console import OK, CannotRunError, errors, wide_console
from assistant.cli.loading import keep_change_log, load_assistant, ready_model
from assistant.project import find_project

app = typer.Typer()


@app.command(rich_help_panel=MODEL)
def train() -> int:
    """Train the model, if the content changed."""
    project = find_project()
    model = ready_model(project)
    keep_change_log(project)
    errors().print(f"Model ready: {model}", markup=False, highlight=False)
    return OK


@app.command("ship-vectors", rich_help_panel=MODEL)
def ship_vectors() -> int:
    """Keep the vectors of examples and answers with the code: a first training is short then."""
    project = find_project()
    from assistant.answers import load_content
    from assistant.training.importer import training_texts
    from assistant.understanding.vector_cache import SHIPPED, not_shipped, ship

    texts = [*training_texts(project), *load_content(project).point_texts]
    new = len(not_shipped(texts))
    written = ship(texts, project.vectors)
    errors().print(f"{SHIPPED}: {written} vectors; {new} texts had none", markup=False)
    return OK


@app.command(rich_help_panel=MODEL)
def evaluate(
    file: Annotated[Path, typer.Argument(help="Tab-separated: question, accept, kind.")],
    details: Annotated[bool, typer.Option("--details", help="List every miss.")] = False,
    report: Annotated[
        Optional[Path], typer.Option(help="Where to write the HTML report.", show_default=False)
    ] = None,
) -> int:
    """Measure understanding on a question file."""
    project = find_project()
    from assistant.evaluation import Evaluation, QuestionFileError, evaluate, read_questions
    from assistant.evaluation.console import print_evaluation
    from assistant.evaluation.html import html_report

    try:
        questions = read_questions(file)
    except QuestionFileError as error:
        raise CannotRunError(str(error)) from error
    evaluation = Evaluation(asyncio.run(evaluate(load_assistant(project), questions)))
    print_evaluation(evaluation, wide_console(), details=details)
    report = report or project.root / "build" / f"evaluation-{file.stem}.html"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(html_report(evaluation, file.name), encoding="utf-8")
    errors().print(f"Report: {report}", markup=False, highlight=False)
    return OK


@app.command(
    rich_help_panel=MODEL,
    add_help_option=False,  # every option is Rasa's
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
def rasa(
    arguments: Annotated[Optional[list[str]], typer.Argument(metavar="COMMAND ...")] = None,
) -> int:
    """Rasa's own commands: notice rasa --help."""
    find_project()
    from assistant.training.rasa_commands import run_rasa

    return run_rasa(arguments or [])
