from __future__ import annotations

import json
import shutil
from datetime import date

import pytest
from conftest import ROOT, assert_helps_the_reader, ita, write

from ita_helpers import errors
from ita_helpers.offices.params_in_bulk import write_parameters
from ita_helpers.records.kinds import report_kinds
from ita_helpers.rendering.inputs import inputs_of_report
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.params import load_parameters, read_written
from ita_helpers.store.params_change import place_follow_up
from ita_helpers.store.params_defaults import default_keys
from ita_helpers.store.params_schema import defaults_schema

FILE = "params/defaults.yml"
OWN = "organisation: ban-rai\nfiscal_year: 2568\n"
LIST = "organisation,name,short_name,type,district,province,official_code\n"
OFFICES = (
    "ban-rai,เทศบาลตำบลบ้านไร่,ทต.บ้านไร่,เทศบาลตำบล,อัมพวา,สมุทรสงคราม,\n"
    "na-di,องค์การบริหารส่วนตำบลนาดี,อบต.นาดี,องค์การบริหารส่วนตำบล,แม่จัน,เชียงราย,\n"
)
ALL = """\
numerals: arabic
preset: book
provinces:
  สมุทรสงคราม:
    preset: brief
    analysis: full
types:
  เทศบาลตำบล:
    analysis: grouped
"""


@pytest.fixture
def offices(tmp_path, small_workspace):
    write(small_workspace, "data/organisations.csv", LIST + OFFICES)
    return small_workspace


def load(workspace, defaults, own=OWN, file="params/2568/ban-rai.yml"):
    write(workspace, FILE, defaults)
    return load_parameters(write(workspace, file, own), workspace)


def test_the_nearest_place_that_says_something_wins(offices):
    read = load(offices, ALL)
    assert (read.numerals, read.preset, read.analysis) == ("arabic", "brief", "grouped")
    read = load(offices, ALL, OWN + "preset: standard\nanalysis: full\nnumerals: thai\n")
    assert (read.numerals, read.preset, read.analysis) == ("thai", "standard", "full")
    other = load(offices, ALL, OWN.replace("ban-rai", "na-di"), "params/2568/na-di.yml")
    assert (other.numerals, other.preset, other.analysis) == ("arabic", "book", "grouped")


def test_a_province_is_meant_however_it_is_written(offices):
    assert load(offices, "provinces:\n  จังหวัดสมุทรสงคราม: {preset: book}\n").preset == "book"


def test_a_nearer_preset_sets_aside_what_stands_in_place_of_a_farther_one(offices):
    farther = "parts: [cover, results]\ntitle: measures\n"
    assert load(offices, farther).layout.parts == ("cover", "results")
    read = load(offices, farther, OWN + "preset: book\n")
    assert (read.parts, read.title) == ([], "")
    read = load(offices, farther + "preset: book\n")
    assert read.layout.parts == ("cover", "results")


def test_every_value_is_shown_with_the_place_it_stands_at(offices):
    load(offices, ALL)
    run = ita("--root", offices.root, "params", "--show", "ban-rai", "--year", "2568")
    lines = [line.split() for line in run.output.splitlines()]
    said = {line[0]: line[1:] for line in lines}
    assert said["numerals"] == ["arabic", "(params/defaults.yml", "บรรทัดที่", "1)"]
    assert said["preset"][:4] == ["brief", "(params/defaults.yml", "บรรทัดที่", "5"]
    assert "สมุทรสงคราม)" in said["preset"]
    assert said["organisation"][1] == "(params/2568/ban-rai.yml"
    assert "โปรแกรม" in said["edition"][1]
    assert set(said) > set(report_kinds()[0].keys)


@pytest.mark.parametrize(
    ("defaults", "kind", "facts"),
    [
        ("numeral: thai\n", errors.UnknownKey, [1, "“numeral”", "“numerals”"]),
        ("organisation: ban-rai\n", errors.UnknownKey, [1, "organisation"]),
        ("numerals: roman\n", errors.UnknownChoice, [1, "roman", "arabic"]),
        ("province:\n  x: {}\n", errors.UnknownKey, [1, "“provinces”"]),
        ("types:\n  เทศบาลตำบล:\n    persets: book\n", errors.UnknownKey, [3, "“preset”"]),
        ("types:\n  เทศบาลตำบล:\n    preset: bok\n", errors.UnknownChoice, [3, "“book”"]),
        ("types:\n  เทศบาลตำบล:\n", errors.BadValue, [2, "เทศบาลตำบล"]),
        ("types: เทศบาลตำบล\n", errors.BadValue, [1, "types"]),
        ("types:\n  เทศบาลตำบน: {preset: book}\n", errors.DefaultsForNobody, [2, "“เทศบาลตำบล”"]),
        ("provinces:\n  เชียงลาย: {preset: book}\n", errors.DefaultsForNobody, [2, "“เชียงราย”"]),
        (
            "provinces:\n  เชียงราย: {preset: book}\n  จ.เชียงราย: {preset: brief}\n",
            errors.RepeatedKey,
            [2, 3],
        ),
        ("types:\n  เทศบาลตำบล: {preset: book, preset: brief}\n", errors.RepeatedKey, ["preset"]),
        ("parts: [cover, cover]\n", errors.PartsClash, [1, "cover"]),
        ("edition: public\nparts: [memo]\n", errors.PublicClash, [2, "memo"]),
        ("- a\n", errors.UnreadableFile, []),
    ],
)
def test_bad_defaults_stop_with_file_line_and_remedy(offices, defaults, kind, facts):
    with pytest.raises(kind) as caught:
        load(offices, defaults, OWN.replace("ban-rai", "na-di"), "params/2568/na-di.yml")
    assert_helps_the_reader(caught.value, FILE, *facts)


