"""Two people may work on one workspace: nobody's figures are lost, and nobody gets another's."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT, assert_helps_the_reader, ita, write
from pressing import press as click_on
from pressing import said, upload
from typed import TITLES, everything, own_workspace, table, wide

from ita_helpers.cli import import_scores
from ita_helpers.errors import CodeInUse
from ita_helpers.importing import compare as comparing
from ita_helpers.lab import steps
from ita_helpers.lab.start_page import StartPage
from ita_helpers.language.catalogue import label
from ita_helpers.offices.newcomers import Newcomer, add_organisation, check_newcomer
from ita_helpers.store.dictionary import columns_of
from ita_helpers.store.organisations import read_organisations

TAK = "อบต.ดอนสมมติ (ข้อมูลสมมติ),เมือง,ตาก"
CHIANG_RAI = "อบต.ดอนสมมติ (ข้อมูลสมมติ),เมือง,เชียงราย"
FULL = "องค์การบริหารส่วนตำบลดอนสมมติ (ข้อมูลสมมติ)"
RESULTS = ",".join(columns_of("results"))
YEAR = ("--year", "2568")


@pytest.fixture
def own(tmp_path):
    return own_workspace(tmp_path)


def newcomer(workspace, points, row=TAK, name="ก.csv"):
    return wide(workspace, f"{TITLES},คะแนนรวม,1\n{row},{points},98\n", name)


def overall(workspace):
    """Return name, province and overall score of each office with one."""
    offices = read_organisations(workspace)
    return {
        (offices[row["organisation"]].name, offices[row["organisation"]].province): row["score"]
        for row in table(workspace)
        if row["code"] == "ITA"
    }


def test_an_import_is_compared_again_when_its_question_is_answered(own, monkeypatch):
    """Somebody imports the same new office with other scores while the question is asked."""
    asked = []

    def answer(question):
        if not asked:
            done = ita("import", newcomer(own, 82.22, name="ข.csv"), *YEAR, "--yes", root=own.root)
            assert done.exit_code == 0, done.output
        asked.append(question)
        return True

    monkeypatch.setattr(import_scores, "confirmed", answer)
    done = ita("import", newcomer(own, 91.11), *YEAR, root=own.root)
    assert len(asked) == 2
    assert label("cli.import.changed") in done.output
    assert done.exit_code == 1
    assert overall(own) == {(FULL, "ตาก"): "82.22"}
    forced = ita("import", newcomer(own, 91.11), *YEAR, "--force", root=own.root)
    assert forced.exit_code == 0, forced.output
    assert overall(own) == {(FULL, "ตาก"): "91.11"}
    assert list((own.root / "data/scores/backups").glob("*.csv"))


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_script_never_overwrites_what_it_could_not_see(own, monkeypatch, force):
    compare = comparing.compare

    def meanwhile(*arguments, **options):
        plan = compare(*arguments, **options)
        monkeypatch.setattr(comparing, "compare", compare)
        ita("import", newcomer(own, 82.22, name="ข.csv"), *YEAR, "--yes", root=own.root)
        return plan

    monkeypatch.setattr(comparing, "compare", meanwhile)
    done = ita("import", newcomer(own, 91.11), *YEAR, "--yes", *force, root=own.root)
    assert done.exit_code == 1
    assert "82.22" in done.output and "91.11" in done.output
    assert overall(own) == {(FULL, "ตาก"): "82.22"}


def test_a_table_that_cannot_be_replaced_leaves_all_tables(own, monkeypatch):
    file, before = newcomer(own, 91.11), everything(own)
    original = type(own.root).replace

    def replace(path, target):
        if target == own.organisations:
            raise PermissionError(13, "open in Excel", str(path), None, str(target))
        return original(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(type(own.root), "replace", replace)
        done = ita("import", file, *YEAR, "--yes", root=own.root)
    assert done.exit_code == 1
    assert_helps_the_reader(done.output.splitlines()[-1], "data/organisations.csv")
    assert everything(own) == before
    again = ita("import", file, *YEAR, "--yes", root=own.root)
    assert again.exit_code == 0
    assert overall(own) == {(FULL, "ตาก"): "91.11"}


def orphan(workspace):
    """Leave scores whose office is in no list, as older versions could."""
    assert (
        ita("import", newcomer(workspace, 91.11), *YEAR, "--yes", root=workspace.root).exit_code
        == 0
    )
    (code,) = set(read_organisations(workspace)) - {"bang-khae"}
    lines = workspace.organisations.read_text("utf-8-sig").splitlines()
    kept = [line for line in lines if not line.startswith(code)]
    workspace.organisations.write_text("\n".join(kept) + "\n", encoding="utf-8-sig")
    return code


def test_scores_without_an_office_are_never_given_to_another(own):
    code = orphan(own)
    other = newcomer(own, 55.55, CHIANG_RAI, "ข.csv")
    assert ita("import", other, *YEAR, "--yes", root=own.root).exit_code == 0
    assert code not in read_organisations(own)
    named = ("--name", FULL, "--district", "เมือง", "--province", "น่าน")
    done = ita("new", "organisation", *named, "--code", code, root=own.root)
    assert done.exit_code == 1
    assert_helps_the_reader(done.output.strip(), code, "data/scores/2568.csv", "organisations.csv")
    assert ita("new", "organisation", *named, root=own.root).exit_code == 0
    assert code not in read_organisations(own)


def test_scores_without_an_office_are_its_own_where_the_file_has_the_same(own):
    code = orphan(own)
    before = table(own)
    done = ita("import", newcomer(own, 91.11), *YEAR, "--yes", root=own.root)
    assert done.exit_code == 0, done.output
    assert code in done.output
    assert overall(own) == {(FULL, "ตาก"): "91.11"}
    assert table(own) == before
    assert (
        label("cli.import.nothing").split("{{")[0]
        in ita("import", newcomer(own, 91.11), *YEAR, "--yes", root=own.root).output
    )


USED = {
    "params/2567/don.yml": "x",
    "data/offices/don.yml": "x",
    "data/plans/2566/don.csv": "x",
    "notebooks/edited/2568/don.ipynb": "x",
    "data/scores/2562.csv": "organisation,code,score,status,source,note\ndon,1,90,,,\n",
    "data/results/2562.csv": f"{RESULTS}\ndon,ผ่าน,,,,,\n",
    "data/suggestions/2562.csv": "organisation,code,text,source\ndon,o1,x,\n",
}


@pytest.mark.parametrize("file", USED)
def test_a_code_that_has_something_anywhere_is_not_for_a_new_office(own, file):
    write(own, file, USED[file])
    with pytest.raises(CodeInUse) as caught:
        check_newcomer(own, Newcomer.of(FULL, code="don"))
    assert_helps_the_reader(caught.value, "don", file)
    added = add_organisation(own, Newcomer.of("อบต.ดอน"), 2568)
    assert added.organisation.code == "don-2"


def test_two_tabs_of_the_start_page_never_overwrite_each_other(own, monkeypatch):
    monkeypatch.setattr(steps, "IMPATIENCE", 0)
    first, second = StartPage(own), StartPage(own)
    upload(first, newcomer(own, 91.11))
    upload(second, newcomer(own, 82.22, name="ข.csv"))
    click_on(second.scores, "save")
    click_on(first.scores, "save")
    assert label("start.scores.changed") in said(first.scores)
    assert "82.22" in said(first.scores)
    assert first.scores.save.disabled
    assert overall(own) == {(FULL, "ตาก"): "82.22"}
    (code,) = set(read_organisations(own)) - {"bang-khae"}
    assert code in [value for _, value in first.office.list.options]
    first.scores.force.value = True
    click_on(first.scores, "save")
    assert overall(own) == {(FULL, "ตาก"): "91.11"}


def test_every_file_of_a_new_office_comes_with_it_or_none(own, monkeypatch):
    before = everything(own)
    original, moved = type(own.root).replace, []

    def replace(path, target):
        moved.append(target)
        if target.suffix == ".xlsx":
            raise PermissionError(13, "no", str(path), None, str(target))
        return original(path, target)

    monkeypatch.setattr(type(own.root), "replace", replace)
    named = ("--name", FULL, "--district", "", "--province", "")
    assert ita("new", "organisation", *named, root=own.root).exit_code == 1
    assert own.organisations in moved
    assert everything(own) == before


def test_a_code_proposed_when_asked_for_is_free_when_the_office_is_added(own):
    added = [
        add_organisation(own, Newcomer.of("อบต.ดอน", province=each), 2568)
        for each in ("ตาก", "น่าน")
    ]
    assert len({each.organisation.code for each in added}) == 2


@pytest.mark.processes
def test_commands_at_one_instant_and_commands_killed_at_each_move_lose_nothing():
    """A small share of ``make stress``: certain pairs, and the moves of two commands."""
    pairs = [
        ("new another", "import one"),
        ("import one", "import other"),
        ("page saves one", "import forced"),
    ]
    command = [sys.executable, str(ROOT / "tests/stress_writers_data.py"), "--pairs", "0"]
    command += [each for pair in pairs for each in ("--pair", *pair)]
    command += ["--kill", "import", "new", "--steps", "replace"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("one end") == 2
