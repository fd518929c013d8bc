"""What Rasa imports with every model and hardly ever uses: loaded at its first use.

A server of this project draws no plots, runs no jobs at a set time, plans no graph with dask, asks
nobody over requests, and keeps nothing in DynamoDB, MongoDB or RabbitMQ. Rasa imports all of that,
and for the class of a message the clients of Slack, Telegram, Webex, Twilio and others. Whoever
configures one of them has it as before.
"""

from __future__ import annotations

import functools
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import threading
import types
from typing import Any, Callable, Mapping, Optional, Sequence

MODULES = (
    "rasa.utils.plotting",
    "rasa.core.jobs",
    "dask",
    "pkg_resources",
    "portalocker",
    "requests",
)
"""Imported as a whole (``import dask``): ``from dask import get`` would be a use of it."""

PACKAGES = {
    "rasa.core.channels": ("channel",),
    "boto3": ("dynamodb", "exceptions"),
    "pymongo": ("errors",),
    "bson": ("errors",),
    "aio_pika": ("exceptions",),
    "aiormq": ("abc", "exceptions"),
}
"""Packages, with those of their modules that can do without the package's own file. It runs before
any other module of the package, and for any name that is not of one of these: Rasa imports the
class of a message from the package of all its channels, where the module ``channel`` has it."""

CALLED = {"rasa.core.tracker_store": "pymongo.collection", "sanic.server.loop": "distutils.util"}
"""Modules, each with another of which it only calls something some day, or names it in an
annotation. Sanic's ``distutils`` is setuptools, with two parsers."""

_LOCK = threading.RLock()

_Wrapped = Callable[[importlib.abc.Loader], importlib.abc.Loader]
"""Makes a loader of the one that would load a module at once."""


def import_late(
    modules: Sequence[str] = MODULES,
    packages: Mapping[str, Sequence[str]] = PACKAGES,
    called: Mapping[str, str] = CALLED,
) -> None:
    """From now on these are loaded when something of them is first used.

    Args:
        modules: full names, as :data:`MODULES`.
        packages: full names, as :data:`PACKAGES`.
        called: full names, as :data:`CALLED`.
    """
    loaders: dict[str, _Wrapped] = dict.fromkeys(modules, importlib.util.LazyLoader)
    for name, alone in packages.items():
        loaders[name] = functools.partial(_LatePackageLoader, alone=alone)
    for name, other in called.items():
        loaders[name] = functools.partial(_LoaderWithout, other=other)
    sys.meta_path.insert(0, _LateFinder(loaders))


class _LateFinder(importlib.abc.MetaPathFinder):
    """Finds modules where they are, and has them loaded by a loader that knows when."""

    def __init__(self, loaders: Mapping[str, _Wrapped]) -> None:
        self._loaders = loaders

    def find_spec(
        self,
        fullname: str,
        path: Optional[Sequence[str]],
        target: Optional[types.ModuleType] = None,
    ) -> Optional[importlib.machinery.ModuleSpec]:
        package, _, module = fullname.rpartition(".")
        if isinstance(parent := sys.modules.get(package), _LatePackage):
            parent.before(module)
        if fullname not in self._loaders:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = self._loaders[fullname](spec.loader)
        return spec


class _LoaderWithout(importlib.abc.Loader):
    """Loads a module while a stand-in is in the place of another, of which it only calls."""

    def __init__(self, loader: importlib.abc.Loader, other: str) -> None:
        self._loader, self._other = loader, other

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> Optional[types.ModuleType]:
        return self._loader.create_module(spec)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the module; who imports the other one afterwards gets it."""
        if self._other in sys.modules:
            self._loader.exec_module(module)
            return
        sys.modules[self._other] = _StandIn(self._other)
        try:
            self._loader.exec_module(module)
        finally:
            del sys.modules[self._other]


class _StandIn(types.ModuleType):
    """A module of functions that import what they stand for when they are called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def late(*args: Any, **kwargs: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*args, **kwargs)

        return late


class _LatePackageLoader(importlib.abc.Loader):
    """Loads a package without running its own file.

    The standard library's ``LazyLoader`` cannot: to import a module of a package is a use of it.
    """

    def __init__(self, loader: importlib.abc.Loader, alone: Sequence[str]) -> None:
        self._loader, self._alone = loader, alone

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _LatePackage(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run nothing yet, but keep what will."""
        module.__dict__["_late"] = (self._loader, self._alone)


class _LatePackage(types.ModuleType):
    """A package whose own file may not have run."""

    def before(self, module: str) -> None:
        """Run the file if this module of the package cannot do without."""
        with _LOCK:
            if module not in self.__dict__.get("_late", (None, (module,)))[1]:
                self._run()

    def __getattr__(self, name: str) -> Any:
        """What the package has not: not yet, or not at all."""
        with _LOCK:
            if "_late" in self.__dict__ and not name.startswith("__"):
                for alone in self.__dict__["_late"][1]:
                    module = importlib.import_module(f"{self.__name__}.{alone}")
                    value = getattr(module, name, None)
                    if getattr(value, "__module__", None) == module.__name__:
                        return value
                self._run()
            if name in self.__dict__:
                return self.__dict__[name]
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def _run(self) -> None:
        loader, _ = self.__dict__.pop("_late")
        loader.exec_module(self)


__all__ = ["import_late"]
