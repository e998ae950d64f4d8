"""Rules of a year that no program knows yet: one file, and reports, plans and lessons follow."""

from __future__ import annotations

from conftest import ROOT, ita, write, write_scores

from ita_helpers.loading import load_data

CHANGES = {
    "fiscal_year: 2569": "fiscal_year: 2570",
    "assumed_from: 2568": "assumed_from: 2569",
    "weight: 30": "weight: 20",
    "weight: 40": "weight: 50",
    "name: ผ่านดีเยี่ยม": "name: ดีเด่น",
    "name: การเปิดเผยข้อมูล,": "name: การเปิดเผยข้อมูลเปิด,",
    "o26": "o27",
}
"""Made up: nobody knows the rules of 2570."""


def test_rules_of_2570_are_one_file_for_reports_plans_and_lessons(small_workspace):
    rules = (ROOT / "data/frameworks/2569.yml").read_text(encoding="utf-8")
    for found, written in CHANGES.items():
        assert found in rules
        rules = rules.replace(found, written, 1 if "weight" in found else -1)
    write(small_workspace, "data/frameworks/2570.yml", rules)
    rows = [f"{code},{99 if code < 9 else 96},,ข้อมูลสมมติ," for code in range(1, 10)]
    write_scores(small_workspace, *rows, "10,95,,ข้อมูลสมมติ,", fiscal_year=2570)
    for command in (
        ("plan", "ban-rai", "--year", 2570),
        ("render", "ban-rai", "--year", 2570, "--to", "html"),
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
