from __future__ import annotations

import pickle

import pytest
from conftest import ROOT, assert_helps_the_reader, write

from ita_helpers import errors
from ita_helpers.store.params import load_parameters
from ita_helpers.store.params_change import set_keys

GOOD = "organisation: ban-rai\nfiscal_year: 2568\n"


def load(workspace, content, file="params/2568/ban-rai.yml"):
    return load_parameters(write(workspace, file, content), workspace)


@pytest.mark.parametrize(
    ("content", "kind", "facts"),
    [
        (GOOD + "numeral: thai\n", errors.UnknownKey, [3, "“numeral”", "“numerals”"]),
        ("organisaton: bang-khae\nfiscal_year: 2568\n", errors.UnknownKey, [1, "“organisation”"]),
        ("fiscal_year: 2568\n", errors.MissingKey, ["organisation", "bang-khae"]),
        ("organisation: ban-rai\n", errors.MissingKey, ["fiscal_year"]),
        (GOOD + "fiscal_year: 2567\n", errors.RepeatedKey, ["fiscal_year", 2, 3]),
        ("organisation: x\nfiscal_year: 'ปี 2568'\n", errors.BadValue, ["fiscal_year", 2]),
        (GOOD + "as_of: 2567-02-30\n", errors.BadValue, ["2567-02-30", 3]),
        (GOOD + "as_of: 25690331\n", errors.BadValue, ["25690331", 3]),
        ("organisation: x\nfiscal_year: 2568.5\n", errors.BadValue, ["2568.5"]),
        ("organisation: x\nfiscal_year: true\n", errors.BadValue, ["fiscal_year", "“true”"]),
        ("~: 1\n" + GOOD, errors.UnknownKey, ["“~”", "บรรทัดที่ 1"]),
        ('"a\\nb": 1\n' + GOOD, errors.UnknownKey, ["a b"]),
        ('organisation: "ban\\nrai"\nfiscal_year: 2568\n', errors.BadSlug, ["ban rai"]),
        ("organisation: x\nfiscal_year:\n", errors.BadValue, ["fiscal_year"]),
        ("organisation: x\nfiscal_year: 2025\n", errors.BadValue, ["2025"]),
        (GOOD + "numerals: roman\n", errors.UnknownChoice, ["roman", 3, "arabic"]),
        (GOOD + "preset: boook\n", errors.UnknownChoice, ["boook", "“book”", 3]),
        (GOOD + "parts: [cover, rsults]\n", errors.UnknownChoice, ["rsults", "“results”", 3]),
        (GOOD + "parts: [cover, cover]\n", errors.PartsClash, ["cover", 3]),
        (GOOD + "parts: [analysis, analysis-table]\n", errors.PartsClash, ["analysis-table"]),
        (GOOD + "parts: cover\n", errors.BadValue, ["cover", 3]),
        (GOOD + "title: measure\n", errors.UnknownChoice, ["measure", "“measures”"]),
        (GOOD + "plan_layout: tracked\n", errors.UnknownChoice, ["tracked", "tracking"]),
        ("organisation: ../x\nfiscal_year: 2568\n", errors.BadSlug, ["../x", 1]),
        ("organisation: Ban Rai\nfiscal_year: 2568\n", errors.BadSlug, ["Ban Rai"]),
        ("organisation: ''\nfiscal_year: 2568\n", errors.BadSlug, [1]),
        ("organisation: 'x\n'\nfiscal_year: 2568\n", errors.BadSlug, [1]),
        ("organisation: [\n", errors.UnreadableFile, ["รูปแบบ"]),
        ("organisation: !!python/object:os.system x\n", errors.UnreadableFile, ["รูปแบบ"]),
        ("organisation: x\nfiscal_year: 2568-13-45\n", errors.BadValue, ["2568-13-45", 2]),
        ("", errors.UnreadableFile, ["organisation"]),
        ("# only a comment\n", errors.UnreadableFile, []),
        ("- a\n- b\n", errors.UnreadableFile, []),
        ("words\n", errors.UnreadableFile, []),
        (b"\x89PNG\0\0", errors.UnreadableFile, ["UTF-8"]),
        (b"organisation: \xfc\xfd\n", errors.UnreadableFile, ["UTF-8"]),
    ],
)
def test_a_bad_parameter_file_stops_with_file_key_and_remedy(small_workspace, content, kind, facts):
    with pytest.raises(kind) as caught:
        load(small_workspace, content)
    assert_helps_the_reader(caught.value, "params/2568/ban-rai.yml", *facts)


