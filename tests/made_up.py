"""Made-up offices in any number, for floods and measurements; each says what it is by its name."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

from conftest import ROOT, write

from ita_helpers.files.workspace import Workspace
from ita_helpers.publish.formats import FORMATS
from ita_helpers.run.manifest import ReportRow

MARK = "ข้อมูลสมมติ"
HEADS = "organisation,name,short_name,type,district,province,official_code"
SCORES = "organisation,code,score,status,source,note"
LEVELS = ("ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน", "ต้องปรับปรุง", "ต้องปรับปรุงโดยด่วน")
CUTS = (95, 85, 75, 65, 0)
PROVINCES = ("สมุทรสงคราม", "ขอนแก่น", "เชียงราย", "ปราจีนบุรี", "กำแพงเพชร", "แม่ฮ่องสอน", "น่าน")
DISTRICTS = ("เมือง", "อัมพวา", "ชุมแพ", "แม่จัน", "ปางมะผ้า", "เฉลิมพระเกียรติ", "ศรีมหาโพธิ")
TYPES = ("องค์การบริหารส่วนตำบล", "เทศบาลตำบล", "เทศบาลเมือง", "องค์การบริหารส่วนจังหวัด")
SHORT_TYPES = dict(zip(TYPES, ("อบต.", "ทต.", "ทม.", "อบจ."), strict=True))
FILES = ("ipynb", *(each.name for each in FORMATS))
BROKEN = {
    "no-yaml": "organisation: [",
    "empty": "",
    "no-mapping": "- organisation",
    "binary": b"\0\1\2",
    "unknown-key": "organisation: x\nfiscal_year: 2568\ncolour: red\n",
    "missing-year": "organisation: x\n",
    "bad-year": "organisation: x\nfiscal_year: soon\n",
    "nobody": "organisation: nobody\nfiscal_year: 2568\n",
    "misplaced": "organisation: x\nfiscal_year: 2566\n",
    "bad-preset": "organisation: x\nfiscal_year: 2568\npreset: blue\n",
}
"""Ten ways in which a parameter file of 2568 can be broken, by a name for it."""


SHORT = ("parameters", "import", "load", "title", "h-summary", "headline", "h-results", "record")
SHORT += ("h-indicators", "indicators")
"""The cells of a short report, by their names in the program's notebook."""


def shorten(workspace: Workspace, *more: str) -> Workspace:
    """Let the reports of a workspace have few parts, where it matters only that they are made.

    ``more`` names further cells.
    """
    notebook = json.loads((ROOT / "notebooks/ita_report.ipynb").read_text(encoding="utf-8"))
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] in (*SHORT, *more)]
    write(workspace, "notebooks/ita_report.ipynb", json.dumps(notebook, ensure_ascii=False))
    return workspace


def make_workspace(root: Path, count: int, years: tuple[int, ...] = (2567, 2568)) -> Workspace:
    """Write a workspace of ``count`` offices with scores of some fiscal years (B.E.).

    The same count gives the same figures.
    """
    workspace = Workspace(root)
    codes = [f"made-up-{number:05d}" for number in range(1, count + 1)]
    offices = [
        f"{code},องค์การบริหารส่วนตำบลสมมติ {code[8:]} ({MARK}),อบต.สมมติ {code[8:]},"
        "องค์การบริหารส่วนตำบล,,,"
        for code in codes
    ]
    write(workspace, "data/organisations.csv", "\n".join([HEADS, *offices]) + "\n")
    for year in years:
        dice = random.Random(year)
        rows = [
            f"{code},{indicator},{min(100, max(0, dice.gauss(88, 8))):.2f},,{MARK},"
            for code in codes
            for indicator in range(1, 11)
        ]
        write(workspace, f"data/scores/{year}.csv", "\n".join([SCORES, *rows]) + "\n")
    for code in codes:
        text = f"organisation: {code}\nfiscal_year: {years[-1]}\n"
        write(workspace, f"params/{years[-1]}/{code}.yml", text)
    shutil.copytree(ROOT / "data/advice", root / "data/advice")
    return workspace


def make_rows(count: int, fiscal_year: int = 2568) -> list[ReportRow]:
    """Return the manifest's rows of so many made-up offices, some of them failed."""
    dice = random.Random(f"{count} {fiscal_year}")
    return [_make_row(number, fiscal_year, dice) for number in range(1, count + 1)]


def _make_row(number: int, fiscal_year: int, dice: random.Random) -> ReportRow:
    code = f"made-up-{number:05d}"
    stem = f"{fiscal_year}/{code}"
    fate = dice.random()
    if fate < 0.004:
        reason = "โปรแกรมย่อยที่สร้างรายงานหยุดทำงานกลางคัน (รหัส 9) ให้สั่งใหม่อีกครั้ง"
        return ReportRow(stem, f"params/{stem}.yml", "failed", reason=reason)
    return ReportRow(
        stem,
        f"params/{stem}.yml",
        "done",
        written={f".{each}": [0, 0, 1000] for each in FILES[: 4 if fate < 0.9 else 2]},
        problems=dice.choice((0, 0, 0, 1, 3)),
        drafts=dice.choice((0, 16, 16, 15)),
        result=make_result(number, fiscal_year, dice, is_scored=fate > 0.01),
    )


def make_result(
    number: int, fiscal_year: int, dice: random.Random, *, is_scored: bool = True
) -> dict[str, Any]:
    """Return the scrap ``result`` of a made-up office, as far as an index reads it."""
    kind = dice.choice(TYPES)
    overall, previous = (round(min(100, max(0, dice.gauss(87, 8))), 2) for _ in "ab")
    comparable = dice.choice(("same", "changed", "broken", None))
    is_barred = is_scored and overall >= 95 and dice.random() < 0.2
    level = next(name for name, cut in zip(LEVELS, CUTS, strict=True) if overall >= cut)
    return {
        "organisation": f"made-up-{number:05d}",
        "name": f"{kind}สมมติ {number:05d} ({MARK})",
        "short_name": f"{SHORT_TYPES[kind]}สมมติ {number:05d} ({MARK})",
        "type": kind,
        "district": dice.choice(DISTRICTS),
        "province": dice.choice(PROVINCES),
        "is_made_up": True,
        "fiscal_year": fiscal_year,
        "overall_shown": overall if is_scored else None,
        "level": (LEVELS[1] if is_barred else level) if is_scored else None,
        "levels": list(LEVELS),
        "below_target": overall < 85 if is_scored else None,
        "barred_by": ["OIT"] if is_barred else [],
        "change": round(overall - previous, 2)
        if is_scored and comparable in ("same", "changed")
        else None,
        "comparable": comparable,
    }
