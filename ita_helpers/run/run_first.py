"""Telling people which cells to run first when a cell lacks the ones it needs.

The kernel of the JupyterLab that we open loads this module (``lab/settings/kernels``); it is light,
since people wait for a kernel. Elsewhere Python's own message appears.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

from ita_helpers.records.kinds import all_kinds

LOADS = "load_"
NAMES = frozenset(
    name
    for kind in all_kinds()
    for offer in kind.offers
    for name in (*kind.keys, offer, offer.removeprefix(LOADS))
)
"""Names defined by the first cells of our notebooks: if missing, those have not been run."""


def load_ipython_extension(shell: Any) -> None:
    """Make a kernel name the cells that come first; called by IPython."""
    shell.set_custom_exc((NameError,), show)


def show(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> None:
    """Report a missing name, in our own words if our first cells define it."""
    if getattr(error, "name", None) in NAMES:
        error._render_traceback_ = _words  # type: ignore[attr-defined]
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


def _words() -> list[str]:
    from ita_helpers.language.catalogue import label

    return [label("edit.run_first")]
