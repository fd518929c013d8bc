"""``notice rasa``: Rasa's own commands in a project of its own, with no TensorFlow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.project import Project

CONFIG = """
recipe: default.v1
assistant_id: small
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: LogisticRegressionClassifier  # kept with skops
  - name: CRFEntityExtractor
policies:
  - name: RulePolicy
  - name: MemoizationPolicy
"""
DOMAIN = """
version: "3.1"
intents: [greet, bye]
entities: [name]
responses:
  utter_greet: [{text: Welcome}]
  utter_bye: [{text: Farewell}]
"""
DATA = """
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hello
    - hi there
    - hello I am [Ann](name)
    - good morning I am [Bob](name)
    - good morning
- intent: bye
  examples: |
    - bye
    - goodbye
    - see you later
    - good night
    - until later
rules:
- rule: greet
  steps: [{intent: greet}, {action: utter_greet}]
- rule: bye
  steps: [{intent: bye}, {action: utter_bye}]
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small Rasa project of its own."""
    root = tmp_path_factory.mktemp("small")
    (root / "data").mkdir()
    (root / "config.yml").write_text(CONFIG)
    (root / "domain.yml").write_text(DOMAIN)
    (root / "data" / "data.yml").write_text(DATA)
    return root


def rasa(
    project: Project, folder: Path, *command: str, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(project.root), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "assistant", "rasa", *command],
        cwd=folder,
        env={**os.environ, "NOTICE_HOME": str(project.root), "PYTHONPATH": paths},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_options_are_rasas(project: Project, tmp_path: Path) -> None:
    version = rasa(project, tmp_path, "--version")
    assert version.returncode == 0 and "3.6.21" in version.stdout
    assert "--cross-validation" in rasa(project, tmp_path, "test", "nlu", "--help").stdout
    assert rasa(project, tmp_path, "no-such-command").returncode == 2


def test_validate_train_parse_test(project: Project, small: Path) -> None:
    validated = rasa(project, small, "data", "validate")
    assert validated.returncode == 0, validated.stderr
    trained = rasa(project, small, "train")
    assert trained.returncode == 0, trained.stderr
    parsed = rasa(project, small, "shell", "nlu", stdin="hello there\n")
    assert '"name": "greet"' in parsed.stdout, parsed.stderr
    tested = rasa(project, small, "test", "nlu", "--nlu", "data/data.yml")
    assert tested.returncode == 0, tested.stderr
    assert (small / "results" / "intent_confusion_matrix.png").is_file()


def test_a_component_that_needs_tensorflow_is_refused_in_a_sentence(
    project: Project, small: Path
) -> None:
    (small / "diet.yml").write_text(CONFIG + "  - name: TEDPolicy\n")
    refused = rasa(project, small, "train", "--config", "diet.yml", "--skip-validation")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        "TEDPolicy cannot run without TensorFlow, which is not installed here. "
        "Use other components in config.yml, or a Rasa installed by itself (Python 3.10)."
    )
    assert "Traceback" not in refused.stderr
