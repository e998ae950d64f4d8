"""Executed notebooks of many made-up offices, as far as a comparison reads them: their scraps."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from conftest import write
from made_up import HEADS, LEVELS, MARK

from ita_helpers.files.scraps import MIME
from ita_helpers.files.workspace import Workspace

YEAR = 2568
TYPES = {"องค์การบริหารส่วนตำบล": "อบต.", "เทศบาลตำบล": "ทต."}


def write_offices(workspace: Workspace, rows: Sequence[Mapping[str, str]]) -> None:
    """Write the list of offices; what a row does not say is empty."""
    columns = HEADS.split(",")
    lines = [",".join(row.get(column, "") for column in columns) for row in rows]
    write(workspace, "data/organisations.csv", "\n".join([HEADS, *lines]) + "\n")


def write_report(
    workspace: Workspace,
    code: str,
    overall: float | None,
    *,
    counts: Mapping[str, int] | None = None,
    file: str = "",
    year: int = YEAR,
    **facts: Any,
) -> Path:
    """Write the executed notebook of an office's report with what it recorded."""
    result = {
        "organisation": code,
        "name": code,
        "fiscal_year": year,
        "overall_shown": overall,
        "scores": {} if overall is None else {"ITA": overall},
        "levels": [*LEVELS],
        "level": LEVELS[1] if overall is not None and overall >= 85 else LEVELS[3],
        "target": 85.0,
        **facts,
    }
    scrap = {"name": "result", "data": result, "encoder": "json", "version": 1}
    output = {"output_type": "display_data", "metadata": {}, "data": {MIME: scrap}}
    cell = {
        "cell_type": "code",
        "id": "record",
        "metadata": {},
        "execution_count": 1,
        "source": "report.record()",
        "outputs": [output],
    }
    sealed = {"inputs": "made up", "counts": counts or {"problems": 0, "drafts": 0, "losses": 0}}
    notebook = {"cells": [cell], "metadata": {"ita": sealed}, "nbformat": 4, "nbformat_minor": 5}
    text = json.dumps(notebook, ensure_ascii=False)
    return write(workspace, f"rendered/{year}/{file or code}.ipynb", text)


def make_reports(root: Path, count: int, provinces: Sequence[str]) -> Workspace:
    """Write so many made-up offices with their reports, spread evenly over provinces."""
    workspace, dice = Workspace(root), random.Random(count)
    rows = [*_offices(count, provinces)]
    write_offices(workspace, rows)
    for row in rows:
        write_report(workspace, row["organisation"], **_facts(row, dice))
    return workspace


def _offices(count: int, provinces: Sequence[str]) -> Iterator[dict[str, str]]:
    for number in range(count):
        kind, short = [*TYPES.items()][number % len(TYPES)]
        yield {
            "organisation": f"made-up-{number:05d}",
            "name": f"{kind}สมมติ {number} ({MARK})",
            "short_name": f"{short}สมมติ {number}",
            "type": kind,
            "district": ("เมือง", "อัมพวา", "บางคนที")[number % 3],
            "province": provinces[number * len(provinces) // count],
        }


def _facts(row: Mapping[str, str], dice: random.Random) -> dict[str, Any]:
    base = dice.gauss(90, 5)
    scores = {str(n): round(min(100, max(30, dice.gauss(base, 6))), 2) for n in range(1, 11)}
    groups = {"IIT": "12345", "EIT": "678", "OIT": ("9", "10")}
    scores |= {name: _mean(scores[code] for code in codes) for name, codes in groups.items()}
    overall = round(0.3 * scores["IIT"] + 0.3 * scores["EIT"] + 0.4 * scores["OIT"], 2)
    previous = round(min(100, overall + dice.gauss(-1, 3)), 2)
    changes = {str(n): round(dice.gauss(0, 5), 2) for n in range(1, 11)}
    barred = [name for name in groups if scores[name] < 85] if overall >= 85 else []
    return {
        **{key: row[key] for key in ("name", "short_name", "type", "district", "province")},
        "overall": overall,
        "scores": {"ITA": overall, **scores},
        "lost": {str(n): round((100 - scores[str(n)]) * 0.06, 4) for n in range(1, 11)},
        "is_made_up": True,
        "level": LEVELS[2 if barred else 1] if overall >= 85 else LEVELS[3],
        "barred_by": barred,
        "lowest": [min(map(str, range(1, 11)), key=lambda code: scores[code])],
        "previous_overall": previous,
        "previous_level": LEVELS[dice.choice((1, 1, 2, 3))],
        "change": round(overall - previous, 2),
        "changes": {"ITA": round(overall - previous, 2), **changes},
        "comparable": "changed",
        "reason": "คะแนนภาพรวมยังขาด 1.20 คะแนน",
        "statuses": dice.choice(({}, {"ดำเนินการแล้ว": 2, "ยังไม่ดำเนินการ": 3})),
        "counts": {"problems": dice.choice((0, 2)), "drafts": dice.choice((0, 16)), "losses": 0},
    }


def _mean(values: Iterator[float]) -> float:
    known = [*values]
    return round(sum(known) / len(known), 2)
