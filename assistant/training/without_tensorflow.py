"""Start Rasa without importing TensorFlow, which this pipeline never uses.

Rasa 3.6 imports TensorFlow while it registers components (DIET, TED, ...), whether or not
the model has any of them: most of the start-up time and of the memory of a small server.
:func:`keep_tensorflow_out` answers those imports with placeholder modules. Their names can
be imported, subclassed and used as annotations and decorators, which is all that Rasa's
modules do with them while they are loaded; nothing can be computed with them.

So that a model which does need TensorFlow is never run on placeholders,
:func:`refuse_tensorflow_components` checks a loaded model's components.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from typing import Any, Iterable, Optional, Sequence

_PACKAGES = ("tensorflow", "keras")

# Rasa's components that compute with TensorFlow.
_NEED_TENSORFLOW = frozenset(
    {
        "ConveRTFeaturizer",
        "DIETClassifier",
        "LanguageModelFeaturizer",
        "ResponseSelector",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
    }
)


class TensorFlowNeededError(RuntimeError):
    """The model has a component that computes with TensorFlow."""


def keep_tensorflow_out() -> None:
    """Put placeholders in TensorFlow's place, unless it is already imported.

    Call it before the first import of ``rasa`` or ``spacy``. Calling it again does nothing.
    """
    if any(package in sys.modules for package in _PACKAGES):
        return
    # thinc asks a TensorFlow that it can import which devices it has. To thinc alone it is
    # not installed: a None in sys.modules makes an import fail.
    sys.modules["tensorflow"] = None  # type: ignore[assignment]
    try:
        import thinc.compat  # noqa: F401
    finally:
        del sys.modules["tensorflow"]
    sys.meta_path.insert(0, _PlaceholderFinder())


def tensorflow_kept_out() -> bool:
    """True if this process runs on placeholders."""
    return any(isinstance(finder, _PlaceholderFinder) for finder in sys.meta_path)


def refuse_tensorflow_components(component_names: Iterable[str]) -> None:
    """Make sure that no component of a model needs what is not there.

    Args:
        component_names: class names of the components in the model's graph.

    Raises:
        TensorFlowNeededError: naming the components, and the mend.
    """
    needing = sorted(_NEED_TENSORFLOW.intersection(component_names))
    if needing and tensorflow_kept_out():
        raise TensorFlowNeededError(
            f"The model uses {', '.join(needing)}, which needs TensorFlow: "
            "run it with `rasa shell` or `rasa run`, or take the component out of config.yml."
        )


class _PlaceholderType(type):
    """A class whose every attribute is another such class, and whose call gives an object."""

    def __getattr__(cls, name: str) -> _PlaceholderType:
        return _placeholder(cls, name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return type.__call__(cls)


class _Placeholder(metaclass=_PlaceholderType):
    def __call__(self, decorated: Any = None, *args: Any, **kwargs: Any) -> Any:
        return decorated if callable(decorated) else self


class _PlaceholderModule(types.ModuleType):
    def __getattr__(self, name: str) -> _PlaceholderType:
        return _placeholder(self, name)


def _placeholder(owner: Any, name: str) -> _PlaceholderType:
    if name.startswith("__"):
        raise AttributeError(name)
    made = _PlaceholderType(name, (_Placeholder,), {})
    setattr(owner, name, made)
    return made


class _PlaceholderFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self,
        fullname: str,
        path: Optional[Sequence[str]],
        target: Optional[types.ModuleType] = None,
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if fullname.partition(".")[0] not in _PACKAGES:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _PlaceholderModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to execute: attributes are made when they are asked for."""
