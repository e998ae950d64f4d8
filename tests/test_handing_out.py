"""Copies with Thai names: they follow their reports, and no name of an office breaks them."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

import pytest
from conftest import ita, write
from made_up import shorten

from ita_helpers.files.names import LONGEST_NAME, in_file_names
from ita_helpers.lab.report import links_to_report
from ita_helpers.language.catalogue import label
from ita_helpers.rendering.handing_out import HandingOut

HEAD = "organisation,name,short_name,type,district,province,official_code\n"
STEM = Path("2568/ban-rai")


def offices(workspace, **names):
    """Write the list of offices, by code and short name, and forget what was read of it."""
    cells = {code: '"' + name.replace('"', '""') + '"' for code, name in names.items()}
    rows = [f"{code},{cell},{cell},เทศบาลตำบล,,,\n" for code, cell in cells.items()]
    write(workspace, "data/organisations.csv", HEAD + "".join(rows))
    return HandingOut(workspace, workspace.rendered)


def report(workspace, stem, *endings, content=b"first"):
    for ending in endings:
        write(workspace, f"rendered/{stem}{ending}", content + ending.encode())


def handed_out(workspace):
    folder = workspace.rendered / label("handing_out.folder")
    return {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}


def test_a_report_made_anew_replaces_its_copies_and_what_it_no_longer_has_goes(small_workspace):
    handing_out = offices(small_workspace, **{"ban-rai": "อบต.บ้านไร่", "ban-rao": "อบต.บ้านเรา"})
    report(small_workspace, STEM, ".html", ".pdf", ".memo.docx")
    report(small_workspace, "2568/ban-rai-follow-up", ".pdf")
    stems = [STEM, Path("2568/ban-rai-follow-up"), Path("2568/nobody")]
    handing_out.hand_out(stems, others=False)
    assert handed_out(small_workspace) == {}
    handing_out.hand_out(stems, others=True)
    names = {
        "2568/อบต.บ้านไร่ 2568 รายงานผลการประเมิน.html",
        "2568/อบต.บ้านไร่ 2568 รายงานผลการประเมิน.pdf",
        "2568/อบต.บ้านไร่ 2568 บันทึกข้อความ.docx",
        "2568/อบต.บ้านไร่ 2568 รายงานผลการดำเนินการ.pdf",
    }
    assert set(handed_out(small_workspace)) == names
    (small_workspace.rendered / "2568/ban-rai.memo.docx").unlink()
    report(small_workspace, STEM, ".html", ".pdf", content=b"second")
    report(small_workspace, "2568/ban-rao", ".pdf")
    handing_out.hand_out([STEM, Path("2568/ban-rao")], others=False)
    left = handed_out(small_workspace)
    assert set(left) == {each for each in names if "บันทึกข้อความ" not in each}
    assert left["2568/อบต.บ้านไร่ 2568 รายงานผลการประเมิน.pdf"].read_bytes() == b"second.pdf"


def test_a_copy_that_somebody_changed_is_kept_beside(small_workspace):
    handing_out = offices(small_workspace, **{"ban-rai": "อบต.บ้านไร่"})
    report(small_workspace, STEM, ".docx")
    handing_out.hand_out([STEM], others=True)
    (copy,) = handed_out(small_workspace).values()
    copy.write_bytes(b"signed")
    handing_out.hand_out([STEM], others=True)
    kept = copy.with_name(f"{copy.stem}.edited-1.docx")
    assert (copy.read_bytes(), kept.read_bytes()) == (b"first.docx", b"signed")


def test_offices_of_one_name_are_told_apart_by_their_codes(small_workspace):
    report(small_workspace, STEM, ".pdf")
    report(small_workspace, "2568/ban-rao", ".pdf", content=b"other")
    offices(small_workspace, **{"ban-rai": "ทต.บ้านไร่"}).hand_out([STEM], others=True)
    shared = offices(small_workspace, **{"ban-rai": "ทต.บ้านไร่", "ban-rao": "ทต.บ้านไร่"})
    shared.hand_out([STEM, Path("2568/ban-rao")], others=True)
    found = {name: path.read_bytes() for name, path in handed_out(small_workspace).items()}
    assert found == {
        "2568/ทต.บ้านไร่ (ban-rai) 2568 รายงานผลการประเมิน.pdf": b"first.pdf",
        "2568/ทต.บ้านไร่ (ban-rao) 2568 รายงานผลการประเมิน.pdf": b"other.pdf",
    }
    offices(small_workspace, **{"ban-rai": "ทต.บ้านไร่"}).hand_out([STEM], others=False)
    assert "2568/ทต.บ้านไร่ 2568 รายงานผลการประเมิน.pdf" in handed_out(small_workspace)


HOSTILE = {
    "forbidden": 'อบต.<ก>:"ข"/ค\\ง|จ?ฉ*',
    "dots": " ..อบต.ก. . ",
    "dash": "-rf",
    "reserved": "CON",
    "braces": "อบต.{0}{name}",
    "only signs": "///",
    "long": "ก" * 120,
    "long with marks": "กึ่" * 40,
    "long with vowels": "เ" * 120,
    "split am": "น้ํา",
    "decomposed": unicodedata.normalize("NFD", "École"),
    "unseen": "อบต.\u200bก\u2060ข",
    "turned": "อบต.\u202eก",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_any_name_becomes_one_that_every_system_can_hold(small_workspace, kind):
    handing_out = offices(small_workspace, **{"ban-rai": HOSTILE[kind], "ban-rao": "ก" * 119})
    report(small_workspace, STEM, ".pdf", ".memo.docx")
    handing_out.hand_out([STEM], others=True)
    files = handed_out(small_workspace)
    assert len(files) == 2
    for name in (Path(each).name for each in files):
        assert name == unicodedata.normalize("NFC", name)
        assert not set(name) & set('<>:"/\\|?*{}\u200b\u2060\u202e')
        assert name[0] not in " .-" and name.isprintable()
        assert len(name.encode()) + len(".edited-10") < 256
        assert len(f"C:/Users/somebody/Documents/ITA/rendered/{name}") < 160
    archive = small_workspace.root / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name, path in files.items():
            packed.write(path, name)
    with zipfile.ZipFile(archive) as packed:
        assert set(packed.namelist()) == set(files)


def test_a_name_is_cut_between_letters():
    for name in ("กึ่" * 40, "ก" * 39 + "เกา", "ก" * 38 + "ที่นี่"):
        cut = in_file_names(name)
        assert len(cut) <= LONGEST_NAME and name.startswith(cut)
        rest = name[len(cut) :]
        assert not unicodedata.category(rest[0]).startswith("M")
        assert cut[-1] not in "เแโใไ"


@pytest.mark.processes
def test_a_batch_hands_out_where_asked_and_keeps_true_what_was_handed_out(small_workspace):
    root = shorten(small_workspace).root
    write(small_workspace, "params/2568/ban-rai.yml", "organisation: ban-rai\nfiscal_year: 2568\n")
    run = ita("render", "--to", "html", "--thai-names", root=root)
    assert run.exit_code == 0, run.output
    made = small_workspace.rendered / "2568/ban-rai.html"
    (copy,) = handed_out(small_workspace).values()
    assert copy.read_bytes() == made.read_bytes()
    assert copy.name in str(links_to_report(small_workspace, STEM))
    copy.write_bytes(b"")
    assert ita("render", "--to", "html", root=root).exit_code == 0
    assert copy.read_bytes() == made.read_bytes()
    assert len(handed_out(small_workspace)) == 1
