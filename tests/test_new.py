"""A new office begins without a file written by hand, and nothing that is there is overwritten."""

from __future__ import annotations

import shutil

import openpyxl
import pytest
from conftest import CHARACTERS, ORGANISATIONS, ROOT, assert_helps_the_reader, ita, write
from hypothesis import given
from hypothesis import strategies as st

from ita_helpers.errors import BadName, OrganisationExists
from ita_helpers.files.workspace import Workspace
from ita_helpers.forms.writer import free_form, render_form
from ita_helpers.language.catalogue import label
from ita_helpers.offices.codes import Words, propose_code, romanise
from ita_helpers.offices.newcomers import Newcomer, add_organisation, check_newcomer
from ita_helpers.offices.workspace import make_workspace
from ita_helpers.records.names import in_full, search, short_name_of
from ita_helpers.records.organisation import SLUG
from ita_helpers.store.organisations import find_organisation, organisation_of, read_organisations
from ita_helpers.store.params import load_parameters
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import read_reference

CODES = {
    "องค์การบริหารส่วนตำบลบางแค": "bang-khae",
    "องค์การบริหารส่วนตำบลไชยสอ": "chai-so",
    "องค์การบริหารส่วนตำบลหนองแสง": "nong-saeng",
    "องค์การบริหารส่วนตำบลป่าตึง": "pa-tueng",
    "เทศบาลตำบลทุ่งใหญ่": "thung-yai",
    "เทศบาลเมืองหัวหิน": "hua-hin",
    "องค์การบริหารส่วนจังหวัดขอนแก่น": "khon-kaen",
    "เทศบาลนครนครศรีธรรมราช": "nakhon-si-thammarat",
    "สำนักงานปลัดกระทรวงการคลัง": "office-secretary-finance",
    "กรมส่งเสริมการปกครองท้องถิ่น": "department-promotion-local-administration",
    "สำนักงานเขตดุสิต": "office-district-dusit",
    "จังหวัดสมุทรสงคราม": "province-samut-songkhram",
    "สำนักงานนวัตกรรมสมมติ (NIAX)": "niax",
    "กรุงเทพมหานคร": "bangkok",
}


@pytest.fixture
def own(tmp_path):
    return make_workspace(tmp_path / "งาน ITA")


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_workspace_is_made_and_found(tmp_path, monkeypatch):
    folder = tmp_path / "งาน ITA"
    assert ita("new", "workspace", folder).exit_code == 0
    assert {"params", "data", "notebooks", "rendered"} <= {path.name for path in folder.iterdir()}
    assert read_organisations(Workspace(folder)) == {}
    made = files(folder)
    again = ita("new", "workspace", folder)
    assert again.exit_code == 1
    assert_helps_the_reader(again.output.strip(), "organisations.csv")
    assert files(folder) == made


def test_a_workspace_leaves_what_is_in_its_folder(tmp_path):
    kept = tmp_path / "อ่านก่อน.txt"
    kept.write_text("ของเรา", encoding="utf-8")
    make_workspace(tmp_path)
    assert kept.read_text(encoding="utf-8") == "ของเรา"


def test_a_workspace_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    done = ita("new", "workspace", tmp_path / "file/inside")
    assert done.exit_code == 1
    assert_helps_the_reader(done.output.strip(), "file")


def test_a_workspace_compares_with_the_country_like_the_program(own):
    means = read_reference(own, 2568, read_framework(own, 2568))
    theirs = read_reference(Workspace(ROOT), 2568, read_framework(own, 2568))
    assert means == theirs
    assert means.scores["ITA"].points > 0


@pytest.mark.parametrize("name", CODES)
def test_a_code_is_proposed_from_the_place(name):
    assert propose_code(name, "", ()) == CODES[name]


def test_a_code_that_is_taken_gets_the_district_then_a_number():
    name = "องค์การบริหารส่วนตำบลป่าตึง"
    assert propose_code(name, "แม่จัน", {"pa-tueng"}) == "pa-tueng-mae-chan"
    taken = {"pa-tueng", "pa-tueng-mae-chan"}
    assert propose_code(name, "แม่จัน", taken) == "pa-tueng-2"


@given(st.text(CHARACTERS, max_size=60), st.text(CHARACTERS, max_size=20))
def test_a_proposed_code_is_always_a_code(name, district):
    code = propose_code(name, district, ())
    assert SLUG.fullmatch(code)
    assert not code.endswith("-")


def test_a_long_name_keeps_its_first_and_last_words_whole():
    name = "สำนักงานคณะกรรมการส่งเสริมและพัฒนาเทคโนโลยีดิจิทัลเพื่อการเกษตรและอุตสาหกรรมแห่งชาติ"
    code = propose_code(name, "", ())
    assert len(code) <= 60
    assert code.startswith("promotion-")
    assert code.endswith("-national")


def test_syllables_are_cut_whole():
    assert len(romanise("ก" * 90)) <= 40
    assert romanise("ศูนย์ส่งเสริมการเรียนรู้ระดับอำเภอเมืองสมุทรสงคราม").count("-") > 3


