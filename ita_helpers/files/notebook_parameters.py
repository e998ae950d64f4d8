"""Refusing papermill parameters that the notebook does not know.

papermill itself only warns, and the notebook would continue with its own value instead of the
intended one.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable

from ita_helpers.errors import UnknownParameter, nearest

GIVEN = "# Parameters\n"
"""How the cell begins that papermill adds."""
INJECTED = "injected-parameters"
"""The tag of that cell."""


def refuse_unknown() -> None:
    """Raise ``UnknownParameter`` where the cell of papermill gives a name that no cell above has.

    Outside a notebook, and in one whose own values are not above that cell, nothing is refused.
    """
    shell = (running := sys.modules.get("IPython")) and running.get_ipython()
    cells = list(shell.user_ns.get("In", ())) if shell else []
    places = [n for n, source in enumerate(cells) if source.startswith(GIVEN)]
    if not places:
        return
    known = _names_in(cells[n] for n in range(places[-1]) if n not in places)
    unknown = sorted(_names_in([cells[places[-1]]]) - known)
    if known and unknown:
        meant = nearest(unknown[0], known)
        raise UnknownParameter(name=unknown[0], nearest=meant, known=sorted(known))


def _names_in(cells: Iterable[str]) -> set[str]:
    """Return the names that cells give values to."""
    lines = [line for source in cells for line in _parsed(source)]
    assigned = [each for line in lines if isinstance(line, ast.Assign) for each in line.targets]
    return {each.id for each in assigned if isinstance(each, ast.Name)}


def _parsed(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError):
        return []
