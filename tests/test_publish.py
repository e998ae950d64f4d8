"""A site of many reports: what goes in, what is held back, and that nothing else is touched."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from browsers import assert_readable_for_everyone, with_browser
from conftest import ita, write, write_scores
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from made_up import shorten
from published_sheets import assert_for_everyone

from ita_helpers.files.facts import ResultFacts
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import say
from ita_helpers.records.kinds import kind_named
from ita_helpers.rendering.site_comparisons import wanted_by
from ita_helpers.rendering.site_folder import RECORD, published_in
from ita_helpers.run.own_folder import changed_files, replace_folder, sealed
from ita_helpers.website.contents import Site, SitePaper, SiteReport
from ita_helpers.website.page import write_page
from ita_helpers.website.pages import pages_of
from ita_helpers.website.places import Addresses
from ita_helpers.website.results import data_files

OFFICES = """organisation,name,short_name,type,district,province,official_code
ban-rai,องค์การบริหารส่วนตำบลบ้านไร่,อบต.บ้านไร่,องค์การบริหารส่วนตำบล,อัมพวา,สมุทรสงคราม,
ban-mai,องค์การบริหารส่วนตำบลบ้านใหม่,อบต.บ้านใหม่,องค์การบริหารส่วนตำบล,,,
"""
NASTY = '<script>alert("1")</script>'
HREF = re.compile(r'(?:href|src)="([^"#]+)|url\(([^)]+)\)')


def contents(folder: Path) -> dict[str, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Hold two offices with short reports that nobody has reviewed."""
    workspace = shorten(Workspace(tmp_path_factory.mktemp("home")), "narrative-closing")
    write(workspace, "data/organisations.csv", OFFICES)
    rows = [f"{code},{80 + code}.50,,ประกาศ [แฟ้ม.xlsx],," for code in range(1, 11)]
    write_scores(workspace, *rows)
    table = workspace.yearly("scores", 2568)
    text = table.read_text("utf-8-sig")
    head, *lines = text.splitlines()
    office = lines[0].split(",")[0]
    others = [line.replace(office, "ban-mai", 1) for line in lines]
    table.write_text("\n".join([head, *lines, *others]) + "\n", "utf-8-sig")
    for code in ("ban-rai", "ban-mai"):
        write(workspace, f"params/2568/{code}.yml", f"organisation: {code}\nfiscal_year: 2568\n")
    assert ita("trust", root=workspace.root).exit_code == 0
    return workspace


@pytest.fixture(scope="module")
def site(home: Workspace) -> Path:
    """Publish both offices, since somebody typed their number."""
    folder = home.root / "site"
    run = ita("publish", "--to", folder, "--held-too", 2, root=home.root)
    assert run.exit_code == 0, run.output
    return folder


@pytest.mark.processes
def test_drafts_are_held_back_until_their_number_is_typed(home, tmp_path):
    run = ita("publish", "--to", tmp_path / "site", root=home.root)
    assert run.exit_code == 1 and not (tmp_path / "site").exists()
    assert "ยังไม่พร้อมเผยแพร่ 2 ฉบับ" in run.output and "ita edit ban-rai --year 2568" in run.output
    run = ita("publish", "--to", tmp_path / "site", "--held-too", 3, root=home.root)
    assert run.exit_code == 2 and not (tmp_path / "site").exists()
    assert "2 ฉบับ" in run.output


@pytest.mark.processes
def test_every_link_of_a_site_leads_to_a_file_in_it(site):
    assert changed_files(site, RECORD) == []
    for page in site.rglob("*.html"):
        for address in filter(None, sum(HREF.findall(page.read_text("utf-8")), ())):
            if not address.startswith(("data:", "http", "{")):
                assert (page.parent / unquote(address)).is_file(), (page, address)
    assert all(each.isascii() for each in contents(site))


@pytest.mark.processes
def test_a_site_has_public_papers_alone(home, site):
    papers = {each.name for each in (site / "offices/ban-rai").iterdir()}
    endings = ("html", "pdf", "docx")
    assert papers == {"index.html", *(f"ita-analysis-2568-ban-rai.{each}" for each in endings)}
    made = home.rendered / "2568/ban-rai-public.pdf"
    assert (
        site / "offices/ban-rai/ita-analysis-2568-ban-rai.pdf"
    ).read_bytes() == made.read_bytes()


@pytest.mark.processes
def test_a_site_compares_the_offices_it_publishes(site):
    names = {each.name for each in (site / "places").iterdir() if "comparison" in each.name}
    assert names == {f"ita-comparison-2568-all.{each}" for each in ("html", "pdf", "docx", "xlsx")}
    page = (site / "places/ita-comparison-2568-all.html").read_text("utf-8")
    assert "แห่งที่เผยแพร่รายงานในเว็บไซต์นี้" in page and "ita-comparison-2568-all.pdf" in page
    assert_for_everyone((site / "places/ita-comparison-2568-all.xlsx").read_bytes())


