"""Importing a module without what its packages load besides it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


@contextmanager
def bare_packages(names: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
    """Import modules of packages whose own ``__init__`` is not run, nor needed.

    ``names`` are the packages, the outermost first, with the values that the modules take from
    them. What is imported so is for the one who imports it: others are given packages and modules
    whole. Where the packages are loaded already, it is imported from them.
    """
    outermost = next(iter(names))
    if outermost in sys.modules:
        yield
        return
    try:
        for name, values in names.items():
            sys.modules[name] = _bare(name)
            vars(sys.modules[name]).update(values)
        yield
    finally:
        for name in [each for each in sys.modules if f"{each}.".startswith(f"{outermost}.")]:
            del sys.modules[name]


def _bare(name: str) -> ModuleType:
    """Return a package that is not run. Raises ``ModuleNotFoundError``."""
    spec = find_spec(name)
    if spec is None:
        raise ModuleNotFoundError(name=name)
    return module_from_spec(spec)
