"""Running the compiler: once for the heights of the blocks, and once for the file.

The second run takes nearly everything from the first as long as ``document.json`` stays the same,
so what is chosen between them is a file of its own. The reports of a batch are compiled by helpers,
which take from each report what the next says too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from ita_helpers.publish.boxes import may_draw
from ita_helpers.publish.pdf.measuring import measure
from ita_helpers.publish.pdf.paging import choose_pages
from ita_helpers.publish.standards import STANDARDS, Standard
from ita_helpers.run.helping import Helper, start_helpers

PLACES = "places"
"""What is wanted of the compiler before the pages are chosen."""
Plan = list[list[tuple[int, dict[str, bool]]]]
"""The blocks of each part in their order: the place of each, and how it is set."""


@dataclass(frozen=True)
class ReportCompiler:
    """The compiler for the template and the document in a folder: a helper, or this process."""

    folder: Path
    fonts: Path
    standard: Standard
    helper: Helper

    def choose_order(self, parts: Sequence[dict[str, Any]]) -> list[Any]:
        """Choose how the blocks of marked parts fill their pages; return them in their order.

        What the compiler refuses stays as it is: ``compile`` says what that is.
        """
        self._write_plan([])
        try:
            told = json.loads(self._run(PLACES))
        except RuntimeError:
            told = []
        if all(page == 1 for _, page, _ in told):
            return [part["blocks"] for part in parts]
        plan: Plan = [[] for _ in parts]
        for piece in choose_pages(*measure(parts, told)):
            number, place = piece.key
            plan[number].append((place, piece.choice))
            plan[number] += [(note, {}) for (_, note), _ in piece.notes]
        self._write_plan(plan)
        return [
            parts[number]["blocks"][place]
            for number, chosen in enumerate(plan)
            for place, _ in chosen
        ]

    def compile(self) -> bytes:
        """Return the PDF. Raises ``TypstError`` for what the compiler refuses."""
        if not self._plan.exists():
            self._write_plan([])
        return self._run(self.standard)

    @property
    def _plan(self) -> Path:
        return self.folder / "plan.json"

    def _write_plan(self, plan: Plan) -> None:
        self._plan.write_text(json.dumps(plan), encoding="utf-8")

    def _run(self, wanted: str) -> bytes:
        """Let the helper run the compiler, or run it here, where it may start threads."""
        asked = (str(self.folder), str(self.fonts), wanted)
        made = self.helper.ask(*asked)
        if made or may_draw():
            return made or run_compiler(*asked)
        raise RuntimeError("no helper answers")


def start_compilers(count: int) -> None:
    """Start so many compilers for all processes that are forked from this one."""
    start_helpers(run_compiler, count)


def run_compiler(folder: str, fonts: str, wanted: str) -> bytes:
    """Return the PDF by the ``wanted`` standard, or as JSON where the marks stand (``PLACES``).

    Raises ``RuntimeError`` for what the compiler refuses.
    """
    compiler = typst.Compiler(
        Path(folder) / "report.typ", font_paths=[Path(fonts)], ignore_system_fonts=True
    )
    if wanted == PLACES:
        return compiler.query("<ita-places>", field="value", one=True).encode()
    written: Any = compiler.compile(
        format="pdf", pdf_standards=[each for each in STANDARDS if each == wanted]
    )
    return bytes(written)
