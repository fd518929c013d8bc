"""What a server loads when it starts, and how large what it loads is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assistant.project import Project

MEGABYTE = 1024 * 1024
LARGEST_ARCHIVE = 40 * MEGABYTE
LARGEST_CONTENT = 3 * MEGABYTE

MOST_MODULES = 3700
"""A tenth more than today; most of them are Rasa's and what it needs."""

ABSENT = (
    "tensorflow keras jax torch transformers presidio_analyzer presidio_anonymizer spacy pandas "
    "sklearn matplotlib pytest IPython faker playwright"
).split()
"""Packages that a server has no use for."""

_SCRIPT = """
import sys
from assistant.training.without_tensorflow import keep_tensorflow_out
keep_tensorflow_out()
import assistant.operations.server
import yaml
from rasa.shared.utils.common import class_from_module_path
configured = yaml.safe_load(open("config.yml"))
for step in configured["pipeline"] + configured["policies"]:
    if step["name"].startswith("assistant."):
        class_from_module_path(step["name"])
# A placeholder has no file.
print("\\n".join(name for name, module in sys.modules.items() if hasattr(module, "__file__")))
"""


def test_what_is_imported_at_the_start(project: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _SCRIPT],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=project.root,
        capture_output=True,
        text=True,
        check=True,
    )
    modules = done.stdout.split()
    assert "rasa.core.agent" in modules
    loaded = {name.partition(".")[0] for name in modules}
    assert loaded.isdisjoint(ABSENT), loaded.intersection(ABSENT)
    assert len(modules) <= MOST_MODULES, len(modules)


def test_the_archive_stays_small(model: Path) -> None:
    assert model.stat().st_size <= LARGEST_ARCHIVE


def test_the_compiled_content_stays_small(project: Project, model: Path) -> None:
    assert project.content.stat().st_size <= LARGEST_CONTENT
