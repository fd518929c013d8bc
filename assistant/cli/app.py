"""All commands together, and what is said when one of them cannot run."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, Sequence

import typer
from typer.core import TyperGroup

from assistant.cli import commands
from assistant.cli.console import OK, UNUSABLE, CannotRunError, errors
from assistant.guidance import ContentError
from assistant.project import ProjectError
from assistant.training.train import TrainingError


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Returns:
        0 if all is well, 1 if a check found something, 2 if the command cannot run.
    """
    try:
        app(list(arguments), prog_name="notice")
    except SystemExit as stop:
        if isinstance(stop.code, int):
            return stop.code
        raise  # a sentence of Rasa's
    return OK


class _Commands(TyperGroup):
    """Runs a command; whatever a person can put right is said in words, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            code = super().invoke(ctx)
        except BrokenPipeError:
            raise  # its reader has seen enough ("| head"): click ends without a word
        except (CannotRunError, ProjectError, TrainingError, OSError) as error:
            errors().print(str(error), style="bold red", markup=False)
            code = UNUSABLE
        except ContentError as error:
            errors().print(
                f"The content has {len(error.problems)} problem(s). Fix these first:",
                style="bold red",
            )
            for problem in error.problems:
                errors().print(str(problem), markup=False, soft_wrap=True)
            code = UNUSABLE
        except KeyboardInterrupt:
            errors().print("Stopped.")
            code = UNUSABLE
        ctx.exit(code)


def build_app() -> typer.Typer:
    """The commands of every module in ``commands/``: a new one needs no mention here."""
    together = typer.Typer(
        cls=_Commands,
        help="A guidance assistant for safeguarding practitioners.",
        epilog="If a child is in danger, call 999.",
        context_settings={"help_option_names": ["-h", "--help"]},
        no_args_is_help=True,
        pretty_exceptions_enable=False,  # they may show what somebody has typed
    )
    for found in pkgutil.iter_modules(commands.__path__):
        together.add_typer(importlib.import_module(f"{commands.__name__}.{found.name}").app)
    return together


app = build_app()
