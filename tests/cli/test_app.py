"""The commands together: help, mistakes, completion, and what must not be loaded for them."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

from assistant.cli import FAILED, OK, UNUSABLE, app, commands, run
from assistant.cli.app import build_app
from assistant.project import Project
from assistant.training import rasa_commands

COMMANDS = {
    *("ask", "chat"),
    *(
        "changes",
        "check",
        "desk",
        "due",
        "facts",
        "gaps",
        "handbook",
        "parse",
        "schema",
        "sign-off",
    ),
    *("doctor", "reload", "report", "retention", "serve", "teams-package", "unavailable"),
    *("evaluate", "rasa", "ship-vectors", "train"),
}

OPENS_A_STORE = {"tracker_store", "read_endpoints", "AvailableEndpoints", "TrackerStore"}
"""Names of what opens the store of conversations, or reads which one it is."""

NO_RASA = """
import sys
from assistant.__main__ import main
sys.argv = ["notice", *sys.argv[1:]]
code = main()
loaded = sorted({"rasa", "rasa_sdk", "sanic", "sklearn"} & set(sys.modules))
sys.exit(f"{code=} {loaded=}" if code or loaded else 0)
"""


def names(of: typer.Typer) -> set[str]:
    group = get_command(of)
    assert isinstance(group, TyperGroup)
    return set(group.commands)


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, env=env
    )


def test_all_commands_are_there() -> None:
    assert names(app) == COMMANDS


def named_in(function: FunctionType, seen: set[FunctionType]) -> set[str]:
    """The names in a function, and in those of ``assistant.cli`` that it calls."""
    seen.add(function)
    found = set(function.__code__.co_names)
    for name in function.__code__.co_names:
        called = inspect.unwrap(function.__globals__.get(name, named_in))
        own = isinstance(called, FunctionType) and called.__module__.startswith("assistant.cli")
        if own and called not in seen:
            found |= named_in(called, seen)
    return found


def test_whatever_opens_the_store_can_be_told_which_one() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    opening = {"serve"}  # the server itself opens it
    options = {}
    for name, command in group.commands.items():
        run_by = inspect.unwrap(command.callback or run)
        assert isinstance(run_by, FunctionType)
        if named_in(run_by, set()) & OPENS_A_STORE:
            opening.add(name)
        found = [one for one in command.params if one.name == "endpoints"]
        options[name] = [(one.opts, one.default, vars(one)["help"]) for one in found]
    assert opening == {"desk", "doctor", "gaps", "report", "retention", "serve"}
    assert {name for name, option in options.items() if option} == opening
    assert all(options[name] == options["serve"] for name in opening)


@pytest.mark.parametrize("asked", [["--help"], ["check"], ["due"]])
def test_what_needs_no_model_loads_no_rasa(asked: list[str], project: Project) -> None:
    done = python("-c", NO_RASA, *asked, PYTHONPATH=str(project.root))
    assert done.returncode == 0, done.stderr


def test_a_command_whose_reader_has_seen_enough_ends_without_a_word(project: Project) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "facts", "child"],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as asked:
        assert asked.stdout and asked.stderr
        asked.stdout.read(1)
        asked.stdout.close()
        assert asked.stderr.read() == b""


@pytest.mark.parametrize(
    "mistaken", [[], ["chekc"], ["check", "--opne"], ["report", "--from", "1"]]
)
def test_a_mistaken_command_cannot_run(
    mistaken: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(mistaken) == UNUSABLE
    said = capsys.readouterr()
    assert "Usage: notice" in said.out + said.err


@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_help_names_the_emergency_number(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([asked]) == OK
    assert "If a child is in danger, call 999." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("notice re", {"retention", "report", "reload"}),
        ("notice check --", {"--open", "--write", "--help"}),
    ],
)
def test_the_shell_completes(typed: str, offered: set[str], project: Project) -> None:
    done = python(
        *("-m", "assistant"),
        PYTHONPATH=str(project.root),
        _NOTICE_COMPLETE="complete_bash",
        COMP_WORDS=typed,
        COMP_CWORD=str(typed.count(" ")),
    )
    assert set(done.stdout.split()) == offered, done.stderr


def test_rasa_gets_all_that_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[str] = []

    def run_rasa(arguments: list[str]) -> int:
        got.extend(arguments)
        return FAILED

    monkeypatch.setattr(rasa_commands, "run_rasa", run_rasa)
    typed = ["test", "nlu", "-u", "file", "--help", "--out", "folder", "-vv"]
    assert run(["rasa", *typed]) == FAILED
    assert got == typed


ADDED = """
import typer
from assistant.cli.console import CannotRunError
from assistant.guidance import ContentError

app = typer.Typer()

@app.command()
def fail(why: str) -> int:
    \"\"\"Fail.\"\"\"
    raise {"asked": CannotRunError("[no] reason"), "file": OSError("no disk"),
           "content": ContentError([]), "key": KeyboardInterrupt()}[why]
"""


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("asked", "[no] reason"),
        ("file", "no disk"),
        ("content", "The content has 0 problem(s). Fix these first:"),
        ("key", "Stopped."),
    ],
)
def test_a_module_adds_a_command_and_its_errors_are_said_in_words(
    why: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "added.py").write_text(ADDED)
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    more = build_app()
    monkeypatch.delitem(sys.modules, f"{commands.__name__}.added")
    assert names(more) == COMMANDS | {"fail"}
    with pytest.raises(SystemExit) as stop:
        more(["fail", why])
    assert stop.value.code == UNUSABLE
    assert capsys.readouterr().err.strip() == said
