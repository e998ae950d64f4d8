"""Provinces and districts are spelt as the official list has them, and printed once each."""

from __future__ import annotations

import pytest
from conftest import assert_helps_the_reader, ita
from printed_tables import LIST_TITLE
from typed import own_workspace, table

from ita_helpers.errors import MisspeltPlace
from ita_helpers.importing.compare import compare
from ita_helpers.importing.files import read_file
from ita_helpers.importing.found import Asked
from ita_helpers.importing.new_values import Consent
from ita_helpers.importing.wide_list import place_in
from ita_helpers.offices.newcomers import Newcomer
from ita_helpers.records.places import places_of
from ita_helpers.store.places import misspelt, official_places


def test_the_list_has_every_province_and_district_once():
    districts = official_places().districts
    assert len(districts) == 77
    assert sum(map(len, districts.values())) == 928
    assert all(len(set(each)) == len(each) for each in districts.values())
    assert "ดุสิต" in districts["กรุงเทพมหานคร"]
    assert not any(each.startswith(("อำเภอ", "เขต")) for of in districts.values() for each in of)


@pytest.mark.parametrize(
    ("district", "province", "told"),
    [
        ("อัมพวา", "สมุทรสงคาม", ("สมุทรสงคาม", "สมุทรสงคราม")),
        ("อัมพวาา", "สมุทรสงคราม", ("อัมพวาา", "อัมพวา")),
        ("เมืองสมุทรสงครม", "สมุทรสงคราม", ("เมืองสมุทรสงครม", "เมืองสมุทรสงคราม")),
        ("อัมพวา", "สมุทรสงคราม", ("", "")),
        ("เมือง", "สมุทรสงคราม", ("", "")),
        ("เมืองลม", "ลมเย็น", ("", "")),
        ("อัมพวาา", "", ("", "")),
        ("", "", ("", "")),
    ],
)
def test_a_slip_is_told_with_the_official_name_and_nothing_else_is(district, province, told):
    assert misspelt(district, province) == told


@pytest.fixture
def own(tmp_path):
    return own_workspace(tmp_path)


def reading(own, title):
    path = own.root / "ตาราง.csv"
    path.write_text(f"{title}\nที่,หน่วยงาน,คะแนน ITA\n1,อบต.ทุ่งลม,92.86\n", encoding="utf-8")
    return read_file(path, Asked(own), "ตาราง.csv")


def test_a_misspelt_province_of_a_list_is_refused_unless_it_is_accepted(own):
    found = reading(own, LIST_TITLE.replace("ลมเย็น", "สมุทรสงคาม"))
    with pytest.raises(MisspeltPlace) as caught:
        compare(own, [found])
    assert_helps_the_reader(caught.value, "B3", "สมุทรสงคาม", "สมุทรสงคราม", "--accept")
    (newcomer,) = compare(own, [found], Consent(accept=True)).newcomers
    assert newcomer.province == "สมุทรสงคาม"


def test_a_new_office_with_a_misspelt_place_is_told(own):
    places = ("--district", "แม่จันน์", "--province", "เชียงราย")
    asked = ("new", "organisation", "--name", "ทต.ฝน", *places, "--code", "fon")
    assert "“แม่จัน”" in ita(*asked, root=own.root).output


@pytest.mark.parametrize("name", ["กรุงเทพมหานคร", "กทม.", "กรุงเทพฯ", "จังหวัดกรุงเทพมหานคร"])
def test_the_capital_has_one_name(name):
    assert Newcomer.of("สำนักงานเขตลมเย็น", province=name).province == "กรุงเทพมหานคร"


@pytest.mark.parametrize("title", ["ผลการประเมิน ITA กรุงเทพมหานคร ปี 2568", "หน่วยงานของ กทม. ปี 2568"])
def test_the_capital_is_found_in_a_title_without_a_word_before_it(own, title):
    assert place_in(title, "province") == "กรุงเทพมหานคร"
    (newcomer,) = compare(own, [reading(own, title)]).newcomers
    assert newcomer.province == "กรุงเทพมหานคร"


@pytest.mark.parametrize(
    ("name", "district", "province", "shown"),
    [
        ("สถาบันสมมติ", "ดุสิต", "กรุงเทพมหานคร", ["เขตดุสิต", "กรุงเทพมหานคร"]),
        ("สำนักงานเขตดุสิต", "ดุสิต", "กรุงเทพมหานคร", ["กรุงเทพมหานคร"]),
        ("กรุงเทพมหานคร", "", "กรุงเทพมหานคร", []),
        ("องค์การบริหารส่วนจังหวัดลมเย็น", "เมือง", "ลมเย็น", ["อำเภอเมือง"]),
        ("เทศบาลนครขอนแก่น", "เมืองขอนแก่น", "ขอนแก่น", ["อำเภอเมืองขอนแก่น", "จังหวัดขอนแก่น"]),
    ],
)
def test_a_place_that_the_name_holds_is_not_printed_again(name, district, province, shown):
    assert places_of(name, district, province) == shown


def test_a_list_of_the_capital_tells_districts_in_their_own_word(own):
    path = own.root / "เขต.csv"
    rows = "ที่,เขต,หน่วยงาน,คะแนน ITA\n1,ดุสิต,สถาบันสมมติ,92.86\n"
    path.write_text(f"ผลการประเมิน ITA กรุงเทพมหานคร ปี 2568\n{rows}", encoding="utf-8")
    done = ita("import", path, "--yes", root=own.root)
    assert "สถาบันสมมติ เขตดุสิต กรุงเทพมหานคร" in done.output
    assert "จังหวัดกรุงเทพ" not in done.output
    assert table(own)
