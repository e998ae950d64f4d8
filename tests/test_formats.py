"""The list of formats: a made-up one is taken up everywhere, and a line that lacks is named."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module

import pytest
from conftest import ROOT, ita, write

from ita_helpers.lab.report import link, links_to_report, run_render
from ita_helpers.publish import formats
from ita_helpers.publish.formats import FORMATS, Format, Given
from ita_helpers.publish.letters import check_letters, pieces_of
from ita_helpers.publish.read_back import read_text
from ita_helpers.publish.tree import Document, Heading, Paragraph, Part, Text
from ita_helpers.rendering.handing_out import HandingOut
from ita_helpers.run.batch import Done

PAPER = Document(
    "รายงานทดลอง",
    (Part("a", (Heading(2, (Text("ผล"),), anchor="h"), Paragraph((Text("คำ"),)))),),
)
EXPORTERS = '[project.entry-points."nbconvert.exporters"]'


def write_plain(document: Document, _: Given) -> bytes:
    return "\n".join(piece.text for piece in pieces_of(document, "plain")).encode("utf-8")


PLAIN = Format(
    "plain",
    "ข้อความล้วน",
    "text/plain",
    write_plain,
    lambda content, _: read_text(content.decode("utf-8")),
)


@pytest.fixture
def with_plain(monkeypatch):
    """Add a line to the list, and nothing else; what reads the list as it is loaded has read it."""
    import_module("ita_helpers.cli.teach")
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, PLAIN))


def lines_lacking(listed: Iterable[Format]) -> list[str]:
    """Return what is still to be written for some formats, and where it belongs."""
    from ita_helpers.publish import exporters  # brings nbconvert

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    written = project["project"]["entry-points"]["nbconvert.exporters"]
    found = []
    for each in listed:
        line = f"{exporters.__name__}:{exporters.exporter_name(each)}"
        if written.get(f"ita-{each.name}") != line:
            found.append(f'pyproject.toml, {EXPORTERS}: ita-{each.name} = "{line}"')
        try:
            check_letters(PAPER, each.write(PAPER, Given()), each.name)
        except Exception as error:
            found.append(f"ita_helpers/publish/formats.py, {each.name}: its writer ({error})")
    return found


def test_every_format_has_its_writer_and_its_exporter():
    lacking = lines_lacking(FORMATS)
    assert not lacking, "\n".join(lacking)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    written = project["project"]["entry-points"]["nbconvert.exporters"]
    assert written.keys() == {f"ita-{each.name}" for each in FORMATS}, "no longer a format"


def test_a_format_without_writer_or_exporter_is_told_where_the_line_belongs(monkeypatch):
    unwritten = replace(PLAIN, write=None)
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, unwritten))
    exporter, writer = lines_lacking([unwritten])
    assert exporter == (
        'pyproject.toml, [project.entry-points."nbconvert.exporters"]: '
        'ita-plain = "ita_helpers.publish.exporters:PlainReportExporter"'
    )
    assert writer.startswith("ita_helpers/publish/formats.py, plain: its writer")


def test_a_format_added_to_the_list_is_made_offered_listed_and_handed_out(
    with_plain, small_workspace, monkeypatch
):
    from ita_helpers.publish import exporters

    own = small_workspace
    write(own, "params/2568/ban-rai.yml", "organisation: ban-rai\nfiscal_year: 2568\n")
    monkeypatch.setattr(
        "ita_helpers.rendering.many.run_all",
        lambda files, make, *_: (Done(file, make(file), None) for file in files),
    )
    run = ita("render", "ban-rai", "--year", 2568, "--to", "plain", "--thai-names", root=own.root)
    assert run.exit_code == 0, run.output
    made = own.rendered / "2568/ban-rai.plain"
    assert "บ้านไร่" in made.read_text(encoding="utf-8")
    page = (own.rendered / "index.html").read_text(encoding="utf-8")
    data = json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page)[1])
    assert data["formats"] == [*(each.name for each in FORMATS), "plain", "ipynb"]
    assert data["words"]["formats.plain"] == PLAIN.title
    (marks,) = data["columns"]["marks"]
    assert marks & 16 << data["formats"].index("plain")
    (copied,) = HandingOut(own, own.rendered).copies(made.relative_to(own.rendered).with_suffix(""))
    assert copied.suffix == ".plain"
    assert "download" in link(copied)
    assert "onclick" not in link(copied)
    assert copied.name in links_to_report(own, made.relative_to(own.rendered).with_suffix(""))
    exporter = exporters.PlainReportExporter()
    text, resources = exporter.from_filename(str(made.with_suffix(".ipynb")))
    assert (text, resources["output_extension"]) == (made.read_text(encoding="utf-8"), ".plain")


def test_a_format_added_to_the_list_is_asked_for_by_every_command(with_plain, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "ita_helpers.teaching.making.make_teaching", lambda *given: asked.append(given[4]) or ()
    )
    run = ita("teach", "--to", "plain")
    assert run.exit_code == 0, run.output
    monkeypatch.setattr("ita_helpers.lab.report.run_ita", lambda *given: asked.append(given))
    run_render(ROOT, ROOT)
    assert asked[0] == ("plain",)
    assert ",".join((*(each.name for each in FORMATS), "plain")) in asked[1]


def test_a_name_that_is_no_format_is_refused_with_those_there_are(with_plain):
    run = ita("render", "--to", "rtf")
    assert run.exit_code == 2
    assert "html, pdf, docx, png, plain" in run.output
    run = ita("teach", "--to", "html")
    assert run.exit_code == 2
    assert "pdf, docx, plain" in run.output


@pytest.mark.processes
def test_the_command_line_loads_no_writer():
    code = "import sys, ita_helpers.cli; print([n for n in sys.modules if n.endswith('.writer')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "ita_helpers.publish" not in run.stdout
