"""What writing costs, in one warm process (``make bench``): as ratios, since machines differ."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pikepdf
from click.testing import CliRunner

from ita_helpers.cli import main
from ita_helpers.publish.html.writer import write_html
from ita_helpers.publish.papers import read_notebook
from ita_helpers.publish.pdf.writer import write_pdf
from ita_helpers.publish.tree import Document, Figure
from ita_helpers.publish.word.writer import write_docx

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ("2568/made-up-example", "2568/bang-khae", "2562/pa-tueng")
TURNS = 5
PAGE_TARGET, CHART_TARGET, WORD_TARGET = 15.0, 60.0, 150.0
"""Milliseconds: a page of PDF, a chart of a Word file, and the file around the charts."""


def measure(work: Callable[[], object]) -> float:
    """Return the milliseconds of the quickest of some turns, the first one not counted."""
    work()
    times = []
    for _ in range(TURNS):
        started = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - started))
    return min(times)


def bench(name: str, notebook: object) -> None:
    """Print what one report costs in each format."""
    document: Document = read_notebook(notebook)
    with pikepdf.open(io.BytesIO(write_pdf(document))) as pdf:
        pages = len(pdf.pages)
    charts = sum(isinstance(block, Figure) for block in document.blocks)
    reading = measure(lambda: read_notebook(notebook))
    html = measure(lambda: write_html(document))
    pdf_time = measure(lambda: write_pdf(document))
    word = measure(lambda: write_docx(document))
    page = pdf_time / pages
    allowed = CHART_TARGET * charts + WORD_TARGET
    print(name)
    print(f"  reading {reading:.1f} ms, HTML {html:.1f} ms")
    print(f"  PDF {page:.1f} ms a page ({pages} pages): {page / PAGE_TARGET:.2f} of the target")
    print(f"  Word {word:.1f} ms ({charts} charts): {word / allowed:.2f} of the target")


def run() -> None:
    """Render the samples once and measure the writers on them."""
    with tempfile.TemporaryDirectory() as out:
        files = [str(ROOT / f"params/{sample}.yml") for sample in SAMPLES]
        arguments = ["--root", str(ROOT), "render", "--to", "html", "--out", out, *files]
        made = CliRunner().invoke(main, arguments)
        assert made.exit_code == 0, made.output
        for sample in SAMPLES:
            bench(sample, nbformat.read(Path(out) / f"{sample}.ipynb", as_version=4))


if __name__ == "__main__":
    run()
