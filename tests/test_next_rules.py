"""Rules of a year that no program knows yet: one file, and reports, plans and lessons follow."""

from __future__ import annotations

import re

import nbformat
import pytest
from conftest import ROOT, ita, write, write_scores

from ita_helpers.store.loading import load_data

CHANGES = {
    "fiscal_year: 2569": "fiscal_year: 2570",
    "assumed_from: 2568": "assumed_from: 2569",
    "weight: 30": "weight: 20",
    "weight: 40": "weight: 50",
    "name: ผ่านดีเยี่ยม": "name: ดีเด่น",
    "name: การเปิดเผยข้อมูล,": "name: การเปิดเผยข้อมูลเปิด,",
    "o26": "o27",
    "name_en: Anti-Corruption Practice}": "name_en: Anti-Corruption Practice}\n"
    '    - {code: "11", instrument: OIT, name: การมีส่วนร่วมของประชาชน, name_en: Participation}',
}
"""Made up: nobody knows the rules of 2570."""


def with_cells_of_an_eleventh() -> str:
    """Return the template with the three cells an eleventh indicator needs."""
    template = nbformat.read(ROOT / "notebooks/ita_report.ipynb", as_version=4)
    tenth = [cell for cell in template.cells if '"10")' in cell.source]
    place = template.cells.index(tenth[-1]) + 1
    for cell in tenth:
        tags = [tag.replace("10", "11") for tag in cell.metadata.tags]
        made = nbformat.v4.new_code_cell(
            cell.source.replace('"10")', '"11")'), metadata={"tags": tags}
        )
        template.cells.insert(place, made)
        place += 1
    assert len(tenth) == 3
    return nbformat.writes(template)


@pytest.mark.processes
def test_rules_of_2570_are_one_file_for_reports_plans_and_lessons(small_workspace):
    rules = (ROOT / "data/frameworks/2569.yml").read_text(encoding="utf-8")
    for found, written in CHANGES.items():
        assert found in rules
        rules = rules.replace(found, written, 1 if "weight" in found else -1)
    rules = re.sub(r", was: \w+", "", rules)
    write(small_workspace, "data/frameworks/2570.yml", rules)
    rows = [f"{code},{99 if code < 9 else 96},,ข้อมูลสมมติ," for code in range(1, 10)]
    last = ("10,95,,ข้อมูลสมมติ,", "11,97,,ข้อมูลสมมติ,")
    write_scores(small_workspace, *rows, *last, fiscal_year=2570)
    write(small_workspace, "notebooks/ita_report.ipynb", with_cells_of_an_eleventh())
    for command in (
        ("plan", "ban-rai", "--year", 2570),
        ("render", "ban-rai", "--year", 2570, "--to", "html"),
        ("render", "ban-rai", "--year", 2568, "--to", "html"),
        ("teach", "ban-rai", "--year", 2570, "--to", "docx"),
    ):
        done = ita(*command, root=small_workspace.root)
        assert done.exit_code == 0, done.output
    data = load_data(small_workspace, "ban-rai", 2570, "arabic")
    assert [each for each in data.plan.measures if each.indicators == ("10",) and each.steps]
    assert data.advice.items["e7"].evidence == ("o19",)
    assert "9" not in data.advice.indicators
    rendered = small_workspace.root / "rendered"
    for page in (rendered / "2570/ban-rai.html", rendered / "teaching.html"):
        text = page.read_text(encoding="utf-8")
        for fact in ("ดีเด่น", "การเปิดเผยข้อมูลเปิด"):
            assert fact in text, page
    name = "๑๑. การมีส่วนร่วมของประชาชน"
    assert name in (rendered / "2570/ban-rai.html").read_text(encoding="utf-8")
    of_ten = (rendered / "2568/ban-rai.html").read_text(encoding="utf-8")
    assert "๑๐. การป้องกันการทุจริต" in of_ten
    assert "๑๑. " not in of_ten and "ตัวชี้วัดที่ ๑๑" not in of_ten
