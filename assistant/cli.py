"""The command line: ``notice train | chat | ask | serve | check | evaluate | report | ...``.

Rasa is imported only by the commands that run a model, so that ``notice check`` and
``notice --help`` answer at once.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Iterable, Optional, Sequence

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assistant.guidance import ContentError
from assistant.project import Project, ProjectError, find_project
from assistant.training.train import TrainingError, current_model, train

if TYPE_CHECKING:
    from assistant.guidance import Library
    from assistant.store.tracker_store import RedactingTrackerStore
    from assistant.turn.assistant import Assistant

OK, FAILED, UNUSABLE = 0, 1, 2
LOOPBACK, PORT = "127.0.0.1", 5005


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Returns:
        0 if all is well, 1 if a check found something, 2 if the command cannot run.
    """
    parsed = _parser().parse_args(arguments)
    console = Console(stderr=True)
    try:
        project = find_project()
        code: int = parsed.run(parsed, project, console)
        return code
    except (ProjectError, TrainingError, OSError) as error:
        console.print(str(error), style="bold red", markup=False)
    except ContentError as error:
        console.print(
            f"The content has {len(error.problems)} problem(s). Fix these first:",
            style="bold red",
        )
        for problem in error.problems:
            console.print(str(problem), markup=False, soft_wrap=True)
    except KeyboardInterrupt:
        console.print("Stopped.")
    return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="notice",
        description="A guidance assistant for safeguarding practitioners.",
        epilog="If a child is in danger, call 999.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    train = commands.add_parser("train", help="train the model, if the content changed")
    train.set_defaults(run=_train)

    chat = commands.add_parser("chat", help="ask questions in the terminal")
    chat.set_defaults(run=_chat)

    ask = commands.add_parser("ask", help="answer one question, or one a line from standard input")
    ask.add_argument("question", nargs="?", help="the question; without it, standard input")
    ask.add_argument("--json", action="store_true", help="one JSON object a line")
    ask.set_defaults(run=_ask)

    serve = commands.add_parser("serve", help="serve the web page, the widget and the channels")
    serve.add_argument("--host", default=LOOPBACK, help=f"address to listen on ({LOOPBACK})")
    serve.add_argument("--port", type=int, default=PORT, help=f"port to listen on ({PORT})")
    serve.add_argument("--credentials", type=Path, help="Rasa's file of channels")
    serve.add_argument("--endpoints", type=Path, help="Rasa's file of stores and brokers")
    serve.add_argument("--actions", metavar="URL", help="action server; by default in this process")
    serve.set_defaults(run=_serve)

    parse = commands.add_parser("parse", help="how a message is read, and what moved each reading")
    parse.add_argument("text", help="the message")
    parse.set_defaults(run=_parse)

    reload = commands.add_parser("reload", help="have the running server take up changed answers")
    reload.set_defaults(run=_reload)

    unavailable = commands.add_parser("unavailable", help="write the proxy's own error pages")
    unavailable.set_defaults(run=_unavailable)

    check = commands.add_parser("check", help="everything that can be wrong with the content")
    check.add_argument("--open", action="store_true", help="what editors must still open instead")
    check.add_argument("--write", action="store_true", help="with --open: docs/open-questions.md")
    check.set_defaults(run=_check)

    schema = commands.add_parser("schema", help="write the JSON Schema of every content file")
    schema.set_defaults(run=_schema)

    evaluate = commands.add_parser("evaluate", help="measure understanding on a question file")
    evaluate.add_argument("file", type=Path, help="tab-separated: question, accept, kind")
    evaluate.add_argument("--details", action="store_true", help="list every miss")
    evaluate.add_argument("--report", type=Path, help="where to write the HTML report")
    evaluate.set_defaults(run=_evaluate)

    package = commands.add_parser("teams-package", help="build the app package for Teams")
    package.add_argument("--app-id", required=True, help="the bot's application id in Entra ID")
    package.add_argument("--host", required=True, help="where the assistant is reached over https")
    package.add_argument("--output", type=Path, default=Path("notice-teams.zip"))
    package.set_defaults(run=_teams_package)
    doctor = commands.add_parser("doctor", help="what is wrong with the set-up, and the fix")
    doctor.set_defaults(run=_doctor)

    retention = commands.add_parser("retention", help="delete old conversations now")
    retention.add_argument("--days", type=int, help="older than this (as in endpoints.yml)")
    retention.set_defaults(run=_retention)

    report = commands.add_parser("report", help="how the assistant is used, nothing per person")
    report.add_argument("--from", type=_day, required=True, dest="start", help="YYYY-MM-DD")
    report.add_argument("--to", type=_day, required=True, dest="end", help="YYYY-MM-DD, included")
    report.add_argument("--folder", type=Path, default=Path("report"), help="where to write")
    report.set_defaults(run=_report)

    rasa = commands.add_parser(
        "rasa",
        help="Rasa's own commands: notice rasa --help",
        add_help=False,
        prefix_chars="\0",  # options too are Rasa's
    )
    rasa.add_argument("arguments", nargs=argparse.REMAINDER)
    rasa.set_defaults(run=_rasa)

    handbook = commands.add_parser("handbook", help="all answers as one HTML file to print")
    handbook.add_argument("--out", type=Path, help="where to write (build/handbook.html)")
    handbook.set_defaults(run=_handbook)

    changes = commands.add_parser("changes", help="what changed in the guidance, and why")
    changes.add_argument("--since", help="a day (YYYY-MM-DD) or a revision; a year by default")
    changes.add_argument("--quarter", help="a mail with what changed in a quarter (2026-Q4)")
    changes.add_argument("--atom", type=Path, metavar="FILE", help="write an Atom feed")
    changes.add_argument("--html", type=Path, metavar="FILE", help="write a page")
    changes.add_argument("--write", action="store_true", help="write it for the server's pages")
    changes.set_defaults(run=_changes)

    due = commands.add_parser("due", help="what is to be checked again, a year after it was")
    due.add_argument("--within", type=int, metavar="DAYS", default=30, help="days ahead (30)")
    due.add_argument("--ics", type=Path, metavar="FILE", help="write all of it as a calendar")
    due.add_argument("--source", metavar="ID", help="every point that cites this source instead")
    due.set_defaults(run=_due)
    return parser


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _train(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    console.print(f"Model ready: {_model(project, console)}", markup=False, highlight=False)
    return OK


def _chat(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.channels.terminal import chat

    asyncio.run(chat(_assistant(project, console)))
    return OK


def _ask(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    questions: Iterable[str]
    if parsed.question is not None:
        questions = [parsed.question]
    else:
        questions = (line.strip() for line in sys.stdin if line.strip())
    assistant = _assistant(project, console)

    async def answer_all() -> None:
        for number, question in enumerate(questions):
            reply = await assistant.reply(question, f"ask-{number}")
            if parsed.json:
                print(json.dumps(reply.as_json(question), ensure_ascii=False), flush=True)
            else:
                print(reply.text, flush=True)
                for button in reply.buttons:
                    print(f"  > {button.title}", flush=True)
            await assistant.forget(f"ask-{number}")

    asyncio.run(answer_all())
    return OK


def _serve(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    model = _model(project, console)
    with console.status("Loading the assistant ..."):
        from assistant.operations.server import ServerError, serve
    try:
        serve(
            project,
            model,
            parsed.host,
            parsed.port,
            parsed.credentials or project.credentials,
            parsed.endpoints or project.endpoints,
            parsed.actions,
        )
    except ServerError as error:
        console.print(str(error), style="bold red", markup=False)
        return UNUSABLE
    return OK


def _parse(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.editing.parse import Models, explain

    assistant = _assistant(project, console)
    models = Models.of(_model(project, console))
    reading = asyncio.run(assistant.parse(parsed.text))
    for line in explain(parsed.text, reading, models):
        print(line)
    return OK


def _reload(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.answers import load_content

    content = load_content(project)  # its problems are said here, before the server is asked
    try:
        process = int(project.server_process.read_text(encoding="utf-8"))
        os.kill(process, signal.SIGHUP)
    except (OSError, ValueError):
        console.print("No server of this project is running.", style="bold red")
        return UNUSABLE
    print(f"The server takes up content {content.digest[:12]}.")
    return OK


def _unavailable(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.guidance import load_library
    from assistant.operations.unavailable import write_unavailable

    write_unavailable(load_library(project.data), project.root / "deploy" / "nginx")
    return OK


def _check(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.editing.checks import check_content
    from assistant.editing.report import print_report

    if parsed.open:
        return _check_open(parsed.write, project)
    report = check_content(project.data)
    print_report(report, _wide_console())
    return FAILED if report.problems else OK


def _check_open(write: bool, project: Project) -> int:
    from assistant.editing.open_questions import DOCUMENT, as_markdown, open_questions, print_open
    from assistant.guidance import load_library

    questions = open_questions(load_library(project.data))
    if write:
        (project.root / DOCUMENT).write_text(as_markdown(questions), encoding="utf-8")
        print(f"{len(questions)} open: {DOCUMENT}")
    else:
        print_open(questions, _wide_console())
    return OK


def _schema(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.editing.schema import write_schemas

    for written in write_schemas(project.root):
        print(written.relative_to(project.root))
    return OK


def _evaluate(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.evaluation import Evaluation, QuestionFileError, evaluate, read_questions
    from assistant.evaluation.console import print_evaluation
    from assistant.evaluation.html import html_report

    try:
        questions = read_questions(parsed.file)
    except QuestionFileError as error:
        console.print(str(error), style="bold red", markup=False)
        return UNUSABLE
    evaluation = Evaluation(asyncio.run(evaluate(_assistant(project, console), questions)))
    print_evaluation(evaluation, _wide_console(), details=parsed.details)
    report: Path = parsed.report or project.root / "build" / f"evaluation-{parsed.file.stem}.html"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(html_report(evaluation, parsed.file.name), encoding="utf-8")
    console.print(f"Report: {report}", markup=False, highlight=False)
    return OK


def _teams_package(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.channels.teams.package import PackageError, build_package

    try:
        package = build_package(project.root, parsed.app_id, parsed.host, parsed.output)
    except PackageError as error:
        console.print(str(error), style="bold red", markup=False)
        return UNUSABLE
    console.print(f"Package ready: {package}", markup=False, highlight=False)
    return OK


def _doctor(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from rasa.core.utils import AvailableEndpoints

    from assistant.operations.doctor import check, overdue
    from assistant.privacy.logs import configure_private_logging

    configure_private_logging()
    endpoints = AvailableEndpoints.read_endpoints(str(project.endpoints))
    findings = [
        *asyncio.run(check(project, endpoints)),
        overdue(project, datetime.date.today()),
    ]
    for found in findings:
        warning = f"warning: {found.warning}" if found.warning else "in order"
        print(f"{found.what}: {found.problem or warning}")
    return FAILED if any(found.problem for found in findings) else OK


def _retention(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    store = _store(project)
    days = store.days if parsed.days is None else parsed.days
    deleted = asyncio.run(store.delete_older_than(days))
    print(f"{deleted} conversation(s) older than {days} days deleted.")
    return OK


def _report(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.guidance import load_library
    from assistant.operations.use_report import read_use, write_report

    start, end = (
        datetime.datetime.combine(day, datetime.time()).timestamp()
        for day in (parsed.start, parsed.end + datetime.timedelta(days=1))
    )
    use = read_use(_store(project).events_between(start, end))
    for written in write_report(
        use, load_library(project.data), parsed.folder, parsed.start, parsed.end
    ):
        print(written)
    return OK


def _rasa(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.training.rasa_commands import run_rasa

    return run_rasa(parsed.arguments)


def _store(project: Project) -> RedactingTrackerStore:
    """The tracker store of ``endpoints.yml``.

    Raises:
        ProjectError: it is another one, or its database cannot be reached.
    """
    from rasa.core.tracker_store import TrackerStore
    from rasa.core.utils import AvailableEndpoints
    from rasa.shared.exceptions import RasaException

    from assistant.store.forgetting import inner_store
    from assistant.store.tracker_store import RedactingTrackerStore

    endpoints = AvailableEndpoints.read_endpoints(str(project.endpoints))
    try:
        store = inner_store(TrackerStore.create(endpoints.tracker_store))
    except RasaException as error:
        raise ProjectError(f"{project.endpoints}: {error}") from error
    if not isinstance(store, RedactingTrackerStore):
        raise ProjectError(f"{project.endpoints}: tracker_store.type must be RedactingTrackerStore")
    return store


def _wide_console() -> Console:
    """Standard output; wide enough for a table where it is no terminal, as in CI."""
    console = Console()
    return console if console.is_terminal else Console(width=140)


def _assistant(project: Project, console: Console) -> Assistant:
    model = _model(project, console)
    with console.status("Loading the assistant ..."):
        from assistant.turn.assistant import Assistant

        return Assistant.load(model)


def _model(project: Project, console: Console) -> Path:
    """The model of the present content; trained now if there is none."""
    from assistant.privacy.logs import configure_private_logging

    model: Optional[Path] = current_model(project)
    if model is None:
        configure_private_logging()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=console) as progress:
            progress.add_task("Training: the content has changed. This takes three to five minutes")
            model = train(project)
    return model


def _handbook(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.answers import load_content
    from assistant.editing.handbook import FILE, handbook
    from assistant.guidance import load_library

    library = load_library(project.data)
    text = handbook(load_content(project), library, datetime.date.today())
    _save(parsed.out or project.root / "build" / FILE, text)
    return OK


def _changes(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.answers.changes import Changes
    from assistant.editing.changes import (
        DAYS,
        QuarterError,
        change_lines,
        changes_file,
        changes_in_all,
        changes_of,
        digest,
        quarter,
    )
    from assistant.editing.history import HistoryError, edits_since

    today = datetime.date.today()
    try:
        if parsed.quarter:
            start, end = quarter(parsed.quarter)
            edits = [one for one in edits_since(project.root, start.isoformat()) if one.date < end]
            print(digest(parsed.quarter, changes_in_all(edits), end), end="")
            return OK
        since = parsed.since or (today - datetime.timedelta(days=DAYS)).isoformat()
        changes = changes_of(edits_since(project.root, since))
    except (HistoryError, QuarterError) as error:
        console.print(str(error), style="bold red", markup=False)
        return UNUSABLE
    if parsed.write:
        _save(project.changes, changes_file(changes, today))
    if parsed.atom or parsed.html:
        from assistant.channels.web.changes_page import changes_atom, changes_html

        kept = Changes(made=today.isoformat(), changes=changes)
        if parsed.atom:
            _save(parsed.atom, changes_atom(kept))
        if parsed.html:
            _save(parsed.html, changes_html(kept, alone=True))
    if not (parsed.write or parsed.atom or parsed.html):
        for change in changes:
            print("\n".join([*change_lines(change), ""]))
        print(f"{len(changes)} changed since {since}.")
    return OK


def _due(parsed: argparse.Namespace, project: Project, console: Console) -> int:
    from assistant.editing.due import due_by, icalendar, review_calendar
    from assistant.guidance import load_library

    library = load_library(project.data)
    if parsed.source:
        return _due_source(parsed.source, library, console)
    calendar = review_calendar(library)
    if parsed.ics:
        _save(parsed.ics, icalendar(calendar, datetime.datetime.now(datetime.UTC)))
        return OK
    today = datetime.date.today()
    due = due_by(calendar, today + datetime.timedelta(days=parsed.within))
    for one in due:
        late = " OVERDUE" if one.due < today else ""
        print(f"{one.due}{late} {one.kind} {one.id}: {one.name}, last on {one.last}")
    print(f"{len(due)} due within {parsed.within} days, of {len(calendar)}.")
    return OK


def _due_source(source: str, library: Library, console: Console) -> int:
    from assistant.editing.due import citing

    try:
        found = citing(source, library)
    except KeyError:
        console.print(f"There is no source {source} in data/sources.yml.", style="bold red")
        return UNUSABLE
    for one in found:
        print(f"{one.answer}: {one.text}")
        print(f"    {'; '.join([*one.places, *one.facts])}")
    print(f"{len(found)} points cite {library.sources[source].title}.")
    return OK


def _save(path: Path, text: str) -> None:
    """Write a file, and say which."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(path)
