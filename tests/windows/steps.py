"""What users do with the program, done there, in the order in which they do it."""

from __future__ import annotations

import re
import shlex
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import nbformat
from copies import tick
from correcting import opened, paragraphs_of, saved
from every_command import CALLS, Words
from linux import render_here
from machine import ROOT, Machine, megabytes, on_windows
from reading import word_text
from reviewed import ISSUE, STEM, office, review
from same import HOW, how_same
from surroundings import a_workspace
from trying import COMMANDS, PATIENT, SAMPLE, STEPS, Step, documents, expect, small, step
from typed import fill, sample_entries

FORMATS = "html,pdf,docx,png"
SHELL_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"


@step
def start_bat_installs(machine: Machine) -> str:
    """Let the first start make the environment from ready-made packages, each by its digest."""
    shutil.rmtree(machine.base, ignore_errors=True)
    expect(machine.bat("--version"), "ขั้นที่ 5", "รุ่น")
    return f"{megabytes(machine.installed)} MB installed"


@step
def start_bat_starts_again(machine: Machine) -> str:
    """Start a second time, with neither network nor packages."""
    began = time.monotonic()
    said = expect(machine.bat("--version", PIP_FIND_LINKS=""), "รุ่น")
    assert "ขั้นที่" not in said
    return f"{time.monotonic() - began:.0f} s"


@step
def five_commands_from_an_empty_folder(machine: Machine) -> str:
    """Begin in a folder with letters that batch files stumble over; fill the form meanwhile."""
    folder = documents(machine, "ส่วนตัว (1) & 50%!")
    expect(machine.ita("new", "workspace", "งานITA", folder=folder))
    place = folder / "งานITA"
    name = "องค์การบริหารส่วนตำบลบางแค (ข้อมูลสมมติ)\n"
    facts = ("--district", "อัมพวา", "--province", "สมุทรสงคราม", "--code", "bang-khae")
    orders = (*facts, "--year", "2568")
    expect(machine.ita("new", "organisation", *orders, folder=place, typed=name))
    (form,) = place.glob("*.xlsx")
    fill(form, sample_entries())
    expect(machine.ita("import", form.name, folder=place, typed="y\n"))
    expect(machine.ita("render", *PATIENT, "บางแค", "--year", "2568", folder=place))
    made = sorted(each.name for each in (place / "rendered/2568").glob("[!.]*"))
    assert made == ["bang-khae.html", "bang-khae.ipynb", "bang-khae.pdf"], made
    return f"{len(made)} files"


@step
def all_samples_by_the_spawned_pool(machine: Machine) -> str:
    """Make every paper as on Linux (``same.py``), where the pool is spawned for once too."""
    made, began = documents(machine, "ตัวอย่าง"), time.monotonic()
    expect(machine.ita("render", *PATIENT, "--to", FORMATS, "--out", machine.on_drive(made)))
    there = time.monotonic() - began
    here, folder = render_here(machine.program, FORMATS)
    papers = [each.relative_to(folder) for each in folder.glob("[0-9]*/*.*")]
    papers = [each for each in papers if each.suffix != ".ipynb" and each.name[0] != "."]
    ways = {each: how_same(folder / each, made / each) for each in papers}
    differing = sorted(str(each) for each, way in ways.items() if way == HOW[-1])
    assert not differing, differing
    assert all(way == HOW[0] for each, way in ways.items() if each.suffix == ".pdf")
    counted = Counter((each.suffix[1:], way) for each, way in sorted(ways.items()))
    told = ", ".join(f"{count} {kind} {way}" for (kind, way), count in counted.items())
    return f"{told}; {there:.0f} s, on Linux {here:.0f} s"


@step
def a_workspace_for_every_command(machine: Machine) -> None:
    """Make two offices, one parameter file broken, as for the surroundings on Linux."""
    shutil.rmtree(machine.home / "commands", ignore_errors=True)
    a_workspace(machine.home / "commands")


def _one_command(words: Words) -> Step:
    def run(machine: Machine) -> None:
        call = CALLS[words]
        given = shlex.split(call.words)
        run = machine.ita(*words, *given, folder=machine.home / "commands", typed=call.typed)
        assert re.search("[ก-๛]", expect(run, status=call.status))

    return run


