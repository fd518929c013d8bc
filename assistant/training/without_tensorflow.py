"""Start Rasa where TensorFlow is not installed.

Rasa 3.6 imports TensorFlow while it registers components (DIET, TED, ...), whether or not
the model has any of them. :func:`keep_tensorflow_out` answers those imports with placeholder
modules. Their names can be imported, subclassed and used as annotations and decorators, which
is all that Rasa's modules do with them while they are loaded.

A model that does need TensorFlow is refused in a plain sentence, before anything is trained or
answered: :func:`refuse_tensorflow_components` looks at what the modules of a model's components
import, and :func:`have_rasa_refuse` has Rasa ask it about each model that it trains or loads.
Whatever gets past that raises the same error where it would compute with a placeholder.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import logging
import sys
import types
from functools import cache, wraps
from typing import Any, Callable, Iterable, Iterator, Optional, Sequence

logger = logging.getLogger(__name__)

_PACKAGES = ("tensorflow", "keras")  # what Rasa imports while it is loaded
_FAMILY = (*_PACKAGES, "tensorflow_hub", "tensorflow_text", "tensorflow_addons", "tf_keras")

_OF_RASA = "rasa.utils.tensorflow.model_data"
"""What Rasa feeds its TensorFlow models with: of no use without them, and it imports scikit-learn,
which takes two seconds and 60 MB. All of Rasa's policies and extractors import it."""


class TensorFlowNeededError(RuntimeError):
    """Something computes with TensorFlow. The message is for people, and names the fix."""

    def __init__(self, *what: str) -> None:
        """Name what needs it."""
        super().__init__(
            f"{', '.join(what)} cannot run without TensorFlow, which is not installed here. "
            "Use other components in config.yml, or a Rasa installed by itself (Python 3.10)."
        )


def keep_tensorflow_out() -> None:
    """Put placeholders in TensorFlow's place, unless it is already imported.

    Call it before the first import of ``rasa``. Calling it again does nothing.
    """
    if any(package in sys.modules for package in _PACKAGES) or tensorflow_kept_out():
        return
    sys.meta_path.insert(0, _PlaceholderFinder())


def tensorflow_kept_out() -> bool:
    """True if this process runs on placeholders."""
    return any(isinstance(finder, _PlaceholderFinder) for finder in sys.meta_path)


def refuse_tensorflow_components(components: Iterable[type]) -> None:
    """Make sure that no component of a model needs what is not there.

    Args:
        components: the classes in the model's graph.

    Raises:
        TensorFlowNeededError: naming the components, and the fix.
    """
    if not tensorflow_kept_out():
        return
    needing = sorted({found.__name__ for found in components if needs_tensorflow(found)})
    if needing:
        raise TensorFlowNeededError(*needing)


def needs_tensorflow(component: type) -> bool:
    """True if the module of a class, or of one that it is made from, imports TensorFlow.

    Imports inside functions count, those for type checkers alone do not. So do names made from
    a placeholder: a model's class of Rasa's, or a module of its TensorFlow layers.
    """
    return any(_imports_tensorflow(base.__module__) for base in component.__mro__)


def have_rasa_refuse(refuse: Callable[[Iterable[type]], None]) -> None:
    """Have Rasa ask about the components of each model before it trains or loads it.

    Args:
        refuse: :func:`refuse_tensorflow_components`, or something else that raises.
    """
    # Rasa has no setting for either: its modules find these two by their names.
    import rasa.core.processor
    import rasa.engine.validation
    from rasa.engine.runner.dask import DaskGraphRunner

    validate = inspect.unwrap(rasa.engine.validation.validate)

    @wraps(validate)
    def validate_after_asking(model_configuration: Any) -> None:
        for graph in (model_configuration.train_schema, model_configuration.predict_schema):
            refuse(node.uses for node in graph.nodes.values())
        validate(model_configuration)

    class AskingGraphRunner(DaskGraphRunner):
        """Rasa's runner of a loaded model."""

        def __init__(self, graph_schema: Any, *args: Any, **kwargs: Any) -> None:
            refuse(node.uses for node in graph_schema.nodes.values())
            super().__init__(graph_schema, *args, **kwargs)

    rasa.engine.validation.validate = validate_after_asking
    rasa.core.processor.DaskGraphRunner = AskingGraphRunner


@cache
def _imports_tensorflow(module_name: str) -> bool:
    module = sys.modules.get(module_name)
    try:
        source = inspect.getsource(module) if module is not None else ""
    except (OSError, TypeError):
        return False  # built in, or with no source: Rasa needs a component's source itself
    return any(
        name.partition(".")[0] in _FAMILY or _made_from_placeholders(name)
        for name in _imported_names(ast.parse(source), module_name)
    )


def _imported_names(node: ast.AST, module_name: str) -> Iterator[str]:
    """The full names of all that is imported below a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            # The parent package is right for a module; a package's own __init__ is no component.
            relative = "." * child.level + (child.module or "")
            base = importlib.util.resolve_name(relative, module_name.rpartition(".")[0])
            yield from (f"{base}.{alias.name}" for alias in child.names)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield from _imported_names(other, module_name)
        else:
            yield from _imported_names(child, module_name)


def _made_from_placeholders(name: str) -> bool:
    """True for a class that has a placeholder as its base, and a module that imports one."""
    module = sys.modules.get(name)
    if module is not None:
        return any(isinstance(value, _PlaceholderModule) for value in vars(module).values())
    owner, _, attribute = name.rpartition(".")
    return isinstance(getattr(sys.modules.get(owner), attribute, None), _PlaceholderType)


def _loading() -> bool:
    """True while a module is being imported in this thread."""
    frame: Optional[types.FrameType] = sys._getframe()
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


class _PlaceholderType(type):
    """A class whose every attribute is another such class, and whose call gives an object.

    Calls are for decorators and constants of modules that are being loaded. Later ones would
    compute something.
    """

    def __getattr__(cls, name: str) -> _PlaceholderType:
        return _placeholder(cls, name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if not _loading():
            error = TensorFlowNeededError(cls.__name__)
            logger.error(error)  # Rasa's own commands say only that a component failed
            raise error
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
        if fullname.partition(".")[0] not in _PACKAGES and fullname != _OF_RASA:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _PlaceholderModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to execute: attributes are made when they are asked for."""
