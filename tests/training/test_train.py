"""What runs is what is written: a model is current exactly as long as what it is made of is."""

from __future__ import annotations

import ast
import gc
import hashlib
import importlib
import importlib.metadata
import inspect
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
from pathlib import Path
from typing import Any, Callable, Optional

import numpy as np
import pytest
import rasa.model_training
import yaml
from rasa.model_training import TrainingResult
from rasa.shared.utils.io import is_logging_disabled

import assistant
from assistant.answers import current_content
from assistant.guidance.digests import LEARNED_FROM
from assistant.project import Project
from assistant.training.train import (
    STAMP,
    TrainingError,
    altered_members,
    archive_of,
    current_model,
    model_fingerprint,
    train,
)
from assistant.turn.official import ALWAYS_URGENT
from assistant.understanding.component import StoredComponent
from assistant.understanding.sentence_encoder import SentenceEncoder
from tests.conftest import Edit

PACKAGE = Path(assistant.__file__).parent


# --- components: Rasa's cache sees a component's own source only -----------------------


def pipeline(project_root: Path) -> list[type]:
    """Our own components of ``config.yml``."""
    config = yaml.safe_load((project_root / "config.yml").read_text(encoding="utf-8"))
    names = [entry["name"] for entry in config["pipeline"] if "." in entry["name"]]
    found = []
    for name in names:
        where, _, what = name.rpartition(".")
        found.append(getattr(importlib.import_module(where), what))
    return found


COMPONENTS = pipeline(PACKAGE.parent)
STORED = [one for one in COMPONENTS if issubclass(one, StoredComponent)]


def made_of(component: type) -> list[Path]:
    """The files whose change a component must be learned anew for, as it says itself."""
    names: tuple[str, ...] = getattr(component, "made_of", ())
    base = inspect.getfile(StoredComponent)
    return [Path(inspect.getfile(component)), Path(base), *(PACKAGE / name for name in names)]


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Callable[[Optional[Path]], None]:
    """Have one file read as if a constant in it were another; None restores it."""
    read = Path.read_bytes
    changed: list[Path] = []

    def altered(path: Path) -> bytes:
        content = read(path)
        return content.replace(b"= ", b"= 1 + ", 1) + b"#" if path in changed else content

    def swap(path: Optional[Path]) -> None:
        changed[:] = [path] if path else []

    monkeypatch.setattr(Path, "read_bytes", altered)
    return swap


@pytest.mark.parametrize(
    ("component", "file"), [(one, file) for one in STORED for file in made_of(one)]
)
def test_a_changed_constant_is_learned_and_a_restored_one_is_not(
    component: type[StoredComponent], file: Path, change: Callable[[Optional[Path]], None]
) -> None:
    assert file.is_file(), f"{component.__name__}.made_of names what is not there"
    before = component.fingerprint_addon({})
    assert component.fingerprint_addon({}) == before
    change(file)
    assert component.fingerprint_addon({}) != before
    change(None)
    assert component.fingerprint_addon({}) == before


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_changed_shorthand_is_learned_by_every_component_that_reads_it(
    component: type, change: Callable[[Optional[Path]], None], project: Project
) -> None:
    reads = component is SentenceEncoder or SHORTHAND in getattr(component, "made_of", ())
    addon = getattr(component, "fingerprint_addon", lambda config: None)
    before = addon({})
    change(project.data / "shorthand.yml")
    assert (addon({}) != before) == reads
    change(None)
    assert addon({}) == before


SHORTHAND = "guidance/shorthand.py"

AT_RUN_TIME = {
    "understanding/urgency_patterns.py": "asked when a message comes, not learned",
    "understanding/vector_cache.py": "of the encoder's node",
}
"""Modules that a component uses and has not learned from."""


@pytest.mark.parametrize("component", STORED)
def test_no_module_that_a_component_is_made_of_is_left_out(
    component: type[StoredComponent],
) -> None:
    """``made_of`` is written by hand: whatever it imports, and they, must be in it."""
    own = module_of(component)
    others = {module_of(one) for one in COMPONENTS}  # each a node of its own
    used = imported(own) - others - {"understanding/component.py", *AT_RUN_TIME}
    assert used <= set(component.made_of), component.__name__


def module_of(component: type) -> str:
    return Path(inspect.getfile(component)).relative_to(PACKAGE).as_posix()