for _words in CALLS:
    if _words != ("start",):
        STEPS[f"ita {' '.join(_words)}"] = _one_command(_words)
COMMANDS.update(each for each in STEPS if each.startswith("ita "))
COMMANDS.add(a_workspace_for_every_command.__name__)


@step
def papers_are_adopted_issued_verified_and_published(machine: Machine) -> str:
    """Go the way of one report to its end: corrected in Word, issued, verified, on a website."""
    workspace = office(documents(machine, "ออกเล่ม"))
    review(workspace)
    folder, told = workspace.root, " ทั้งนี้ ได้ชี้แจงบุคลากรแล้ว"
    expect(machine.ita("render", *PATIENT, "ban-rai", "--to", "docx", folder=folder))
    word = opened((workspace.rendered / STEM.with_suffix(".docx")).read_bytes())
    paragraphs_of(word, "summary")[0].add_run(told)
    (folder / "แก้แล้ว.docx").write_bytes(saved(word))
    expect(machine.ita("adopt", "แก้แล้ว.docx", "--all", folder=folder))
    copy = workspace.edited(STEM)
    notebook = nbformat.read(copy, 4)
    tick(notebook, "hint-all")
    nbformat.write(notebook, copy)
    expect(machine.ita(*ISSUE, "--date", "5 มกราคม 2569", folder=folder))
    (issued,) = workspace.issued.glob(f"{STEM.as_posix()}/1/*.docx")
    assert told.strip() in word_text(opened(issued.read_bytes()).element)
    pdf = machine.on_drive(issued.with_suffix(".pdf"))
    expect(machine.ita("verify", pdf, folder=folder), "เป็นฉบับลงนามทุกประการ")
    orders = ("publish", "--to", "เว็บไซต์")
    expect(machine.ita(*orders, folder=folder), "ไม่ได้เปลี่ยนสิ่งใด", status=1)
    expect(machine.ita(*orders, "--held-too", "1", folder=folder))
    site = [each for each in (folder / "เว็บไซต์").rglob("*") if each.is_file()]
    assert folder / "เว็บไซต์/index.html" in site
    return f"{len(site)} files of the website"


@step
def output_into_a_pipe_in_english_windows(machine: Machine) -> None:
    """Turn a code page without Thai into UTF-8."""
    expect(machine.ita("explain", SAMPLE, locale="en_US"), "บางแค")
    expect(machine.ita("render", "--help", locale="en_US"), "รายงาน")


@step
def names_typed_in_either_encoding(machine: Machine) -> None:
    """Read what comes through a pipe as UTF-8, or as the code page where it is not."""
    for encoding, code in (("utf-8", "one"), ("cp874", "two")):
        folder = small(machine, f"พิมพ์ {encoding}")
        name = f"องค์การบริหารส่วนตำบลเธอ{code} (ข้อมูลสมมติ)"
        orders = ("--district", "อัมพวา", "--province", "สมุทรสงคราม", "--code", code)
        typed = f"{name}\n".encode(encoding)
        expect(machine.ita("new", "organisation", *orders, folder=folder, typed=typed))
        assert name in (folder / "data/organisations.csv").read_text(encoding="utf-8-sig")


@step
def parameter_files_by_backslashes_and_on_another_drive(machine: Machine) -> None:
    """Name files as Windows does, in any mixture, and keep one on another drive."""
    folder = small(machine, "อีกไดรฟ์")
    names = (r"params\2568\ban-rai.yml", r".\params/2568\BAN-RAI.YML")
    for name in names:
        expect(machine.ita("check", name, folder=folder))
    away = machine.home / "ที่อื่น"
    shutil.rmtree(away, ignore_errors=True)
    away.mkdir()
    shutil.copy(folder / "params/2568/ban-rai.yml", away)
    file, root = on_windows(away / "ban-rai.yml"), machine.on_drive(folder)
    orders = ("--to", "html", "--out", on_windows(away / "ผล"))
    expect(machine.ita("--root", root, "render", *PATIENT, file, *orders, folder=away))
    assert (away / "ผล/2568/ban-rai.html").is_file()
    expect(machine.ita("--root", root, "edit", file, "--no-lab", folder=away))


