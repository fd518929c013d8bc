"""A server needs nothing but the archive, the content and the installed packages."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Callable, Optional

import numpy as np
import pytest

from assistant.answers import current_content
from assistant.project import Project, ProjectError, find_project
from assistant.training.train import (
    STAMP,
    altered_members,
    archive_of,
    current_model,
    model_fingerprint,
)
from assistant.turn.official import ALWAYS_URGENT

EXAMPLES = ("questions", "voices", "nlu", "rules.yml", "urgency/examples", "urgency/not-urgent.yml")
"""What only training reads."""


def members(archive: Path) -> dict[str, bytes]:
    """The files of an archive, in its order."""
    read: dict[str, bytes] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file is not None:
                read[member.name] = file.read()
    return read


def written(archive: Path, files: dict[str, bytes]) -> Path:
    """An archive of these files."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return archive


def stamped(fingerprint: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with the stamp of an archive that was trained with them."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    stamp = {"fingerprint": fingerprint, "members": digests}
    return {STAMP: json.dumps(stamp).encode(), **files}


# --- the archive -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("component", "files"),
    [
        ("SentenceEncoder", {"encoder.json"}),
        ("WordFeaturizer", {"words.json", "words.npz"}),
        ("TopicClassifier", {"labels.json", "sentence-weights.npz", "words-weights.npz"}),
        ("VoiceFinder", {"labels.json", "sentence-weights.npz", "words-weights.npz"}),
        ("UrgencyDetector", {"urgent-kernel.npz", "urgent-sentences.npz", "urgent-words.npz"}),
        ("LanguageFinder", {"english.json"}),
    ],
)
def test_the_components_are_in_the_archive(model: Path, component: str, files: set[str]) -> None:
    found = {Path(name).name for name in members(model) if f".{component}" in name}
    assert found == files


def test_nothing_in_the_archive_can_run_as_code(model: Path) -> None:
    for name, content in members(model).items():
        assert Path(name).suffix in (".json", ".yml", ".npz"), name
        if name.endswith(".npz"):
            with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
                assert all(arrays[one].dtype != object for one in arrays), name


def test_the_archive_begins_with_a_stamp_of_every_member(model: Path, project: Project) -> None:
    files = members(model)
    assert next(iter(files)) == STAMP
    stamp = json.loads(files.pop(STAMP))
    assert stamp["fingerprint"] == model_fingerprint(project)
    assert stamp["members"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }


def test_no_answer_is_in_the_archive(model: Path) -> None:
    content = current_content()
    whole = b"".join(one for name, one in members(model).items() if not name.endswith(".npz"))
    for one in content.answer_ids:
        answer = content.answer(one)
        assert answer is not None and answer.lead.encode() not in whole, one


# --- away from the project -------------------------------------------------------------


def ask_away(model: Path, home: Path, checks: str) -> None:
    """Ask one question in a process of its own whose home is another folder."""
    script = (
        "import asyncio, sys\n"
        "from assistant.training.without_tensorflow import keep_tensorflow_out\n"
        "keep_tensorflow_out()\n"
        "from pathlib import Path\n"
        "from assistant.turn.assistant import Assistant\n"
        "assistant = Assistant.load(Path(sys.argv[1]))\n"
        "reply = asyncio.run(assistant.reply('what is a section 47 enquiry', 'x'))\n"
        f"{checks}\n"
        "assert not hasattr(sys.modules.get('tensorflow'), '__file__'), 'TensorFlow was loaded'\n"
    )
    package = Path(__file__).parents[2]
    environment = {**os.environ, "NOTICE_HOME": str(home), "PYTHONPATH": str(package)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, str(model)],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_archive_answers_with_the_content_and_without_the_examples(
    model: Path, copy: Project
) -> None:
    # Any reading of examples while serving would fail.
    for name in EXAMPLES:
        path = copy.data / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    ask_away(model, copy.root, "assert reply.topic == 'respond/section-47', reply")
    assert copy.content.is_file(), "compiled at the first answer"


def test_without_content_the_archive_answers_nothing_but_says_whom_to_call(
    model: Path, tmp_path: Path
) -> None:
    ask_away(
        model,
        tmp_path,
        f"assert reply.failed and reply.text.startswith({ALWAYS_URGENT!r}), reply\n"
        "assert reply.topic is None and reply.answer is None, reply",
    )