def test_an_organisation_is_asked_for_in_thai(own):
    answers = "\n".join(["อบต.บางแค", "อัมพวา", "สมุทรสงคราม"]) + "\n"
    done = ita("new", "organisation", root=own.root, answers=answers)
    assert done.exit_code == 0, done.output
    for key in ("name", "district", "province"):
        assert label(f"cli.new.organisation.{key}") in done.output
    office = find_organisation(own, "bang-khae")
    assert office.name == "องค์การบริหารส่วนตำบลบางแค"
    assert office.short_name == "อบต.บางแค"
    assert office.type == "องค์การบริหารส่วนตำบล"
    parameters = load_parameters(own.params / "2568/bang-khae.yml", own)
    assert (parameters.organisation, parameters.fiscal_year) == ("bang-khae", 2568)
    (form,) = own.root.glob("*.xlsx")
    assert form.name == "แบบกรอกคะแนน อบต.บางแค (bang-khae) 2568.xlsx"
    sheet = openpyxl.load_workbook(form)["2568"]
    values = [cell.value for cell in sheet["C"]]
    assert {"bang-khae", office.name, "อัมพวา", "สมุทรสงคราม"} <= set(values)
    assert "ita import" in done.output


def test_an_organisation_is_made_from_options_alone(own):
    named = ("--name", "กรมสมมติ (ข้อมูลสมมติ)", "--type", "กรม", "--code", "made-up-department")
    done = ita("new", "organisation", *named, "--district", "", "--province", "", root=own.root)
    assert done.exit_code == 0, done.output
    assert find_organisation(own, "made-up-department").type == "กรม"


def test_the_same_office_is_not_added_twice(own):
    named = ("--name", "อบต.บางแค", "--district", "อัมพวา", "--province", "สมุทรสงคราม")
    assert ita("new", "organisation", *named, root=own.root).exit_code == 0
    before = files(own.root)
    again = ita("new", "organisation", *named, root=own.root)
    assert again.exit_code == 1
    assert_helps_the_reader(again.output.strip(), "bang-khae", "organisations.csv")
    assert files(own.root) == before
    elsewhere = ("--name", "อบต.บางแค", "--district", "เมือง", "--province", "ราชบุรี")
    assert ita("new", "organisation", *elsewhere, root=own.root).exit_code == 0
    assert set(read_organisations(own)) == {"bang-khae", "bang-khae-mueang"}


def test_what_lies_there_already_stays(own):
    write(own, "data/offices/bang-khae.yml", "unit: กองของเรา\n")
    write(own, "params/2568/bang-khae.yml", "organisation: bang-khae\nfiscal_year: 2568\n# ok\n")
    write(own, "แบบกรอกคะแนน อบต.บางแค (bang-khae-2) 2568.xlsx", b"own")
    before = files(own.root)
    named = ("--name", "อบต.บางแค", "--district", "", "--province", "")
    assert ita("new", "organisation", *named, root=own.root).exit_code == 0
    after = files(own.root)
    assert {path: after[path] for path in before if path != own.organisations} == {
        path: content for path, content in before.items() if path != own.organisations
    }
    assert len([path for path in after if path.suffix == ".xlsx"]) == 2


def test_a_name_that_is_none_is_told(own):
    with pytest.raises(BadName) as caught:
        check_newcomer(own, Newcomer.of("ก" * 120))
    assert_helps_the_reader(caught.value, 120)
    with pytest.raises(BadName) as caught:
        check_newcomer(own, Newcomer.of("  "))
    assert_helps_the_reader(caught.value)


@pytest.mark.parametrize("code", ["บางแค", "a b", "../x", "-x", "x" * 101])
def test_a_code_that_is_none_is_told(own, code):
    named = ("--name", "อบต.บางแค", "--district", "", "--province", "", "--code", code)
    done = ita("new", "organisation", *named, root=own.root)
    assert done.exit_code == 1
    assert_helps_the_reader(done.output.strip(), "a–z")
    assert read_organisations(own) == {}


def test_a_code_of_another_office_is_told(own):
    add_organisation(own, Newcomer.of("อบต.บางแค", code="bang-khae"), 2568)
    with pytest.raises(OrganisationExists) as caught:
        check_newcomer(own, Newcomer.of("อบต.บางแก", code="bang-khae"))
    assert_helps_the_reader(caught.value, "bang-khae", "องค์การบริหารส่วนตำบลบางแค")


def test_every_year_with_rules_has_a_form(own):
    for year in own.framework_years():
        assert render_form(own, year, None)


def test_a_form_says_in_words_what_to_do_and_shows_no_template(own):
    (own.root / "f.xlsx").write_bytes(render_form(own, 2568, None))
    guide = openpyxl.load_workbook(own.root / "f.xlsx").worksheets[0]
    texts = [str(cell.value) for cell in guide["A"]]
    assert "ita import" in texts[-1]
    assert not [text for text in texts if "{" in text]