@step
def own_files_with_backslashes_and_line_ends_of_windows(machine: Machine) -> None:
    """Read an office's files as Notepad and Excel save them."""
    folder = small(machine, "แฟ้มของหน่วยงาน")
    seal = folder / "data/offices/ตรา/seal.png"
    seal.parent.mkdir(parents=True)
    shutil.copy(ROOT / "rendered/example.png", seal)
    office = folder / "data/offices/ban-rai.yml"
    for written in (r"emblem: ตรา\seal.png", f"emblem: {machine.on_drive(seal)}"):
        office.write_bytes(f"{written}\r\n".encode("utf-8-sig"))
        run = machine.ita(
            "render", *PATIENT, "ban-rai", "--year", "2568", "--to", "html", folder=folder
        )
        expect(run)
    text = (folder / "data/scores/2568.csv").read_text(encoding="utf-8-sig")
    (folder / "data/scores/2568.csv").write_bytes(text.replace("\n", "\r\n").encode("cp874"))
    expect(machine.ita("check", "--year", "2568", folder=folder))


@step
def documents_that_onedrive_has_moved(machine: Machine) -> None:
    """Find the usual workspace where the registry says that the documents are."""
    folder = machine.user / "OneDrive/เอกสาร/ITA"
    shutil.rmtree(folder, ignore_errors=True)
    a_workspace(folder)
    with _documents_at(machine, r"%USERPROFILE%\OneDrive\เอกสาร"):
        expect(machine.bat("new", "form", "ban-rai", "--year", "2568"))
    assert list(folder.glob("*.xlsx"))


@contextmanager
def _documents_at(machine: Machine, place: str) -> Iterator[None]:
    """Let the registry lead to the documents elsewhere meanwhile."""
    orders = ("reg", "add", SHELL_FOLDERS, "/v", "Personal", "/t", "REG_EXPAND_SZ", "/f", "/d")
    expect(machine.run(*orders, place))
    try:
        yield
    finally:
        expect(machine.run(*orders, r"%USERPROFILE%\Documents"))


@step
def an_office_named_as_a_device(machine: Machine) -> None:
    """Refuse the code ``con``, and name the remedy."""
    folder = small(machine, "ชื่อสงวน")
    orders = ("--district", "อัมพวา", "--province", "สมุทรสงคราม", "--code", "con")
    name = "องค์การบริหารส่วนตำบลคอน (ข้อมูลสมมติ)\n"
    expect(
        machine.ita("new", "organisation", *orders, folder=folder, typed=name), "Windows", status=1
    )


@step
def a_path_of_more_than_260_letters(machine: Machine) -> str:
    """Make a report far below; Wine has no limit, so only the message can differ."""
    folder = small(machine, "ยาว/" + "/".join("โฟลเดอร์ที่ชื่อยาวมากเป็นพิเศษ" for _ in range(9)))
    orders = (*PATIENT, "ban-rai", "--year", "2568", "--to", "html")
    root = ("--root", machine.on_drive(folder))  # Wine starts nothing in so long a folder
    status, said = machine.ita(*root, "render", *orders, folder=folder.parents[8])
    length = len(machine.on_drive(folder / "rendered/2568/ban-rai.html"))
    if status:
        expect((status, said), "ยาวเกินไป", status=1)
    return f"{length} letters, status {status}"


@step
def the_day_in_another_zone(machine: Machine) -> None:
    """Say the same in Bangkok as in Los Angeles: reports ask for no clock."""
    folder = small(machine, "เขตเวลา")
    made = []
    for zone in ("THA-7", "PST8PDT"):
        orders = ("--to", "html,pdf", "--force")
        expect(
            machine.ita(
                "render", *PATIENT, "ban-rai", "--year", "2568", *orders, folder=folder, TZ=zone
            )
        )
        made.append(
            [(folder / f"rendered/2568/ban-rai.{each}").read_bytes() for each in ("html", "pdf")]
        )
    assert made[0] == made[1]
