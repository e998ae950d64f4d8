"""Made-up offices in any number, for floods and measurements; each says what it is by its name."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from conftest import ROOT, write

from ita_helpers.paths import Workspace

MARK = "ข้อมูลสมมติ"
HEADS = "organisation,name,short_name,type,district,province,official_code"
SCORES = "organisation,code,score,status,source,note"


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