def imported(name: str, seen: Optional[set[str]] = None) -> set[str]:
    """The modules of understanding that a module imports, and they, and so on; and shorthand."""
    seen = set() if seen is None else seen
    seen.add(name)
    tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
    froms = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    used = {
        where.removeprefix("assistant.").replace(".", "/") + ".py"
        for where in froms
        if where.startswith("assistant.understanding.") or where.endswith(".shorthand")
    }
    for one in used - seen - {"understanding/component.py", *AT_RUN_TIME}:
        imported(one, seen)
    return seen


def test_another_encoder_or_preparation_is_another_encoding(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[Optional[Path]], None]
) -> None:
    before = SentenceEncoder.fingerprint_addon({})
    for file in (
        "guidance/shorthand.py",
        "understanding/encoder.py",
        "understanding/vector_cache.py",
    ):
        change(PACKAGE / file)
        assert SentenceEncoder.fingerprint_addon({}) != before, file
    change(None)
    assert SentenceEncoder.fingerprint_addon({}) == before
    monkeypatch.setattr("assistant.understanding.sentence_encoder.MODEL_SHA256", "another")
    assert SentenceEncoder.fingerprint_addon({}) != before


# --- the model -------------------------------------------------------------------------


def append(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


def test_a_copy_elsewhere_is_the_same_model(project: Project, copy: Project) -> None:
    assert model_fingerprint(copy) == model_fingerprint(project)
    assert current_model(copy) is None


MADE_OF = [
    "data/questions/talk/recording.yml",
    "data/voices/child.yml",
    "data/urgency/examples/child-user.yml",
    "data/urgency/not-urgent.yml",
    "data/nlu/conversation.yml",
    "data/rules.yml",
    "data/shorthand.yml",
    "config.yml",
]


@pytest.mark.parametrize("name", MADE_OF)
def test_changed_examples_are_another_model(copy: Project, name: str) -> None:
    before = model_fingerprint(copy)
    append(copy.root / name)
    assert model_fingerprint(copy) != before


SAID = [
    "data/guidance/talk/recording.yml",
    "data/urgency/replies/child-user.yml",
    "data/urgency/patterns.yml",
    "data/urgency/harm.yml",
    "data/contacts.yml",
    "data/sources.yml",
    "data/facts/talk-and-urgent.yml",
    "data/guided/signs.yml",
    "data/roles.yml",
    "data/services.yml",
    "data/languages.yml",
    "domain.yml",
]


@pytest.mark.parametrize("name", SAID)
def test_a_changed_answer_is_the_same_model(copy: Project, name: str) -> None:
    before = model_fingerprint(copy)
    append(copy.root / name)
    assert model_fingerprint(copy) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("data/guidance/learning", "data/guidance/lessons"),
        ("data/questions/learning", "data/questions/lessons"),
        ("data/guidance/talk/recording.yml", "data/guidance/talk/notes.yml"),
        ("data/urgency/replies/child-user.yml", "data/urgency/replies/child.yml"),
        ("data/guided/signs.yml", "data/guided/walk.yml"),
    ],
)
def test_a_renamed_topic_folder_or_page_is_another_model(copy: Project, old: str, new: str) -> None:
    """It changes the names that the model knows."""
    before = model_fingerprint(copy)
    (copy.root / old).rename(copy.root / new)
    assert model_fingerprint(copy) != before
    (copy.root / new).rename(copy.root / old)
    assert model_fingerprint(copy) == before


def test_names_of_pages_roles_slots_and_intents_are_part_of_it(
    copy: Project, content: Path, edit: Edit
) -> None:
    seen = {model_fingerprint(copy)}
    edit("guided/signs.yml", "  emotional:\n", "  feelings:\n")
    seen.add(model_fingerprint(copy))
    edit("roles.yml", "  police:\n", "  constabulary:\n")
    seen.add(model_fingerprint(copy))
    domain = copy.domain.read_text(encoding="utf-8")
    copy.domain.write_text(domain.replace("  - goodbye:", "  - farewell:", 1))
    seen.add(model_fingerprint(copy))
    assert len(seen) == 4


def test_words_of_a_hand_written_response_are_no_part_of_it(copy: Project) -> None:
    before = model_fingerprint(copy)
    domain = copy.domain.read_text(encoding="utf-8")
    assert "You are welcome." in domain
    copy.domain.write_text(domain.replace("You are welcome.", "My pleasure."))
    assert model_fingerprint(copy) == before


