"""What may stand around a command: a small workspace, partly broken, and a network that is dead."""

from __future__ import annotations

from pathlib import Path

from conftest import ORGANISATIONS, SCORE_HEAD, write

from ita_helpers.files.workspace import Workspace

NUMBERS = ",".join(map(str, range(1, 11)))
OFFICE = "องค์การบริหารส่วนตำบลบ้านไร่ (ข้อมูลสมมติ)"
LIST = f"ชื่อหน่วยงาน,{NUMBERS}\n{OFFICE},{'87.50,' * 10}\n"


def a_workspace(folder: Path) -> Workspace:
    """Make a workspace of two offices; one parameter file is broken."""
    made = Workspace(folder)
    write(made, "data/organisations.csv", ORGANISATIONS)
    rows = (f"ban-rai,{code},{80 + code}.50,,ข้อมูลสมมติ," for code in range(1, 11))
    write(made, "data/scores/2568.csv", "\n".join([SCORE_HEAD, *rows, ""]))
    write(made, "params/2567/ban-rao.yml", "organisation: [")
    write(made, "เสีย.yml", "organisation: [")
    write(made, "คะแนน.csv", LIST)
    made.rendered.mkdir()
    return made


DEAD = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
