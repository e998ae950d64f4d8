"""Running the compiler: once for the heights of the blocks, and once for the file.

The second run takes nearly everything from the first as long as ``document.json`` stays the same,
so what is chosen between them is a file of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from ita_helpers.publish.pdf.measuring import measure
from ita_helpers.publish.pdf.paging import choose_pages
from ita_helpers.publish.standards import Standard

Plan = list[list[tuple[int, dict[str, bool]]]]
"""The blocks of each part in their order: the place of each, and how it is set."""


@dataclass(frozen=True)
class ReportCompiler:
    """The compiler for the template and the document in a folder."""

    folder: Path
    fonts: typst.Fonts
    standard: Standard

    def choose_order(self, parts: Sequence[dict[str, Any]]) -> list[Any]:
        """Choose how the blocks of marked parts fill their pages; return them in their order.

        Where they fill them best as they are, the file is what was measured and is set no more.
        What the compiler refuses stays as it is: ``compile`` says what that is.
        """
        self._write_plan([])
        try:
            with _refusing():
                told = json.loads(self._new().query("<ita-places>", field="value", one=True))
        except RuntimeError:
            told = []
        if all(page == 1 for _, page, _ in told):
            return [part["blocks"] for part in parts]
        plan: Plan = [[] for _ in parts]
        for piece in choose_pages(*measure(parts, told)):
            number, place = piece.key
            plan[number].append((place, piece.choice))
            plan[number] += [(note, {}) for (_, note), _ in piece.notes]
        if plan != [[(place, {}) for place in range(len(part["blocks"]))] for part in parts]:
            self._write_plan(plan)
        return [
            parts[number]["blocks"][place]
            for number, chosen in enumerate(plan)
            for place, _ in chosen
        ]

    def compile(self) -> bytes:
        """Return the PDF. Raises ``RuntimeError`` where the compiler refuses or breaks down."""
        if not self._plan.exists():
            self._write_plan([])
        with _refusing():
            written: Any = self._new().compile(format="pdf", pdf_standards=[self.standard])
        return bytes(written)

    @property
    def _plan(self) -> Path:
        return self.folder / "plan.json"

    def _write_plan(self, plan: Plan) -> None:
        self._plan.write_text(json.dumps(plan), encoding="utf-8")

    def _new(self) -> typst.Compiler:
        return typst.Compiler(self.folder / "report.typ", font_paths=self.fonts)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn a breakdown of the compiler, which is no ``Exception``, into a ``RuntimeError``."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise RuntimeError(str(error)) from error
        raise