def test_bad_defaults_are_told_once_and_not_for_every_report(offices):
    for code in ("ban-rai", "na-di"):
        write(offices, f"params/2568/{code}.yml", OWN.replace("ban-rai", code))
    write(offices, FILE, "numerals: roman\n")
    run = ita("--root", offices.root, "check")
    assert (run.exit_code, run.output.count("roman")) == (1, 1)


def test_defaults_clash_with_an_offices_own_values_at_their_line(offices):
    with pytest.raises(errors.PublicClash) as caught:
        load(offices, "edition: public\n", OWN + "parts: [memo]\n")
    assert_helps_the_reader(caught.value, "params/2568/ban-rai.yml", 3)


@pytest.mark.parametrize("name", ["defaults.yaml", "defaults.YML"])
def test_defaults_under_another_ending_are_told(offices, name):
    write(offices, f"params/{name}", "numerals: arabic\n")
    if (offices.params / "defaults.yml").exists():
        pytest.skip("names differ by more than case only where case counts")
    assert "params/defaults.yml" in ita("--root", offices.root, "check").output


def test_defaults_are_no_report(offices):
    with pytest.raises(errors.DefaultsAreNoReport) as caught:
        load_parameters(write(offices, FILE, "numerals: arabic\n"), offices)
    assert_helps_the_reader(caught.value, FILE)


def test_an_empty_file_of_defaults_changes_nothing(offices):
    assert load(offices, "# ยังไม่มี\n").numerals == "thai"


def test_a_changed_default_makes_exactly_the_reports_that_use_it_outdated(province):
    names = ("bang-khae", "chai-so", "made-up-example", "made-up-example-follow-up")
    shutil.copy(ROOT / f"params/2568/{names[-1]}.yml", province.params / "2568")
    own = province.params / "2568/chai-so.yml"
    own.write_text(own.read_text("utf-8") + "analysis: grouped\n", "utf-8")

    def digests(defaults):
        write(province, FILE, defaults)
        files = {name: province.params / f"2568/{name}.yml" for name in names}
        return {
            name: inputs_of_report(province, load_parameters(file, province))
            for name, file in files.items()
        }

    def differing(some, other):
        return {name for name in names if some[name] != other[name]}

    before = digests("analysis: grouped\n")
    assert differing(before, digests("analysis: full\n")) == {"bang-khae", "made-up-example"}
    place = read_organisations(province)["bang-khae"].province
    placed = digests(f"analysis: grouped\nprovinces:\n  {place}: {{analysis: full}}\n")
    assert differing(before, placed) == {"bang-khae"}


def test_no_default_is_copied_into_a_parameter_file(province):
    write(province, FILE, "numerals: arabic\npreset: book\n")
    for file in (province.params / "2568").glob("*.yml"):
        file.unlink()
    for made in write_parameters(province, 2568).made:
        assert made.read_text("utf-8") == f"organisation: {made.stem}\nfiscal_year: 2568\n"
    analysis = province.params / "2568/made-up-example.yml"
    followed = place_follow_up(province, analysis, date(2026, 9, 30))
    assert "numerals" not in followed.read_text("utf-8")
    assert load_parameters(followed, province).numerals == "arabic"


def test_what_a_file_says_without_one_of_its_keys_is_the_default(offices):
    write(offices, FILE, "parts: [cover, results]\n")
    file = write(offices, "params/2568/ban-rai.yml", OWN + "parts: [cover]\n")
    assert read_written(file, offices).parameters.parts == ["cover"]
    assert read_written(file, offices, without="parts").parameters.parts == ["cover", "results"]


def test_the_schema_has_every_key_that_may_have_a_default():
    kept = json.loads((ROOT / "params/defaults.schema.json").read_text("utf-8"))
    assert kept == defaults_schema()
    assert set(kept["properties"]) == {*default_keys(), "provinces", "types"}
    assert "report" not in kept["properties"]
