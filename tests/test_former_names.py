"""What 0.1's config.yml and endpoints.yml name is found where it is now, until 0.3."""

from __future__ import annotations

import importlib
import sys

import pytest
from rasa.shared.utils.common import class_from_module_path

from assistant.project import Project

NAMES = {
    "assistant.importer.GuidanceImporter": "assistant.training.importer",
    "assistant.locks.RedisLockStore": "assistant.store.locks",
    "assistant.nlu.role_finder.RoleFinder": "assistant.understanding.role_finder",
    "assistant.nlu.sentence_encoder.SentenceEncoder": "assistant.understanding.sentence_encoder",
    "assistant.nlu.topic_classifier.TopicClassifier": "assistant.understanding.topic_classifier",
    "assistant.nlu.urgency_detector.UrgencyDetector": "assistant.understanding.urgency_detector",
    "assistant.policies.urgent_first.UrgentFirst": "assistant.understanding.answer_policy",
    "assistant.privacy.tracker_store.RedactingTrackerStore": "assistant.store.tracker_store",
}
"""Every class of ours that those files held at 0.1 and that has moved since."""


@pytest.mark.parametrize(("former", "module"), NAMES.items())
def test_rasa_finds_a_class_by_its_former_name(
    former: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, _, name = former.rpartition(".")
    monkeypatch.delitem(sys.modules, old, raising=False)  # a module warns once
    with pytest.warns(DeprecationWarning, match=f"in place of {old} write {module}$"):
        found = class_from_module_path(former)
    assert found is getattr(importlib.import_module(module), name)


def test_every_module_of_former_names_is_held_here(project: Project) -> None:
    held = {former.rpartition(".")[0] for former in NAMES}
    written = set()
    for path in (project.root / "assistant").rglob("*.py"):
        if path.read_text(encoding="utf-8").startswith('"""Former name of '):
            written.add(".".join(path.relative_to(project.root).with_suffix("").parts))
    assert written == held