@pytest.mark.processes
def test_the_scores_are_there_as_data_and_every_column_is_explained(site):
    (row, _) = csv.DictReader(
        io.StringIO((site / "data/ita-results-2568.csv").read_text("utf-8-sig"))
    )
    assert row["indicator_1"] == "81.50" and row["source"] == "ประกาศ" and row["district"] == ""
    told = json.loads((site / "data/ita-results-2568.json").read_text("utf-8"))["results"]
    for name, value in told[0].items():
        as_number = isinstance(value, float)
        assert Decimal(row[name]) == Decimal(str(value)) if as_number else row[name] == _cell(value)
    explained = csv.DictReader(io.StringIO((site / "data/dictionary.csv").read_text("utf-8-sig")))
    assert [each["column"] for each in explained if each["meaning"]] == list(row)


def _cell(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.processes
def test_a_site_is_replaced_as_a_whole_and_tells_what_is_gone(home, site, tmp_path):
    kept, folder = tmp_path / "kept", tmp_path / "site"
    shutil.copytree(site, kept)
    folder.symlink_to(kept)
    assert published_in(folder) == {"2568/ban-rai", "2568/ban-mai"}
    run = ita("publish", "ban-mai", "--year", 2568, "--to", folder, "--held-too", 1, root=home.root)
    assert run.exit_code == 0 and "2568/ban-rai" in run.output
    assert folder.is_symlink() and not (kept / "offices/ban-rai").exists()
    assert published_in(folder) == {"2568/ban-mai"}


@pytest.mark.processes
@pytest.mark.parametrize("name", ["ของจังหวัด.html", "offices/ban-mai/รูป.png"])
def test_somebody_elses_file_is_never_lost(home, site, name, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("ของผู้อื่น", "utf-8")
    before = contents(folder)
    run = ita("publish", "--to", folder, "--held-too", 2, root=home.root)
    assert run.exit_code == 1 and name in run.output and "ban-rai" not in run.output
    assert contents(folder) == before


@pytest.mark.parametrize("place", [".", "rendered", "issued/site"])
def test_no_site_is_put_where_a_workspace_has_its_files(small_workspace, place):
    run = ita("publish", "--to", small_workspace.root / place, root=small_workspace.root)
    assert run.exit_code == 2 and "โฟลเดอร์อื่น" in run.output


not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="there it is written otherwise")


@pytest.mark.parametrize("name", ["site", "site[1]", pytest.param("*", marks=not_on_windows)])
def test_only_what_was_left_of_the_same_folder_is_put_back_or_removed(name, tmp_path):
    """Programs that were ended left two folders half-way; another one is at work at a third."""
    folder, other = tmp_path / name, tmp_path / f".site-{name}-2-abcdefgh/was"
    left = tmp_path / f".site-{name}-abcdefgh/was"
    for each in (left, other):
        each.mkdir(parents=True)
        (each / RECORD).write_bytes(sealed({}, {}))

    def fill(new):
        assert folder.is_dir() and not left.exists()
        (new / RECORD).write_bytes(sealed({"reports": ["2568/a"]}, {}))

    replace_folder(folder, name, RECORD, fill, ".site-")
    assert published_in(folder) == {"2568/a"}
    assert other.is_dir() and not left.parent.exists()


@not_on_windows
@pytest.mark.parametrize("name", ["site", "เว็บ ไซต์", 'a"b', "$(ls)", "it's"])
def test_a_command_that_is_shown_can_be_typed_whatever_a_folder_is_called(name):
    command = re.search("python .* [^ ]*(?= แล้วเปิด)", say("publish.open", folder=name))[0]
    assert shlex.split(command)[-1] == name
    assert not re.search(r'"[^"]*[$`][^"]*"', command)


def report(code="ban-rai", year=2568, *, kind="analysis", **facts):
    given = {"name": f"อบต. {NASTY}", "district": "อัมพวา", "province": "สมุทรสงคราม"}
    given |= {"overall_shown": 92.865, "scores": {"1": 80.0}, "change": -1.0, "level": "ผ่านดี"}
    result = ResultFacts(organisation=code, fiscal_year=year, **(given | facts))
    names = [f"ita-{kind}-{year}-{code}.{ending}" for ending in ("html", "pdf", "docx")]
    papers = tuple(SitePaper(name, Path(name), {}) for name in names)
    codes = {"ITA": "คะแนนภาพรวม", "1": "ตัวชี้วัดที่ 1"}
    return SiteReport(code, year, kind_named(kind), result, papers, 0, ("=1+1",), codes)


REPORTS = (
    report(),
    report(year=2567, assumed_from=2566),
    report("ban-mai", district="", province="", overall_shown=None, change=None, is_made_up=True),
    report(kind="follow-up"),
)
SIZES = {"data/dictionary.csv": 10} | {
    f"data/ita-results-{year}.{each}": 10 for year in (2567, 2568) for each in ("csv", "json")
}


def test_what_offices_are_called_runs_no_script_and_no_formula():
    site = Site(REPORTS)
    pages = [write_page(each).decode() for each in pages_of(site, SIZES)]
    assert pages and not any("<script" in each for each in pages)
    assert any("92.87" in each and "−1.00" in each for each in pages)
    assert b",'=1+1" in data_files(site)["data/ita-results-2568.csv"]


def test_every_office_is_found_by_its_place_though_it_has_no_result():
    only = report("ban-noi", kind="follow-up", district="ชุมแพ", province="ขอนแก่น")
    pages = {
        each.path: write_page(each).decode() for each in pages_of(Site((*REPORTS, only)), SIZES)
    }
    for code in ("ban-rai", "ban-mai", "ban-noi"):
        home = f"offices/{code}/index.html"
        places = [path for path, page in pages.items() if f'href="../../{home}"' in page]
        assert home in pages and any(each.startswith("places/") for each in places), code
    assert "places/khon-kaen/index.html" in pages


def test_a_change_across_other_rules_is_marked_and_the_mark_explained():
    pages = [write_page(e).decode() for e in pages_of(Site((report(comparable="changed"),)), SIZES)]
    marked = [each for each in pages if "−1.00*" in each]
    assert marked and all("* หลักเกณฑ์บางส่วนเปลี่ยน" in each for each in marked)


def test_a_site_without_results_has_a_front_page_of_its_places():
    only = report("ban-noi", kind="follow-up", district="ชุมแพ", province="ขอนแก่น")
    pages = {each.path: each for each in pages_of(Site((only,)), {"data/dictionary.csv": 10})}
    front = write_page(pages["index.html"]).decode()
    assert "offices/ban-noi/index.html" in front and "places/khon-kaen/index.html" in front
    assert "index.html" not in {each.path for each in pages_of(Site(REPORTS), SIZES)}


def test_comparisons_are_of_the_whole_site_and_of_provinces_with_several_offices():
    others = [report(code, province="ขอนแก่น") for code in ("ban-noi", "ban-yai")]
    wanted = [*wanted_by([*REPORTS, *others])]
    found = [(each.fiscal_year, each.province, each.parameters.offices) for each in wanted]
    assert found == [
        (2568, None, ["ban-mai", "ban-noi", "ban-rai", "ban-yai"]),
        (2568, "ขอนแก่น", ["ban-noi", "ban-yai"]),
    ]


PLACES = st.sampled_from(["", "อัมพวา", "เมือง", "เมือง ", "อํ", "Index", "index", "สมุทรสงคราม"])


@given(st.lists(st.tuples(PLACES, PLACES), min_size=1))
def test_no_two_places_share_an_address(places):
    addresses = Addresses([report(district=d, province=p) for d, p in places])
    provinces = {province: addresses.province(province) for _, province in places}
    districts = {(d, p): addresses.district(d, p) for d, p in places}
    found = [*provinces.values(), *districts.values()]
    assert len(set(found)) == len(found) and all(re.fullmatch(r"[a-z0-9/.-]+", e) for e in found)


@with_browser
def test_the_pages_are_readable_for_everyone(site, tmp_path):
    pages = {each.path: write_page(each) for each in pages_of(Site(REPORTS), SIZES)}
    files = [site / "places/index.html", site / "places/ita-comparison-2568-all.html"]
    for path in ("places/samut-songkhram/index.html", "offices/ban-rai/index.html"):
        files.append(tmp_path / path.replace("/", "-"))
        files[-1].write_bytes(pages[path])
    assert_readable_for_everyone(*files)


@pytest.mark.processes
def test_each_office_gets_its_papers_what_is_left_and_a_letter(home, tmp_path):
    folder = tmp_path / "packs"
    run = ita("publish", "--pack", "office", "--to", folder, root=home.root)
    assert run.exit_code == 0, run.output
    rows = [*csv.DictReader(io.StringIO((folder / "offices.csv").read_text("utf-8-sig")))]
    assert [row["file"] for row in rows] == ["2568-ban-mai.zip", "2568-ban-rai.zip"]
    assert {each.name for each in folder.glob("*.zip")} == {row["file"] for row in rows}
    with zipfile.ZipFile(folder / rows[1]["file"]) as pack:
        names = pack.namelist()
        assert {Path(each).suffix for each in names} == {".html", ".pdf", ".docx", ".txt"}
        left = pack.read("สิ่งที่ต้องทำ.txt").decode("utf-8-sig")
        letter = Document(io.BytesIO(pack.read("หนังสือนำส่ง.docx")))
    assert "ita edit ban-rai" in left and "ita render" not in left
    said = "\n".join(each.text for each in letter.paragraphs)
    assert rows[1]["overall"] in said and rows[1]["name"] in said and names[-1] in said
    assert changed_files(folder, "pack.json") == []
    refused = ita("publish", "--pack", "office", "--held-too", 1, "--to", folder, root=home.root)
    assert refused.exit_code == 2 and "--held-too" in refused.output