# --- whether a model is current --------------------------------------------------------


def append(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


LEARNED: list[tuple[str, Callable[[Path], None]]] = [
    ("questions", lambda root: append(root / "data/questions/talk/recording.yml")),
    ("a voice", lambda root: append(root / "data/voices/child.yml")),
    ("urgent examples", lambda root: append(root / "data/urgency/examples/child-user.yml")),
    ("what is not urgent", lambda root: append(root / "data/urgency/not-urgent.yml")),
    ("conversation", lambda root: append(root / "data/nlu/conversation.yml")),
    ("rules", lambda root: append(root / "data/rules.yml")),
    ("configuration", lambda root: append(root / "config.yml")),
    ("a topic's name", lambda root: rename(root / "data/guidance/talk/recording.yml")),
    ("a situation's name", lambda root: rename(root / "data/urgency/replies/child-user.yml")),
    ("an intent", lambda root: replace(root / "domain.yml", "- greet:", "- welcome:")),
]

SAID = [
    "data/guidance/talk/recording.yml",
    "data/urgency/replies/child-user.yml",
    "data/urgency/harm.yml",
    "data/urgency/patterns.yml",
    "data/contacts.yml",
    "domain.yml",
]


def rename(path: Path) -> None:
    path.rename(path.with_name("renamed.yml"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(("what", "change"), LEARNED)
def test_what_is_learned_makes_another_model(
    project: Project, copy: Project, what: str, change: Callable[[Path], None]
) -> None:
    assert model_fingerprint(copy) == model_fingerprint(project)
    change(copy.root)
    assert model_fingerprint(copy) != model_fingerprint(project), what


@pytest.mark.parametrize("name", SAID)
def test_what_is_said_trains_nothing(project: Project, copy: Project, name: str) -> None:
    append(copy.root / name)
    assert model_fingerprint(copy) == model_fingerprint(project)


@pytest.fixture
def trained(copy: Project) -> Project:
    """A copy with an archive that is stamped as its own."""
    files = {"metadata.json": b"{}", "components/weights.npz": b"weights"}
    written(archive_of(copy), stamped(model_fingerprint(copy), files))
    return copy


def test_only_a_model_of_these_examples_is_current(trained: Project) -> None:
    assert current_model(trained) == archive_of(trained)
    append(trained.data / "questions" / "talk" / "recording.yml")
    assert current_model(trained) is None


def test_without_an_archive_no_model_is_current(copy: Project) -> None:
    assert current_model(copy) is None


@pytest.mark.parametrize(
    ("change", "altered"),
    [
        ({"metadata.json": b"{ }"}, ["metadata.json"]),
        ({"components/more.npz": b"more"}, ["components/more.npz"]),
        ({"components/weights.npz": None}, ["components/weights.npz"]),
        ({STAMP: None}, ["notice.tar.gz"]),
        ({STAMP: b"no stamp"}, ["notice.tar.gz"]),
    ],
)
def test_an_archive_that_is_not_as_it_was_trained_is_not_current(
    trained: Project, change: dict[str, Optional[bytes]], altered: list[str]
) -> None:
    files = {**members(archive_of(trained)), **change}
    left = {name: content for name, content in files.items() if content is not None}
    archive = written(archive_of(trained), left)
    assert altered_members(archive) == altered
    assert current_model(trained) is None


@pytest.mark.parametrize("written_in", [b"", b"no archive"])
def test_an_archive_that_cannot_be_read_is_not_current(trained: Project, written_in: bytes) -> None:
    archive_of(trained).write_bytes(written_in)
    assert altered_members(archive_of(trained)) == ["notice.tar.gz"]
    assert current_model(trained) is None


def test_an_archive_cut_short_is_not_current(trained: Project) -> None:
    whole = archive_of(trained).read_bytes()
    archive_of(trained).write_bytes(whole[: len(whole) // 2])
    assert altered_members(archive_of(trained))
    assert current_model(trained) is None


def test_no_project_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTICE_HOME", str(tmp_path))
    with pytest.raises(ProjectError, match="run notice in the folder that holds config.yml"):
        find_project()