def test_a_folder_is_no_parameter_file(small_workspace):
    (small_workspace.params / "2568").mkdir(parents=True)
    with pytest.raises(errors.UnreadableFile) as caught:
        load_parameters(small_workspace.params / "2568", small_workspace)
    assert_helps_the_reader(caught.value, "params/2568", "โฟลเดอร์")


def test_a_missing_parameter_file_is_named(small_workspace):
    with pytest.raises(errors.FileMissing) as caught:
        load_parameters(small_workspace.params / "2568/x.yml", small_workspace)
    assert_helps_the_reader(caught.value, "params/2568/x.yml")


def test_a_file_in_the_wrong_place_is_told_where_it_belongs(small_workspace):
    with pytest.raises(errors.MisplacedParameters) as caught:
        load(small_workspace, GOOD, "params/2567/ban-rai.yml")
    assert_helps_the_reader(caught.value, "params/2567/ban-rai.yml", "params/2568/ban-rai.yml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_thai_comment_is_read_in_every_encoding(small_workspace, encoding):
    assert load(small_workspace, f"# หน่วยงาน\n{GOOD}".encode(encoding)).organisation == "ban-rai"


def test_every_parameter_file_of_the_project_is_valid(workspace):
    files = sorted((ROOT / "params").rglob("*.yml"))
    assert len(files) == 13
    for file in files:
        parameters = load_parameters(file, workspace)
        assert file == workspace.params / parameters.stem.with_suffix(".yml")


def test_an_error_survives_the_way_between_processes(small_workspace):
    with pytest.raises(errors.UnknownKey) as caught:
        load(small_workspace, GOOD + "extra: 1\n")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), again.facts, str(again)) == (
        errors.UnknownKey,
        caught.value.facts,
        str(caught.value),
    )


@pytest.mark.parametrize(
    "text",
    ["fiscal_year: '2568'", 'fiscal_year: "2568"', "fiscal_year: 2568\nas_of: 2567-02-29"],
)
def test_a_quoted_year_and_a_day_without_quotes_are_what_they_say(small_workspace, text):
    read = load(small_workspace, f"organisation: ban-rai\n{text}\n")
    assert read.fiscal_year == 2568
    assert read.as_of in ("", "2567-02-29")


LISTED = "parts:\n  - cover\n  # ผล\n  - results\n\n# ท้าย\n"


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (GOOD, []),
        (GOOD.rstrip(), []),
        ("\ufeff" + GOOD, []),
        ("# ต้น\n" + GOOD + LISTED, ["# ต้น", "# ท้าย"]),
        (LISTED + GOOD, ["# ท้าย"]),
        (GOOD + "parts: [cover,\n  results] # สั้น\nnumerals: thai\n# เดิม\n", ["# เดิม"]),
        ("  organisation: ban-rai\n  fiscal_year: 2568 # ปี\n", ["# ปี"]),
        (GOOD.replace("\n", "\r\n") + "# ท้าย\r\n", ["# ท้าย"]),
        ("{organisation: ban-rai, fiscal_year: 2568}\n", []),
        ("---\n" + GOOD, ["---"]),
        (GOOD + "...\n", []),
    ],
)
def test_a_key_is_set_and_taken_away_and_the_rest_of_the_file_stays(small_workspace, content, kept):
    file = write(small_workspace, "params/2568/ban-rai.yml", content)
    before = load_parameters(file, small_workspace)
    given = {"parts": "[memo, cover]", "numerals": "arabic"}
    set_keys(small_workspace, file, given)
    changed = load_parameters(file, small_workspace)
    assert (changed.parts, changed.numerals) == (["memo", "cover"], "arabic")
    assert file.read_text("utf-8").count("#") == content.count("#") - ("# ผล" in content)
    set_keys(small_workspace, file, given)
    set_keys(small_workspace, file, dict.fromkeys(given, ""))
    after = load_parameters(file, small_workspace)
    assert after == before.model_copy(update={"parts": [], "numerals": "thai"})
    for line in kept:
        assert line in file.read_text("utf-8")