def test_a_form_is_not_written_over(own):
    for _ in range(3):
        assert ita("new", "form", "--year", "2568", root=own.root).exit_code == 0
    assert len(list(own.root.glob("*.xlsx"))) == 3
    taken = own.root / "แบบกรอกคะแนน 2568.xlsx"
    done = ita("new", "form", "--year", "2568", "--out", taken, root=own.root)
    assert done.exit_code == 1
    assert_helps_the_reader(done.output.strip(), taken)


@pytest.mark.parametrize("name", ["อบต.บางแค", 'ก/ข\\:*?"<>|{0}\n', "..", "ก" * 180])
def test_the_forms_of_two_offices_and_years_are_told_apart_by_their_names(own, name):
    offices = [organisation_of(Newcomer(name=name, code=code).cells) for code in ("a", "b")]
    forms = [free_form(own, year, each) for each in offices for year in (2567, 2568)]
    assert len({form.name.casefold() for form in forms}) == 4
    for form in forms:
        assert form.parent == own.root
        form.write_bytes(b"")
        assert len(form.name.encode()) < 255


def test_text_in_a_form_is_never_a_formula(own):
    name = "=cmd|' /c calc'!A0 (ข้อมูลสมมติ)"
    add_organisation(own, Newcomer(name=name, type="กรม", code="x"), 2568)
    (own.root / "f.xlsx").write_bytes(render_form(own, 2568, find_organisation(own, "x")))
    sheet = openpyxl.load_workbook(own.root / "f.xlsx")["2568"]
    (cell,) = [cell for cell in sheet["C"] if cell.value == name]
    assert cell.data_type == "s"


MEANT = {
    "ban-rai": ["ban-rai"],
    "บ้านไร่ (ข้อมูลสมมติ)": ["ban-rai"],
    "อบต.บ้านไร่": ["ban-rai"],
    "บ้านไร่": ["ban-rai"],
    "บ้าน": ["ban-rai", "ban-rao"],
    "องค์การบริหารส่วนตำบลบ้านเรา (ข้อมูลสมมติ)": ["ban-rao"],
    "ทั้งหมด": [],
    "": [],
}


@pytest.mark.parametrize("text", MEANT)
def test_an_office_is_found_by_what_people_call_it(own, text):
    write(own, "data/organisations.csv", ORGANISATIONS)
    found = search(text, read_organisations(own).values())
    assert [each.code for each in found] == MEANT[text]


def test_a_name_has_one_full_and_one_short_form():
    for short, full in {
        "อบต. บางแค": "องค์การบริหารส่วนตำบลบางแค",
        "ทต.บางกระบือ": "เทศบาลตำบลบางกระบือ",
        "อบจ.ขอนแก่น": "องค์การบริหารส่วนจังหวัดขอนแก่น",
    }.items():
        assert in_full(short) == in_full(full) == full
        assert short_name_of(full) == short.replace(" ", "")
    assert in_full("กรมสมมติ") == short_name_of("กรมสมมติ") == "กรมสมมติ"


@pytest.fixture
def sample(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "params").mkdir()
    return Workspace(tmp_path)


def test_a_command_takes_a_thai_name_and_writes_the_parameter_file(sample):
    done = ita("explain", "บางแค", root=sample.root)
    assert done.exit_code == 0, done.output
    assert "92.86" in done.output
    assert (sample.params / "2568/bang-khae.yml").exists()


def test_a_name_is_looked_up_in_the_newest_year_unless_one_is_said(sample):
    assert ita("explain", "ตัวอย่าง", "--year", "2566", root=sample.root).exit_code == 0
    assert (sample.params / "2566/made-up-example.yml").exists()
    assert "2568" in ita("explain", "ตัวอย่าง", root=sample.root).output


WRONG_NAMES = {
    "several": (("บาง",), ["bang-khae", "bang-krabue"]),
    "none": (("บางไม่มี",), ["บางไม่มี", "organisations.csv"]),
    "a slip": (("bang-kae",), ["bang-khae"]),
    "no scores": (("บางแค", "--year", "2565"), ["2565", "ita import"]),
    "a file": (("params/2568/x.yml",), ["x.yml"]),
}


@pytest.mark.parametrize("kind", WRONG_NAMES)
def test_a_name_that_leads_nowhere_is_told(sample, kind):
    arguments, facts = WRONG_NAMES[kind]
    done = ita("explain", *arguments, root=sample.root)
    assert done.exit_code == 1
    assert_helps_the_reader(done.output.strip(), *facts)


def test_words_are_found_as_by_the_trie_that_is_not_built():
    from pythainlp.util import Trie

    words = ["ก", "กา", "การ ", "ตากลม", "ตา", "ลม", "มา"]
    ours, trie = Words(words), Trie(words)
    for text in ("ตากลมมาการ", "กการ", "", "ไม่มี"):
        for place in range(len(text) + 1):
            assert ours.prefixes(text, place) == trie.prefixes(text, place)
