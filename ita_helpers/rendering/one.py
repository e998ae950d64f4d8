"""Making the report of one parameter file, in whatever process.

A batch distributes this work to processes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ita_helpers.boundary import as_failure
from ita_helpers.errors import InputsChanged, ItaError
from ita_helpers.rendering.orders import Made, RenderOptions
from ita_helpers.store.params import load_parameters

TRIES = 3
"""How often a report is started if its inputs keep changing while it is made."""


@dataclass(frozen=True)
class Maker:
    """Makes one report after another; picklable, so that processes can share the orders."""

    orders: RenderOptions

    def __call__(self, file: Path) -> Made:
        """Make the report of a parameter file; if that fails, the old one stays.

        Raises an ``ItaError`` whatever goes wrong, or ``MemoryError``.
        """
        try:
            return self._make_of_one_state(file)
        except (ItaError, MemoryError):
            raise
        except Exception as error:
            raise as_failure(error, self.orders.workspace) from error

    def _make_of_one_state(self, file: Path) -> Made:
        for tries in range(TRIES):
            try:
                return self._make(file)
            except InputsChanged:
                if tries == TRIES - 1:
                    raise
        raise AssertionError

    def _make(self, file: Path) -> Made:
        """Make it once; what checks and joins an office's words is loaded where there are any."""
        parameters = load_parameters(file, self.orders.workspace).of_edition(self.orders.edition)
        if parameters.kind.is_of_many:
            from ita_helpers.rendering.comparing import make_comparison

            return make_comparison(self.orders, file, parameters)
        from ita_helpers.rendering.reporting import make_report

        return make_report(self.orders, file, parameters)