@pytest.mark.parametrize(
    "name",
    [
        "understanding/readers.py",
        "training/importer.py",
        "guidance/names.py",
        "guidance/shorthand.py",
    ],
)
def test_changed_code_is_another_model(
    copy: Project, name: str, change: Callable[[Optional[Path]], None]
) -> None:
    before = model_fingerprint(copy)
    change(PACKAGE / name)
    assert model_fingerprint(copy) != before


def test_another_rasa_is_another_model(copy: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = model_fingerprint(copy)
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "3.6.99")
    assert model_fingerprint(copy) != before


# --- the archive -----------------------------------------------------------------------

MEMBERS = {"components/a/labels.json": b"[1]", "components/b/weights.npz": b"\0" * 5000}


class Trainings:
    """Stands in for Rasa's training: counts, and writes a small archive."""

    def __init__(self) -> None:
        self.count = 0
        self.hold: Optional[threading.Event] = None
        self.begun = threading.Event()
        self.fails = False

    def __call__(self, *, output: str, **_: Any) -> TrainingResult:
        self.count += 1
        self.begun.set()
        if self.hold is not None:
            assert self.hold.wait(30)
        if self.fails:
            return TrainingResult(code=1)
        return TrainingResult(str(write_archive(Path(output) / "made.tar.gz", MEMBERS)))


def write_archive(path: Path, members: dict[str, bytes]) -> Path:
    """A folder without content is in it too, as Rasa writes it."""
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        folder = tarfile.TarInfo("components")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
    return path


