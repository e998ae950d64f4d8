"""Files that other programs hold, as Excel, a viewer, or a scanner holds them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from machine import Machine, on_windows
from made_up import shorten
from trying import PATIENT, contents, expect, left_half_made, small, step

from ita_helpers.files.workspace import Workspace

RENDER = ("render", "ban-rai", "--year", "2568", "--to", "html,pdf,docx")
TOLD = {"office": "Excel", "viewer": "PDF", "alone": "ไวรัส"}
LIST = "ชื่อหน่วยงาน,1,2,3,4,5,6,7,8,9,10\n{}องค์การบริหารส่วนตำบลใหม่ (ข้อมูลสมมติ){}\n"


def _render(
    machine: Machine, folder: Path, *more: str, words: tuple[str, ...] = RENDER
) -> tuple[int, str]:
    """Make the report of a workspace whose notebook is short, and so its own."""
    return machine.ita(*words, *PATIENT, *more, folder=folder, ITA_TRUST="1")


def _made(machine: Machine, name: str) -> Path:
    """Return a workspace with a report."""
    folder = shorten(Workspace(small(machine, name))).root
    expect(_render(machine, folder))
    return folder


@step
def a_report_that_is_open(machine: Machine) -> str:
    """Leave all files of a report as they were while one is held, and say how it is held."""
    folder = _made(machine, "เปิดค้าง")
    for how, name in (("viewer", "pdf"), ("office", "docx"), ("alone", "html")):
        _change_scores(folder, how)
        before = contents(folder / "rendered/2568")
        file = folder / f"rendered/2568/ban-rai.{name}"
        with machine.holding(how, file):
            expect(_render(machine, folder), file.name, TOLD[how], status=1)
        assert contents(folder / "rendered/2568") == before
    expect(_render(machine, folder))
    assert contents(folder / "rendered/2568") != before
    assert left_half_made(folder) == []
    return "nothing changed while held, all new afterwards"


def _change_scores(folder: Path, words: str) -> None:
    table = folder / "data/scores/2568.csv"
    text = table.read_text(encoding="utf-8")
    changed = re.sub("ข้อมูลสมมติ[^,]*,", f"ข้อมูลสมมติ {words},", text)
    table.write_text(changed, encoding="utf-8")


@step
def an_import_while_one_table_is_open(machine: Machine) -> str:
    """Write nothing while the list of offices is open in Excel, and all of it afterwards."""
    folder = small(machine, "นำเข้า")
    scores = ",87.50" * 10
    (folder / "ใหม่.csv").write_text(LIST.format("", scores), encoding="utf-8-sig")
    orders = ("import", "ใหม่.csv", "--year", "2568", "--province", "สมุทรสงคราม", "--yes")
    before = contents(folder)
    with machine.holding("office", folder / "data/organisations.csv"):
        run = machine.ita(*orders, folder=folder)
        expect(run, "organisations.csv", "Excel", status=1)
    assert contents(folder) == before
    expect(machine.ita(*orders, folder=folder))
    assert "ตำบลใหม่" in (folder / "data/organisations.csv").read_text(encoding="utf-8-sig")
    assert left_half_made(folder) == []
    return "nothing half"


@step
def failures_and_index_open_in_excel(machine: Machine) -> None:
    """Say in one line for each which file is open, when all has become well."""
    folder = _made(machine, "ล้มเหลว")
    (folder / "params/2568/เสีย.yml").write_text("organisation: [", encoding="utf-8")
    expect(_render(machine, folder, words=("render",)), status=1)
    (folder / "params/2568/เสีย.yml").unlink()
    held = ("failures.csv", "index.html")
    with machine.holding("office", *(folder / "rendered" / each for each in held)):
        said = expect(_render(machine, folder, words=("render",)), status=1)
    told = [line for line in said.splitlines() if "Excel" in line]
    assert [sum(name in line for line in told) for name in held] == [1, 1], said
    assert "failures-" not in said, said
    expect(_render(machine, folder, words=("render",)))
    assert not (folder / "rendered/failures.csv").exists()


@step
def a_scanner_that_opens_each_new_file(machine: Machine) -> str:
    """Finish a report although every new file is held for a moment."""
    folder = shorten(Workspace(small(machine, "สแกน"))).root
    with machine.beside("scan.py", on_windows(folder)) as scanned:
        for _ in range(2):
            expect(_render(machine, folder, "--force"))
    assert left_half_made(folder) == []
    return f"{scanned()} files were held"


@step
def files_that_vanish_for_a_moment(machine: Machine) -> str:
    """Lose nothing where a program takes files away and brings them back (OneDrive)."""
    folder = shorten(Workspace(small(machine, "หายวับ"))).root
    expect(_render(machine, folder))
    with machine.vanishing(folder / "data") as vanished:
        for _ in range(3):
            expect(_render(machine, folder, "--force"))
        times = vanished()
    before = contents(folder / "data")
    expect(_render(machine, folder, "--force"))
    assert contents(folder / "data") == before
    assert left_half_made(folder) == []
    return f"{times} times away"


@step
def a_file_set_to_be_read_only(machine: Machine) -> str:
    """Leave all files of a report as they were and say why, or replace it, as Wine lets us."""
    folder = _made(machine, "อ่านอย่างเดียว")
    _change_scores(folder, "x")
    file = machine.on_drive(folder / "rendered/2568/ban-rai.pdf")
    machine.run("attrib", "+r", file)
    before = contents(folder / "rendered/2568")
    status, said = _render(machine, folder)
    machine.run("attrib", "-r", file)
    if status:
        expect((status, said), "ban-rai.pdf", "อ่านได้อย่างเดียว", status=1)
        assert contents(folder / "rendered/2568") == before
    expect(_render(machine, folder))
    shutil.rmtree(folder)
    return f"status {status}"
