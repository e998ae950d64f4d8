"""The template of the PDF: what it says once for all reports."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT

from ita_helpers.publish.fonts import read_fonts
from ita_helpers.publish.pdf.compiling import ReportCompiler

TEMPLATE = ROOT / "ita_helpers/publish/templates/report.typ"


def test_rules_over_the_whole_text_name_nothing_of_the_report():
    """Else the compiler could not take any text from a report it has set before."""
    statements = re.split(r"\n(?=#)", TEMPLATE.read_text(encoding="utf-8"))
    functions = {
        found[1]: each for each in statements if (found := re.match(r"#let ([\w-]+)\(", each))
    }
    in_force = [each for each in statements if each.startswith(("#set ", "#show "))]
    assert len(in_force) > 5
    for rule in in_force:
        for name in re.findall(r"(?<![\w.-])([\w-]+)\(", rule):
            if name in functions and functions[name] not in in_force:
                in_force.append(functions[name])
        assert not re.search(r"(?<![\w-])doc(?![\w-])", rule), rule


BREAKS_DOWN = """#set document(title: "ก")
#set page(height: 4cm)
#lorem(40)
#let head(level, ..cells) = table.header(
  level: level, repeat: level == 1, ..cells.pos().map(each => table.cell(breakable: false, each)))
#table(columns: 1, head(1)[A], head(2)[G], head(2)[G], [R])"""
"""At this the compiler does, in its version of today: a table begins with three heads."""


@pytest.mark.parametrize("source", [BREAKS_DOWN, "#nothing"])
def test_where_the_compiler_breaks_down_it_refuses(tmp_path, source):
    (tmp_path / "report.typ").write_text(source, encoding="utf-8")
    compiler = ReportCompiler(tmp_path, read_fonts(ROOT / "ita_helpers"), "ua-1")
    assert compiler.choose_order([{"blocks": ["a"]}]) == [["a"]]
    with pytest.raises(RuntimeError):
        compiler.compile()