def members_of(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        files = [member for member in tar if member.isfile()]
        return {one.name: tar.extractfile(one).read() for one in files}  # type: ignore[union-attr]


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> Trainings:
    for name in ("LOG_LEVEL", "RASA_CACHE_DIRECTORY"):  # train sets them; put back afterwards
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    made = Trainings()
    monkeypatch.setattr(rasa.model_training, "train", made)
    return made


def test_a_trained_model_is_current_until_its_examples_change(
    copy: Project, trainings: Trainings
) -> None:
    archive = train(copy)
    assert archive == archive_of(copy) == current_model(copy)
    assert train(copy) == archive and trainings.count == 1
    append(copy.data / "questions" / "talk" / "recording.yml")
    assert current_model(copy) is None
    train(copy)
    assert trainings.count == 2 and current_model(copy) == archive


def test_rasa_shows_no_bars_of_its_own(
    copy: Project, trainings: Trainings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[bool] = []

    def rasas(**_: Any) -> TrainingResult:
        shown.append(not is_logging_disabled())
        return TrainingResult(code=1)

    monkeypatch.setattr(rasa.model_training, "train", rasas)
    with pytest.raises(TrainingError, match="code 1"):
        train(copy)
    assert shown == [False]


def test_the_archive_is_whole_and_says_first_what_it_is_made_of(
    copy: Project, trainings: Trainings
) -> None:
    archive = train(copy)
    with tarfile.open(archive) as tar:
        assert tar.getnames()[0] == STAMP
    kept = members_of(archive)
    stamp = json.loads(kept.pop(STAMP))
    assert kept == MEMBERS
    assert stamp["fingerprint"] == model_fingerprint(copy)
    assert stamp["members"] == {n: hashlib.sha256(c).hexdigest() for n, c in MEMBERS.items()}
    assert sorted(path.name for path in copy.models.iterdir()) == [".training", archive.name]


def truncate(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-200])


def flip(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(bytes(content))


def empty(archive: Path) -> None:
    archive.write_bytes(b"")


def no_archive(archive: Path) -> None:
    archive.write_text("not an archive")


def no_stamp(archive: Path) -> None:
    write_archive(archive, MEMBERS)


def stamp_of_nothing(archive: Path) -> None:
    write_archive(archive, {STAMP: b"not json", **MEMBERS})


@pytest.mark.parametrize("damage", [truncate, flip, empty, no_archive, no_stamp, stamp_of_nothing])
def test_a_damaged_archive_is_noticed_and_healed(
    copy: Project, trainings: Trainings, damage: Callable[[Path], None]
) -> None:
    archive = train(copy)
    damage(archive)
    assert altered_members(archive)
    assert current_model(copy) is None
    assert train(copy) == archive and trainings.count == 2
    assert altered_members(archive) == [] and current_model(copy) == archive


def test_a_missing_archive_is_no_model(copy: Project, trainings: Trainings) -> None:
    assert current_model(copy) is None
    assert altered_members(archive_of(copy)) == [archive_of(copy).name]


@pytest.mark.parametrize(
    ("change_to", "named"),
    [
        ({"components/a/labels.json": b"[2]"}, ["components/a/labels.json"]),
        ({"components/c/added.json": b"{}"}, ["components/c/added.json"]),
        ({"components/a/labels.json": None}, ["components/a/labels.json"]),
    ],
)
def test_an_altered_member_is_named(
    copy: Project, trainings: Trainings, change_to: dict[str, Any], named: list[str]
) -> None:
    archive = train(copy)
    members = members_of(archive) | change_to
    write_archive(archive, {name: one for name, one in members.items() if one is not None})
    assert next(iter(members)) == STAMP, "it is where it was"
    assert altered_members(archive) == named
    assert current_model(copy) is None


def test_two_trainings_at_once_are_one(
    copy: Project, trainings: Trainings, capsys: pytest.CaptureFixture[str]
) -> None:
    trainings.hold = threading.Event()
    made: list[Path] = []
    first, second = (threading.Thread(target=lambda: made.append(train(copy))) for _ in range(2))
    first.start()
    assert trainings.begun.wait(30)
    second.start()
    while "Another training is under way" not in (said := capsys.readouterr().err):
        assert second.is_alive(), said
    trainings.hold.set()
    first.join(30)
    second.join(30)
    assert made == [archive_of(copy)] * 2
    assert trainings.count == 1


def test_a_training_that_fails_leaves_the_model_before_and_nothing_else(
    copy: Project, trainings: Trainings
) -> None:
    archive = train(copy)
    before = archive.read_bytes()
    append(copy.data / "rules.yml")
    trainings.fails = True
    with pytest.raises(TrainingError):
        train(copy)
    assert archive.read_bytes() == before
    assert sorted(path.name for path in copy.models.iterdir()) == [".training", archive.name]
    trainings.fails = False
    train(copy)
    assert current_model(copy) == archive


@pytest.mark.parametrize("looked_before", [True, False])
def test_nothing_is_looked_through_for_garbage_while_training(
    copy: Project, monkeypatch: pytest.MonkeyPatch, looked_before: bool
) -> None:
    """All of it stays; afterwards, even after a failure, it is as it was."""
    looked: list[bool] = []

    def rasas(**_: Any) -> TrainingResult:
        looked.append(gc.isenabled())
        return TrainingResult(code=1)

    monkeypatch.setattr(rasa.model_training, "train", rasas)
    was = gc.isenabled()
    try:
        (gc.enable if looked_before else gc.disable)()
        with pytest.raises(TrainingError):
            train(copy)
        assert looked == [False] and gc.isenabled() == looked_before
    finally:
        (gc.enable if was else gc.disable)()


# --- the real one ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("component", "files"),
    [
        ("SentenceEncoder", {"encoder.json"}),
        ("WordFeaturizer", {"words.marisa", "letters.marisa", "words.npz"}),
        ("TopicClassifier", {"labels.json", "sentence-weights.npz", "words-weights.npz"}),
        ("VoiceFinder", {"labels.json", "sentence-weights.npz", "words-weights.npz"}),
        ("SignpostFinder", {"labels.json", "sentence-weights.npz", "words-weights.npz"}),
        ("PointFinder", {"points.npz"}),
        ("UrgencyDetector", {"urgent-kernel.npz", "urgent-sentences.npz", "urgent-words.npz"}),
        ("LanguageFinder", {"words.json"}),
    ],
)
def test_the_components_are_in_the_archive(model: Path, component: str, files: set[str]) -> None:
    found = {Path(name).name for name in members_of(model) if f".{component}" in name}
    assert found == files


def test_nothing_in_the_archive_can_run_as_code(model: Path) -> None:
    for name, content in members_of(model).items():
        assert Path(name).suffix in (".json", ".yml", ".npz", ".marisa"), name
        if name.endswith(".npz"):
            with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
                assert all(arrays[one].dtype != object for one in arrays), name


def test_the_archive_begins_with_a_stamp_of_every_member(model: Path, project: Project) -> None:
    files = members_of(model)
    assert next(iter(files)) == STAMP
    stamp = json.loads(files.pop(STAMP))
    assert stamp["fingerprint"] == model_fingerprint(project)
    assert stamp["members"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }


def test_no_answer_is_in_the_archive(model: Path) -> None:
    content = current_content()
    whole = b"".join(one for name, one in members_of(model).items() if not name.endswith(".npz"))
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
    for name in LEARNED_FROM:
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
