"""The tutorials, followed word for word: on a copy of the content, in a folder beside the code."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import Iterator

import pytest
import yaml

import assistant.channels
from assistant.editing.checks import check_content
from assistant.project import Project
from tests.conftest import Edit

TOPIC = "talk/words-in-another-language"
BLOCK = re.compile(r"^```(?:yaml|python)?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks_of(project: Project, page: str) -> list[str]:
    """What a reader copies, in the order of the page."""
    return BLOCK.findall((project.root / "docs" / "tutorials" / page).read_text(encoding="utf-8"))


@pytest.fixture
def blocks(project: Project) -> list[str]:
    return blocks_of(project, "content.md")


def beginning(blocks: list[str], text: str) -> str:
    (found,) = [block for block in blocks if block.startswith(text)]
    return found


def follow(blocks: list[str], content: Path, edit: Edit) -> None:
    """Sections 2 to 4 of the page."""
    recording = "guidance/talk/recording.yml"
    corrected = beginning(blocks, "Report first. Then").strip()
    edit(recording, corrected.replace(". Then", ", then"), corrected)
    with (content / "contacts.yml").open("a", encoding="utf-8") as contacts:
        contacts.write("\n" + beginning(blocks, "  our-safeguarding-desk:"))
    line = beginning(blocks, "contacts: [our-")
    edit(recording, line.replace("our-safeguarding-desk, ", ""), line)
    line = beginning(blocks, "  - {id: ")
    below = re.search(
        r"^  - \{id: talk/recording,.*\n", (content / "catalogue.yml").read_text("utf-8"), re.M
    )
    assert below is not None
    edit("catalogue.yml", below.group(), below.group() + line)
    for folder, start in (("guidance", "title: "), ("questions", "questions:")):
        written = content / folder / f"{TOPIC}.yml"
        written.write_text(beginning(blocks, start), encoding="utf-8")


def test_the_check_says_what_the_tutorial_says(
    blocks: list[str], content: Path, edit: Edit
) -> None:
    follow(blocks, content, edit)
    said = [
        str(problem).replace(str(content), "data")
        for problem in check_content(content, near_duplicates=True).problems
    ]
    assert said == beginning(blocks, "data/guidance/").splitlines()


# --- add a channel ----------------------------------------------------------------------


@pytest.fixture
def channel_blocks(project: Project) -> list[str]:
    return blocks_of(project, "channel.md")


def named_in(page: str, kind: str) -> str:
    """The one path that the page tells its reader to make."""
    (found,) = set(re.findall(rf"[Nn]ew {kind} `([^`]+)`", page))
    return str(found)


@pytest.fixture
def written(project: Project, channel_blocks: list[str], tmp_path: Path) -> dict[str, Path]:
    """The reader's two files, where the page puts them, below a folder of the test's own."""
    page = (project.root / "docs" / "tutorials" / "channel.md").read_text(encoding="utf-8")
    code, test = (block for block in channel_blocks if block.startswith('"""'))
    files = {named_in(page, "folder") + "__init__.py": code, named_in(page, "file"): test}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name: tmp_path / name for name in files}


def test_the_channel_and_its_test_have_the_names_that_the_repository_wants(
    written: dict[str, Path],
) -> None:
    module, test = map(Path, written)
    assert test.name == f"test_{module.parent.name}.py"
    assert test.parent.relative_to("tests") == module.parent.parent.relative_to("assistant")


def test_the_channel_is_in_the_common_form(project: Project, written: dict[str, Path]) -> None:
    ruff = Path(sys.executable).with_name("ruff")
    for command in (["check"], ["format", "--check"]):
        for name, path in written.items():
            done = subprocess.run(
                [ruff, *command, "--no-cache", "--stdin-filename", name, "-"],
                input=path.read_text(encoding="utf-8"),
                cwd=project.root,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout


@pytest.fixture
def found(
    written: dict[str, Path], channel_blocks: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The name of the channel's class in its credentials, once its folder is among the others."""
    module, _ = written
    folder = written[module].parent.parent
    monkeypatch.setattr(assistant.channels, "__path__", [*assistant.channels.__path__, str(folder)])
    (name,) = yaml.safe_load(beginning(channel_blocks, "assistant.channels."))
    yield str(name)
    sys.modules.pop(name.rpartition(".")[0], None)
    vars(assistant.channels).pop(Path(module).parent.name, None)


def test_the_credentials_name_the_channel_as_it_is(found: str) -> None:
    package, _, name = found.rpartition(".")
    channel = getattr(importlib.import_module(package), name)
    assert channel.from_credentials({"path": "answers.txt"}).name() in package


async def test_the_test_of_the_channel_passes(
    found: str, written: dict[str, Path], request: pytest.FixtureRequest
) -> None:
    _, path = written.values()
    spec = importlib.util.spec_from_file_location("test_of_the_tutorial", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tests = [one for name, one in vars(module).items() if name.startswith("test_")]
    assert tests
    for test in tests:
        wanted = inspect.signature(test).parameters
        await test(**{name: request.getfixturevalue(name) for name in wanted})
