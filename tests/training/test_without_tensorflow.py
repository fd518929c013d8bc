"""Components that need TensorFlow are found by what their modules import."""

from __future__ import annotations

import importlib
import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import Callable, Iterator

import pytest
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes import default_components

from assistant.project import Project
from assistant.training.without_tensorflow import (
    TensorFlowNeededError,
    needs_tensorflow,
    refuse_tensorflow_components,
)

OF_RASA = {
    "ConveRTFeaturizer",
    "DIETClassifier",
    "LanguageModelFeaturizer",
    "ResponseSelector",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
}

COMPONENT = "\nclass Component:\n    pass\n"
NEED = {
    "at the top": "import tensorflow as tf" + COMPONENT,
    "a part of it": "from tensorflow.keras import backend" + COMPONENT,
    "keras": "import keras" + COMPONENT,
    "in a method": "class Component:\n    def process(self):\n        import tensorflow_hub\n",
    "a try": "try:\n    import tensorflow\nexcept ImportError:\n    pass" + COMPONENT,
    "a class of Rasa's": "from rasa.utils.tensorflow.models import RasaModel" + COMPONENT,
    "a module of Rasa's": "from rasa.utils.tensorflow import rasa_layers" + COMPONENT,
    "another module of Rasa's": "import rasa.utils.tensorflow.layers as layers" + COMPONENT,
    "a parent": (
        "from rasa.nlu.classifiers import diet_classifier as diet\n"
        "class Component(diet.DIETClassifier):\n    pass\n"
    ),
}
NO_NEED = {
    "nothing": "import json\nfrom rasa.shared.nlu.training_data.message import Message" + COMPONENT,
    "constants": "from rasa.utils.tensorflow.constants import EPOCHS" + COMPONENT,
    "tools": "import rasa.utils.train_utils\nfrom rasa.utils import train_utils" + COMPONENT,
    "for type checkers": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import tensorflow" + COMPONENT
    ),
}


@pytest.fixture
def component(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], type]]:
    """Makes a component of a module's source."""
    monkeypatch.syspath_prepend(tmp_path)
    made = []

    def make(source: str) -> type:
        name = f"custom_{abs(hash(source))}"
        (tmp_path / f"{name}.py").write_text(source)
        made.append(name)
        found: type = importlib.import_module(name).Component
        return found

    yield make
    for name in made:
        del sys.modules[name]


def test_of_rasas_own_components_those_that_compute_with_it() -> None:
    named = [one for one in vars(default_components).values() if inspect.isclass(one)]
    own = {one for one in named if issubclass(one, GraphComponent)}
    assert len(own) > 25
    assert {found.__name__ for found in own if needs_tensorflow(found)} == OF_RASA


def test_none_of_the_projects_components(project: Project) -> None:
    names = [
        line.split("#")[0].split("name:")[1].strip()
        for line in project.config.read_text().splitlines()
        if "- name: assistant." in line and "Importer" not in line
    ]
    assert len(names) > 3
    for name in names:
        module, _, attribute = name.rpartition(".")
        assert not needs_tensorflow(getattr(importlib.import_module(module), attribute)), name


@pytest.mark.parametrize("source", NEED.values(), ids=NEED.keys())
def test_a_component_of_ones_own_that_imports_it(
    component: Callable[[str], type], source: str
) -> None:
    found = component(source)
    assert needs_tensorflow(found)
    with pytest.raises(TensorFlowNeededError, match="Component cannot run without TensorFlow"):
        refuse_tensorflow_components([str, found])


@pytest.mark.parametrize("source", NO_NEED.values(), ids=NO_NEED.keys())
def test_a_component_of_ones_own_that_does_not(
    component: Callable[[str], type], source: str
) -> None:
    found = component(source)
    assert not needs_tensorflow(found)
    refuse_tensorflow_components([found])


def test_a_relative_import_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    package = tmp_path / "custom_package"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "layers.py").write_text("import tensorflow as tf\n")
    (package / "component.py").write_text("from . import layers" + COMPONENT)
    assert needs_tensorflow(importlib.import_module("custom_package.component").Component)


def test_decorators_and_constants_of_a_module_pass(component: Callable[[str], type]) -> None:
    found = component(
        "import tensorflow as tf\n"
        "ZERO = tf.constant(0)\n"
        "class Layer(tf.keras.layers.Layer):\n"
        "    @tf.function(reduce_retracing=True)\n"
        "    def double(self, value: tf.Tensor):\n"
        "        return 2 * value\n"
        "class Component(Layer):\n"
        "    pass\n"
    )
    assert found.double(None, 4) == 8  # type: ignore[attr-defined]


def test_what_would_compute_with_a_placeholder_says_so(component: Callable[[str], type]) -> None:
    found = component(
        "from rasa.utils.tensorflow import models\n"
        "class Component:\n"
        "    def layer(self):\n"
        "        return models.RasaModel()\n"
        "    def number(self):\n"
        "        return models.tf.constant(1)\n"
    )
    for compute, what in (("layer", "RasaModel"), ("number", "constant")):
        with pytest.raises(TensorFlowNeededError, match=f"{what} cannot run"):
            getattr(found(), compute)()


def test_there_is_no_tensorflow_here() -> None:
    script = "import importlib.util as i, sys; sys.exit(bool(i.find_spec('tensorflow')))"
    done = subprocess.run([sys.executable, "-c", script], env=os.environ, check=False)
    assert done.returncode == 0
