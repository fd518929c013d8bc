"""Rules of the repository itself."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path
from typing import Iterator

from assistant.project import Project

# In parts, so that this file does not hold what it looks for.
HOSTS = "|".join(
    [
        "pypi" + r"\.org",
        "pythonhosted" + r"\.org",
        "npmjs" + r"\.(?:org|com)",
        r"(?:deb|security|snapshot)\." + r"debian\.org",
    ]
)
MADE_BY_THE_OPERATOR = ("deploy/secrets", "deploy/.env")
MACHINE_PATHS = r"(?:^|[^\w.])/(?:home|root|Users|work)/\w"


def committed(project: Project) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=project.root, capture_output=True, text=True, check=True
    )
    return [project.root / name for name in listed.stdout.split("\0") if name]


def test_no_file_names_a_registry_or_a_path_of_one_machine(project: Project) -> None:
    for path in committed(project):
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not re.search(HOSTS, text), path
            assert not re.search(MACHINE_PATHS, text), path


def test_every_package_is_pinned_with_hashes(project: Project) -> None:
    for name in (
        "requirements.txt",
        "requirements-dev.txt",
        "benchmarks/starter/requirements.txt",
    ):
        text = (project.root / name).read_text()
        packages = re.split(r"\n(?=\S)", text.strip())
        assert len(packages) > 100
        for package in packages:
            assert re.match(r"[a-z0-9-]+(?:\[[\w,-]+\])?==[\w.]+", package), package[:80]
            assert "--hash=sha256:" in package, package[:80]


def test_a_number_is_written_in_one_register_only(project: Project) -> None:
    """Telephone numbers stand in the registers; texts refer to them."""
    numbers = set()
    for name in ("contacts.yml", "services.yml"):
        text = (project.data / name).read_text()
        numbers |= set(re.findall(r"^\s+phone: ['\"]?(\d[\d ]{5,})", text, flags=re.MULTILINE))
    assert len(numbers) > 10
    for path in [*(project.data / "guidance").rglob("*.yml"), project.root / "domain.yml"]:
        text = path.read_text()
        assert not [number for number in numbers if number.strip() in text], path


def pages(project: Project) -> list[Path]:
    named = (project.root / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md"))
    return [*named, *sorted((project.root / "docs").rglob("*.md"))]


def test_every_file_that_a_page_names_is_there(project: Project) -> None:
    """Links, and paths in backticks.

    Decisions name what was there when they were taken; tutorials, what their reader makes.
    """
    missing = []
    for page in pages(project):
        text = page.read_text(encoding="utf-8")
        links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
        missing += [(page.name, one) for one in links if not (page.parent / one).exists()]
        if page.parent.name not in ("decisions", "tutorials"):
            folders = "tests|assistant|actions|benchmarks|scripts|deploy"
            paths = re.findall(rf"`((?:{folders})/[\w./-]+)`", text)
            paths = [one for one in paths if one.rstrip("/") not in MADE_BY_THE_OPERATOR]
            missing += [(page.name, one) for one in paths if not (project.root / one).exists()]
    assert not missing


def test_every_test_that_a_page_names_is_there(project: Project) -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (project.root / "tests").rglob("*.py"))
    for page in pages(project):
        if page.parent.name != "decisions":
            for name in re.findall(r"`(test_\w+)`", page.read_text(encoding="utf-8")):
                assert f"def {name}(" in code, (page.name, name)


# Names of test files. CONTRIBUTING.md says how they work.

ABOUT_NO_PACKAGE = {
    "assurance": "docs/assurance",
    "browser": "the widget and the pages, in a real Chromium",
    "containers": "deploy/, in real containers",
    "deployment": "deploy/, the Dockerfile and pyproject.toml",
    "nlu": "all of understanding, on messages that nobody trained it with",
    "performance": "a start and a turn, counted",
    "services": "real PostgreSQL, Redis and nginx",
}
"""Folders of tests that mirror no package, and what they test instead."""

ABOUT_NO_MODULE = {
    "test_former_names": "the modules that 0.1's configuration named",
    "test_decisions": "docs/decisions",
    "test_forge": "what the forge, make and pre-commit read",
    "test_layers": "pyproject.toml's contracts of imports",
    "test_private_names": "all tests",
    "test_repository": "all committed files",
    "actions/test_action_server": "all actions, run by Rasa's own server",
    "channels/test_changed": '"Changed …" in all channels',
    "channels/test_guides": "how guided conversations begin, in all channels",
    "channels/test_same_answer": "all channels side by side",
    "channels/test_stopping": "all channels of a server that stops",
    "channels/test_urgent_under_faults": "all channels under every fault",
    "channels/test_welsh": "all channels in Welsh",
    "channels/teams/test_defects": "the defects of Rasa's channel, cured in several modules",
    "channels/teams/test_faults": "the channel under every fault",
    "channels/teams/test_playground": "the channel with Microsoft's own client",
    "channels/web/test_faults": "the channel and the pages under every fault",
    "channels/web/test_fuzzing": "the channel under generated requests",
    "channels/web/test_security": "origins, sessions and headers of the channel and the pages",
    "editing/test_docs": "the pages for editors",
    "editing/test_rules": "each rule of checks.py, case by case; test_checks.py tests the whole",
    "editing/test_seeds": "data/facts against the documents that the project began with",
    "editing/test_tutorials": "docs/tutorials",
    "privacy/test_identifiers": "redaction as a whole, in figures",
    "privacy/test_log_records": "exceptions in logs.py; test_logs.py tests the rest",
    "privacy/test_pasted_text": "redaction as a whole, on what people paste",
    "privacy/test_redaction_cost": "what redaction as a whole costs",
    "store/test_writers": "the tracker store of several processes",
    "turn/test_dialogue": "whole conversations",
    "turn/test_guided": "whole guided conversations",
    "turn/test_long_pause": "a conversation after weeks",
    "turn/test_urgent_under_faults": "a turn under every fault",
}
"""Tests of more or less than one module, and of what."""


def test_a_test_has_the_name_of_its_module(project: Project) -> None:
    unnamed = set()
    for path in (project.root / "tests").rglob("test_*.py"):
        name = path.relative_to(project.root / "tests").with_suffix("")
        package = project.root if name.parts[0] == "actions" else project.root / "assistant"
        module = package / name.parent / name.name.removeprefix("test_")
        places = (module.with_suffix(".py"), module / "__init__.py")
        if not any(place.is_file() for place in places):
            unnamed.add(name)
    about_no_package = {name for name in unnamed if name.parts[0] in ABOUT_NO_PACKAGE}
    assert {str(name) for name in unnamed - about_no_package} == set(ABOUT_NO_MODULE)
    assert {name.parts[0] for name in about_no_package} == set(ABOUT_NO_PACKAGE)


WITHOUT_A_TEST_OF_THEIR_OWN = {
    "__main__",
    "actions/human_contacts",
    "answers/changes",
    "answers/find",
    "answers/kept",
    "answers/words",
    "channels/addresses",
    "channels/base",
    "channels/feedback",
    "channels/limits",
    "channels/teams/activity",
    "channels/teams/auth",
    "channels/teams/cards",
    "channels/teams/connector",
    "channels/teams/output",
    "channels/teams/settings",
    "channels/web/changes_page",
    "channels/web/headers",
    "channels/web/sessions",
    "channels/web/settings",
    "channels/web/supervision",
    "channels/web/templating",
    "cli/commands/changes",
    "cli/console",
    "cli/loading",
    "editing/change_log",
    "editing/content_to_check",
    "editing/evidence",
    "editing/grouping",
    "editing/history",
    "editing/owners",
    "editing/parse",
    "editing/questions",
    "editing/readings",
    "editing/registers",
    "editing/report",
    "editing/standard",
    "editing/told",
    "editing/urgent",
    "evaluation/console",
    "evaluation/html",
    "evaluation/questions",
    "guidance/library",
    "guidance/patterns",
    "guidance/problems",
    "guidance/table_cells",
    "guidance/welsh",
    "guidance/yaml_lines",
    "operations/desk/room",
    "operations/desk/server",
    "operations/desk/sign_on",
    "operations/unavailable",
    "project",
    "store/database",
    "store/event_broker",
    "store/locks",
    "turn/choices",
    "turn/in_process_actions",
    "turn/nlg",
    "turn/official",
    "turn/outcome",
    "turn/processor",
    "understanding/answer_policy",
    "understanding/component",
    "understanding/language",
    "understanding/language_finder",
    "understanding/safe_reply",
    "understanding/sentence_encoder",
    "understanding/voice_finder",
    "understanding/welsh_examples",
    "understanding/welsh_reader",
    "understanding/word_vectors",
}
"""Modules that the tests of others use. The list may only get shorter: a new module has a test of
its name."""


def test_a_module_has_a_test_of_its_name(project: Project) -> None:
    without = set()
    for folder, package in (("assistant", "assistant"), (".", "actions")):
        for path in (project.root / package).rglob("*.py"):
            former = path.read_text(encoding="utf-8").startswith('"""Former name of ')
            name = path.relative_to(project.root / folder).with_suffix("")
            test = project.root / "tests" / name.parent / f"test_{name.name}.py"
            if name.name != "__init__" and not former and not test.is_file():
                without.add(str(name))
    assert without == WITHOUT_A_TEST_OF_THEIR_OWN


BODY_LINES = 40
"""What fits a screen, and is read at once. ruff counts statements and branches, not lines."""


def bodies(code: str) -> Iterator[tuple[str, int]]:
    """The functions and the lines of each that are no heading and no docstring."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            last = body[-1].end_lineno if body else None
            yield node.name, last - body[0].lineno + 1 if last else 0


def test_a_function_is_read_on_one_screen(project: Project) -> None:
    found = [
        (path.name, name, lines)
        for package in ("assistant", "actions")
        for path in (project.root / package).rglob("*.py")
        for name, lines in bodies(path.read_text(encoding="utf-8"))
    ]
    assert len(found) > 1000
    assert not [one for one in found if one[2] > BODY_LINES]
