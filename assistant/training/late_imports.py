"""Modules that Rasa imports with every model and hardly ever uses: loaded at their first use.

A model's archive names the components of its training too, and to read it imports them, with
Rasa's module for plots and so matplotlib. A server draws none; ``notice rasa test`` does.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from typing import Optional, Sequence

MODULES = ("rasa.utils.plotting",)


def import_late(modules: Sequence[str] = MODULES) -> None:
    """From now on these modules are loaded when something of them is first used.

    Args:
        modules: full names, of what is imported as a whole: ``from module import name`` uses it.
    """
    sys.meta_path.insert(0, _LateFinder(modules))


class _LateFinder(importlib.abc.MetaPathFinder):
    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = modules

    def find_spec(
        self,
        fullname: str,
        path: Optional[Sequence[str]],
        target: Optional[types.ModuleType] = None,
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if fullname not in self._modules:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


__all__ = ["import_late"]
