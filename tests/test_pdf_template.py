"""The template of the PDF: what it says once for all reports."""

from __future__ import annotations

import re

from conftest import ROOT

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
