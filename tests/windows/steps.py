"""What users do with the program, done there, in the order in which they do it."""

from __future__ import annotations

import re
import shlex
import shutil
import time
from pathlib import Path

from every_command import CALLS, Words
from linux import render_here
from machine import Machine, megabytes, on_windows
from surroundings import a_workspace
from trying import PATIENT, SAMPLE, STEPS, Step, documents, expect, small, step
from typed import fill, sample_entries

FORMATS = "html,pdf,docx,png"


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
    """Make every paper, byte for byte that of Linux, where the pool is spawned for once too."""
    shutil.rmtree(machine.program / "rendered", ignore_errors=True)
    began = time.monotonic()
    expect(machine.ita("render", *PATIENT, "--to", FORMATS, "--force"))
    there = time.monotonic() - began
    here, folder = render_here(machine.program, FORMATS)
    papers = [each.relative_to(folder) for each in folder.glob("[0-9]*/*.*")]
    papers = [each for each in papers if each.suffix != ".ipynb" and each.name[0] != "."]
    differing = [str(each) for each in sorted(papers) if _differs(each, machine, folder)]
    assert not differing, differing
    return f"{len(papers)} papers of the same bytes; {there:.0f} s, on Linux {here:.0f} s"


def _differs(paper: Path, machine: Machine, folder: Path) -> bool:
    return (folder / paper).read_bytes() != (machine.program / "rendered" / paper).read_bytes()


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


@step
def papers_are_issued_adopted_and_published(machine: Machine) -> None:
    """Go the way of one report to its end: corrected in Word, issued, verified, on a website."""
    folder = small(machine, "ออกเล่ม")
    expect(machine.ita("edit", "params/2568/ban-rai.yml", "--no-lab", folder=folder))
    expect(
        machine.ita("render", *PATIENT, "ban-rai", "--year", "2568", "--to", "docx", folder=folder)
    )
    word = folder / "rendered/2568/ban-rai.docx"
    expect(machine.ita("adopt", on_windows(word), folder=folder))
    expect(machine.ita("issue", "ban-rai", "--year", "2568", folder=folder), status=1)
    expect(machine.ita("publish", "--to", "เว็บไซต์", folder=folder))
    assert (folder / "เว็บไซต์/index.html").is_file()


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
    shutil.copy(machine.program / "rendered/example.png", seal)
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
    status, said = machine.ita(
        "render", *PATIENT, "ban-rai", "--year", "2568", "--to", "html", folder=folder
    )
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
