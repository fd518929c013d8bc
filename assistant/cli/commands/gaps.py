"""``notice gaps`` and ``notice sign-off``: from what is asked in vain to a signed answer."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from assistant.cli.commands import CONTENT
from assistant.cli.console import OK, CannotRunError, save
from assistant.cli.loading import EndpointsFile, tracker_store
from assistant.project import Project, find_project

if TYPE_CHECKING:
    from assistant.editing.gaps import Gaps, Unanswered

DAYS_READ = 90
"""How far back is read where nothing else is said."""

app = typer.Typer()


@app.command(rich_help_panel=CONTENT)
def gaps(
    file: Annotated[
        Optional[Path], typer.Option(help="Questions, one a line, instead of the tracker store.")
    ] = None,
    days: Annotated[int, typer.Option(help="Days back in the tracker store.")] = DAYS_READ,
    csv: Annotated[Optional[Path], typer.Option(metavar="FILE", help="Write a table.")] = None,
    draft: Annotated[
        Optional[int], typer.Option(metavar="GROUP", help="Write a draft for this group.")
    ] = None,
    topic: Annotated[
        Optional[str],
        typer.Option(metavar="ID", help="With --draft: the topic, an old or a new one."),
    ] = None,
    endpoints: EndpointsFile = None,
) -> int:
    """What people ask in vain, in groups; drafts for an editor to finish."""
    project = find_project()
    if (draft is None) != (topic is None):
        raise CannotRunError("Give --draft the number of a group, and --topic a topic's id.")
    from assistant.editing.gaps import as_csv, gap_lines, gaps_of
    from assistant.guidance import load_examples, load_library
    from assistant.understanding.vector_cache import encode_cached

    asked = _asked(project, file, days, endpoints)
    library, known = load_library(project.data), load_examples(project.data).questions
    questions = [question for of_one in known.values() for question in of_one]
    vectors = encode_cached(questions, project.vectors)
    found = gaps_of(asked, known, vectors)
    if draft is not None and topic is not None:
        return _draft(project, found, draft, topic)
    if csv:
        save(csv, as_csv(found))
        return OK
    for line in gap_lines(found, library):
        print(line)
    return OK


def _asked(
    project: Project, file: Optional[Path], days: int, endpoints: Optional[Path]
) -> list[Unanswered]:
    if file:
        from assistant.editing.gaps import read_questions

        try:
            return read_questions(file)
        except UnicodeDecodeError:
            raise CannotRunError(f"{file} is no UTF-8 text; save it as UTF-8.") from None
    from assistant.operations.unanswered import unanswered, welsh_of

    now = datetime.datetime.now()
    start = now - datetime.timedelta(days=days)
    store = tracker_store(project, endpoints)
    events = store.events_between(start.timestamp(), now.timestamp())
    return unanswered(events, welsh_of(project.data))


def _draft(project: Project, found: Gaps, number: int, topic: str) -> int:
    from assistant.editing.drafts import DraftError, write_draft

    if not 1 <= number <= len(found.shown):
        raise CannotRunError(f"There is no group {number}: {len(found.shown)} are shown.")
    gap = found.shown[number - 1]
    try:
        written = write_draft(
            project.data, topic, gap.questions, gap.nearest, datetime.date.today()
        )
    except DraftError as error:
        raise CannotRunError(str(error)) from error
    for path in written:
        print(path)
    print(
        "Write questions of your own beside those asked. `notice check` names what is left to do."
    )
    return OK


@app.command(rich_help_panel=CONTENT)
def sign_off(
    by: Annotated[str, typer.Option(help="Who signs it off: a name, or an office.")],
    role: Annotated[str, typer.Option(help="In which role.")],
    ids: Annotated[
        Optional[list[str]], typer.Argument(metavar="ID ...", help="Ids, as the desk shows them.")
    ] = None,
    theme: Annotated[
        Optional[list[str]],
        typer.Option(help="All of a theme; also urgent, guided, replies. May be repeated."),
    ] = None,
) -> int:
    """Sign off what people are told as it is, for your organisation."""
    project = find_project()
    from assistant.answers import load_content
    from assistant.editing.sign_off import SignOffError, of_theme, sign_off

    compiled = load_content(project)
    try:
        names = [*(ids or ()), *(name for one in theme or () for name in of_theme(one, compiled))]
        if not names:
            raise CannotRunError("Name what is signed off: ids, or --theme.")
        given = sign_off(project.data, names, compiled, by, role, datetime.date.today())
    except SignOffError as error:
        raise CannotRunError(str(error)) from error
    for name, signature in given.items():
        print(f"{name} is signed off as it is ({signature.digest}).")
    print("It holds until a word of it changes.")
    return OK
