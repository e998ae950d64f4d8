"""What IPython and ipykernel find out anew for every cell, though its text alone decides it.

The cells of a kind of report are the same for all offices, and a process makes several reports.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from inspect import signature
from typing import Any

import ipykernel.compiler
from IPython.core import interactiveshell
from IPython.core.displayhook import DisplayHook

OF_TEXT = (
    (interactiveshell, "_should_be_async"),
    (ipykernel.compiler, "murmur2_x86"),
    (DisplayHook, "semicolon_at_end_of_expression"),
)
"""Whether a cell has an ``await`` outside functions, the number its traceback calls it by, and
whether it ends in a semicolon."""


def remember() -> None:
    """Have it found out once in this process; called once.

    How the function that runs a cell may be called is found out for every cell too.
    """
    for module, name in OF_TEXT:
        if find := getattr(module, name, None):
            setattr(module, name, staticmethod(_remembering(find)))
    run: Any = interactiveshell.InteractiveShell.run_cell_async
    run.__signature__ = signature(run)


def _remembering(find: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that remembers what it found, unless that warned of something."""
    known: dict[tuple[Any, ...], Any] = {}

    def found(*given: Any) -> Any:
        if given not in known:
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                result = find(*given)
            if warned:
                return find(*given)
            known[given] = result
        return known[given]

    return found
