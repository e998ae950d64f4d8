"""The two editions of a report: what is internal reaches no file of the public one."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import get_type_hints

import docx
import pytest
from conftest import ALL_FORMATS, ROOT, assert_helps_the_reader, ita, write
from copies import TEMPLATE
from planting import FOLDER, Planter, all_in

from ita_helpers.edited.cells import (
    HIDDEN,
    OURS,
    markdown_cell,
    part_of,
    slot_of,
    ticked,
    to_markdown,
)
from ita_helpers.edited.make import Owner, make_copy
from ita_helpers.errors import PublicClash, UnknownChoice
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.publish.public_notebook import public_words, sentences_withheld
from ita_helpers.publish.tree import Document
from ita_helpers.publish.word.writer import write_docx
from ita_helpers.records import internal
from ita_helpers.records.editions import EDITIONS, INTERNAL_TAG
from ita_helpers.records.internal import DECISIONS, enough, public, public_source
from ita_helpers.records.plan import Measure
from ita_helpers.records.scores import PublishedResult
from ita_helpers.rendering.issuable import read_candidate
from ita_helpers.rendering.loading import load
from ita_helpers.rendering.many import Batch
from ita_helpers.rendering.orders import RenderOptions
from ita_helpers.rendering.own_notebook import OwnNotebook
from ita_helpers.run.batch import Done
from ita_helpers.run.limits import Limits
from ita_helpers.run.manifest import Manifest, ReportRow
from ita_helpers.run.sealing import read_report
from ita_helpers.store import loading
from ita_helpers.store.params import load_parameters

OFFICE, YEAR = "made-up-example", 2568
STEM = Path(str(YEAR), OFFICE)
READERS = ("require_year", "read_year", "read_office", "_plan", "read_reference")
"""What gives the loading an office's records."""
FEW = {"iit": 7, "eit1": 41, "eit2": 9}


def undecided(decisions):
    """Return the fields that nobody has decided on, and where to do so."""
    return [
        f"ita_helpers/records/internal.py, DECISIONS: is {kind.__name__}.{each.name} public?"
        for kind, decided in decisions.items()
        for each in dataclasses.fields(kind)
        if each.name not in decided.names
    ] + [
        f"ita_helpers/records/internal.py, DECISIONS: {kind.__name__}.{name} is decided on twice"
        for kind, decided in decisions.items()
        for name in {*decided.names}
        if [*decided.names].count(name) > 1
    ]


def test_every_field_of_what_an_office_s_files_hold_was_decided_on():
    missing = undecided(DECISIONS)
    assert not missing, "\n".join(missing)


def test_records_inside_published_ones_were_decided_on_too():
    for kind, decided in DECISIONS.items():
        for name in decided.public.split():
            hint = str(get_type_hints(kind)[name])
            inside = [each for each in _records() if f".{each.__name__}" in hint]
            missing = [each.__name__ for each in inside if each not in DECISIONS]
            assert not missing, f"ita_helpers/records/internal.py, DECISIONS: {missing}"


def _records():
    from ita_helpers.records import office, plan, problem, scores

    held = [value for each in (office, plan, problem, scores) for value in vars(each).values()]
    return {each for each in held if isinstance(each, type) and dataclasses.is_dataclass(each)}


def test_a_new_field_is_internal_until_somebody_decides_and_the_test_says_where():
    @dataclasses.dataclass(frozen=True)
    class Later(Measure):
        secret: str = ""

    decisions = {Later: DECISIONS[Measure]}
    (line,) = undecided(decisions)
    assert "records/internal.py" in line
    assert "Later.secret" in line
    shown = decisions[Later].shown("secret", "qz")
    assert shown == ""


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("ประกาศผล ITA 2568 [แบบกรอกคะแนน.xlsx 2568!C20]", "ประกาศผล ITA 2568"),
        ("แบบกรอกคะแนน.xlsx [แบบกรอกคะแนน.xlsx 2568!C20]", "แฟ้มข้อมูลของหน่วยงาน"),
        (r"C:\Users\งาน ITA\ผล 2568.xlsx", "แฟ้มข้อมูลของหน่วยงาน"),
        (r"ประกาศผล (\\เครื่องแม่ข่าย\งาน\ผล.pdf)", "ประกาศผล"),
        ("ประกาศผล; /home/somebody/ผล.pdf", "ประกาศผล"),
        ("file:///D:/ผล.pdf", "แฟ้มข้อมูลของหน่วยงาน"),
        ("https://www.example.org/home/ผล.pdf", "https://www.example.org/home/ผล.pdf"),
        ("อบต./เทศบาล 2568", "อบต./เทศบาล 2568"),
        ("", ""),
    ],
)
def test_a_source_names_no_place_on_somebody_s_machine(written, shown):
    assert public_source(written) == shown


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"iit": 9, "eit1": 10, "eit2": 10}, {"eit1": 10, "eit2": 10}),
        ({"iit": 35, "eit1": 52, "eit2": 3}, {"iit": 35}),
        ({"iit": 0}, {}),
        ({}, {}),
    ],
)
def test_a_number_of_respondents_that_points_at_people_is_not_told(counts, told):
    assert enough(counts) == told


def the_batch(workspace, files, formats, edition):
    out = workspace.rendered / (edition or "as-asked")
    orders = RenderOptions(
        workspace, out, formats, "ua-1", force=False, seconds=60, is_trusted=True, edition=edition
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "ita_helpers.rendering.many.run_all",
            lambda files, make, *_: (Done(file, make(file), None) for file in files),
        )
        assert Batch(orders, Limits(), thai_names=True).run(files) == 0
    return out


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Make both editions of a report and a follow-up whose every text holds a word of its own."""
    root = tmp_path_factory.mktemp(FOLDER)
    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, root / folder)
    workspace, planter = Workspace(root), Planter()
    report, follow_up = (root / f"params/{STEM}{ending}.yml" for ending in ("", "-follow-up"))
    report.write_text(f"{report.read_text('utf-8')}preset: memo-and-tracking\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ita_helpers.store.loading.undisturbed", lambda _, read: read())
        for name in READERS:
            patch.setattr(loading, name, planting(getattr(loading, name), planter))
        parameters = load_parameters(report, workspace)
        own_words(workspace, planter, parameters)
        whole = tuple(ALL_FORMATS.split(","))
        made = {
            edition: the_batch(workspace, [follow_up], ("html",), edition) for edition in EDITIONS
        }
        for edition, formats in (("internal", ("html",)), ("public", (*whole, "png"))):
            the_batch(workspace, [report], formats, edition)
        version = read_candidate(workspace, report, "public", allows_made_up=True).version
        write(workspace, "rendered/public/version.json", version.as_json())
    return SimpleNamespace(words=planter.words, workspace=workspace, **made)


def planting(read, planter):
    def reading(*given):
        record = read(*given)
        if getattr(record, "result", None):
            result = dataclasses.replace(record.result, respondents=FEW)
            record = dataclasses.replace(record, result=result)
        return planter.planted(record)

    return reading


OWN = {
    "public": ("own.cell", "own.slot", "own.code"),
    "internal": (
        *("own.note", "own.tagged", "own.tagged_code", "own.comment", "own.stderr"),
        *("own.reviewer", "own.draft", "own.memo", "own.memo_slot", "own.hint", "own.remark"),
    ),
}
"""What an office and its reviewers wrote into the notebook."""


def own_words(workspace, planter, parameters):
    """Write an office's own notebook with words of every kind."""
    drafts = OwnNotebook(workspace, parameters, load(workspace, parameters)).drafts
    parts, values = parameters.layout.notebook_parts, parameters.for_notebook
    owner = Owner(OFFICE, YEAR, f"../../../params/{STEM}.yml", parts, values)
    notebook = make_copy(TEMPLATE, TEMPLATE, drafts, owner)
    word, cells = planter.word, notebook["cells"]

    def code(identity, source, *tags):
        return markdown_cell(identity, source, *tags) | {
            "cell_type": "code",
            "outputs": [],
            "execution_count": None,
        }

    def place(found):
        return next(number for number, cell in enumerate(cells) if found(cell))

    for slot, name in (("07", "own.slot"), ("memo-facts", "own.memo_slot")):
        cell = cells[place(lambda each, slot=slot: slot_of(each) == slot)]
        cell["source"] = f"ข้อความของหน่วยงาน {word(name)} {label('edit.blank')}"
        cell["metadata"][OURS] |= {"draft": [f"ร่างเดิม {word('own.draft')}"]}
        cell["metadata"][OURS] |= {"reviewed_by": word("own.reviewer")}
    hint = cells[place(lambda each: OURS in each["metadata"] and "- [ ]" in each["source"])]
    hint["source"] = ticked(hint["source"])
    hint["metadata"][OURS] |= {"reviewed_by": word("own.reviewer"), "note": word("own.hint")}
    behind = place(lambda each: slot_of(each) == "07") + 1
    cells[behind:behind] = [
        markdown_cell("own-a", f"ข้อความเพิ่ม {word('own.cell')}<!-- {word('own.remark')} -->"),
        markdown_cell("word-b", f"ความเห็นใน Word {word('own.note')}", HIDDEN),
        markdown_cell("own-c", f"เฉพาะภายใน {word('own.tagged')}", INTERNAL_TAG),
        code("own-d", f"# {word('own.comment')}\nprint('ผล', '{word('own.code')}')"),
        code("own-e", f"print('{word('own.tagged_code')}')", INTERNAL_TAG),
        code("own-f", f"import sys\nprint('{word('own.stderr')}', file=sys.stderr)"),
    ]
    memo = place(lambda each: part_of(each) == "memo") + 1
    cells.insert(memo, markdown_cell("own-g", f"ในบันทึก {word('own.memo')}"))
    write(workspace, f"notebooks/edited/{STEM}.ipynb", json.dumps(notebook, ensure_ascii=False))


def decided_public(name):
    """Whether a word stands in what the public edition may show."""
    kind, _, attribute = name.partition(".")
    if kind == "own":
        return name in OWN["public"]
    decided = next((each for record, each in DECISIONS.items() if record.__name__ == kind), None)
    return decided is not None and attribute in (*decided.public.split(), *decided.changed)


def files_of(folder):
    return [each for each in sorted(folder.rglob("*")) if each.is_file()]


def test_no_internal_word_is_in_any_file_of_the_public_edition(planted):
    withheld = {name: word for name, word in planted.words.items() if not decided_public(name)}
    assert {"Measure.obstacles", "Score.note", "OfficeYear.to", "Signer.name"} <= {*withheld}
    assert {*OWN["internal"]} <= {*withheld}
    files = files_of(planted.public)
    endings = {each.suffix for each in files}
    assert {*".html .pdf .docx .png .ipynb .json .xlsx .sqlite".split()} <= endings
    assert [each for each in files if label("handing_out.folder") in each.parts]
    for file in files:
        text = all_in(file)
        sought = {**withheld, FOLDER: FOLDER, "blank": label("edit.blank")}
        found = [name for name, word in sought.items() if word in text]
        assert not found, (file.name, found)


def test_what_is_planted_is_seen_in_the_internal_edition_and_all_of_it_that_is_public(planted):
    """A word that no reader of the internal edition sees would prove nothing."""
    pages = "\n".join(map(all_in, planted.internal.rglob("*.html")))
    notebooks = "\n".join(map(all_in, planted.internal.rglob("*.ipynb")))
    shown = {name for name, word in planted.words.items() if word in pages}
    assert {"Measure.obstacles", "Score.note", "Signer.position", "own.tagged"} <= shown
    assert {"own.memo", "own.memo_slot", "own.tagged_code"} <= shown
    assert planted.words["own.note"] in notebooks
    assert planted.words["own.comment"] in notebooks
    papers = [planted.internal / f"{STEM}{ending}.html" for ending in ("", "-follow-up")]
    said = "\n".join(map(all_in, papers))
    expected = {name for name in shown if decided_public(name) and planted.words[name] in said}
    assert {"Measure.name", "Measure.result", "Score.source", *OWN["public"]} <= expected
    for ending in ("html", "pdf", "docx", "ipynb"):
        page = all_in(planted.public / f"{STEM}-public.{ending}")
        page += all_in(planted.public / f"{STEM}-follow-up-public.html")
        assert [each for each in expected if planted.words[each] not in page] == []


def test_an_office_s_own_word_template_says_so_too_and_keeps_its_footer():
    template = docx.Document()
    template.sections[0].footer.paragraphs[0].text = "ท้ายกระดาษของหน่วยงาน"
    template.sections[0].different_first_page_header_footer = True
    buffer = io.BytesIO()
    template.save(buffer)
    for edition, count in (("internal", 2), ("public", 0)):
        paper = Document("รายงาน", (), edition=edition, has_cover=True)
        made = docx.Document(io.BytesIO(write_docx(paper, buffer.getvalue(), "a.docx")))
        section = made.sections[0]
        feet = (section.footer, section.first_page_footer)
        texts = ["\n".join(each.text for each in foot.paragraphs) for foot in feet]
        assert "ท้ายกระดาษของหน่วยงาน" in texts[0]
        assert sum(label("words.edition.internal") in each for each in texts) == count


def test_small_groups_of_respondents_are_counted_in_the_internal_edition_alone(planted):
    row = f">{label('report.overall.respondents')}<td"
    assert row in all_in(planted.internal / f"{STEM}.html")
    assert row not in all_in(planted.public / f"{STEM}-public.html")
    told = re.compile(r"[7๗]\s+คน")
    assert len(told.findall(all_in(planted.internal / f"{STEM}.html"))) > 1
    for file in files_of(planted.public):
        assert not told.search(all_in(file)), file


def test_a_sentence_on_few_people_is_left_out_of_words_that_an_office_kept_it_in():
    sentences = ["ได้ 90.00 คะแนน", "ผู้ตอบมี 7 คน (IIT)", "ควรรักษาไว้"]
    cell = markdown_cell("a", to_markdown(sentences, "iit") + " เราแก้คำ", "narrative-iit")
    withheld = sentences_withheld({"iit": sentences}, {"iit": sentences[::2]})
    assert public_words(cell, withheld) == "ได้ 90.00 คะแนน ควรรักษาไว้ เราแก้คำ"


def test_each_page_of_the_internal_edition_says_so_and_no_page_of_the_public_one(rendered):
    import pypdfium2

    words = label("words.edition.internal")
    with pypdfium2.PdfDocument(rendered / f"{STEM}.pdf") as pdf:
        assert all(words in page.get_textpage().get_text_range() for page in pdf)
    assert words in all_in(rendered / f"{STEM}.html")
    assert words in all_in(rendered / f"{STEM}.docx")


def test_the_public_edition_says_nothing_of_the_internal_one(planted):
    for file in files_of(planted.public):
        if file.suffix in (".html", ".pdf", ".docx", ".png") and file.name != "index.html":
            assert label("words.edition.internal") not in all_in(file), file
            assert label("first_page.state.reviewed") not in all_in(file), file
    assert not [each for each in planted.public.rglob("*") if "memo" in each.name]


@pytest.mark.parametrize(
    ("lines", "error", "facts"),
    [
        ("edition: publik\n", UnknownChoice, ("edition", "publik", "public", "internal")),
        ("edition: public\nparts: [memo, results]\n", PublicClash, ("memo", "4", "internal")),
    ],
)
def test_what_no_edition_can_be_is_one_clear_error(small_workspace, lines, error, facts):
    text = f"organisation: ban-rai\nfiscal_year: 2568\n{lines}"
    file = write(small_workspace, "params/2568/ban-rai.yml", text)
    with pytest.raises(error) as caught:
        load_parameters(file, small_workspace)
    assert_helps_the_reader(caught.value, *facts)


def test_an_unknown_edition_on_the_command_line_is_told_with_those_there_are():
    run = ita("render", OFFICE, "--year", YEAR, "--edition", "publik")
    assert run.exit_code == 2
    assert all(each in run.output for each in ("publik", *EDITIONS))


def test_the_drafts_of_both_editions_are_the_same(workspace):
    from ita_helpers.words.slots import draft_all

    parameters = load_parameters(ROOT / f"params/{STEM}.yml", workspace)
    drafts = {each: draft_all(load(workspace, parameters, each)) for each in EDITIONS}
    told = {slot: said for slot, said in drafts["internal"].items() if "memo" not in slot}
    assert drafts["public"] == told


def test_both_editions_stand_side_by_side_in_the_index():
    from ita_helpers.index.entries import linked_files, read_entries
    from ita_helpers.index.page import FIRST_FORMAT, pack

    params = f"params/{STEM}.yml"
    usual = ReportRow(STEM.as_posix(), params, "done", written={".html": [1, 1, 1]})
    other = dataclasses.replace(usual, stem=f"{STEM.as_posix()}-public", edition="public")
    (both,) = read_entries([usual, other])
    assert (both.code, both.formats, both.public) == (OFFICE, ("html",), ("html",))
    (marks,) = pack([both])["columns"]["marks"]
    assert marks == FIRST_FORMAT | FIRST_FORMAT << len(linked_files())
    (alone,) = read_entries([other])
    assert alone.code == f"{OFFICE}-public"
    assert label("words.edition.public") in alone.name
    failed = dataclasses.replace(other, status="failed")
    assert [each.is_failed for each in read_entries([usual, failed])] == [False, True]


def test_both_editions_of_one_parameter_file_have_rows_until_it_cannot_be_read(tmp_path):
    row = ReportRow("2568/x", "params/2568/x.yml", "done")
    other = dataclasses.replace(row, stem="2568/x-public", edition="public")
    with closing(Manifest(tmp_path, read_report)) as manifest:
        for each in (row, other, dataclasses.replace(row, seconds=1.0)):
            manifest.write(each)
        assert {each.stem: each.seconds for each in manifest.rows()} == {
            "2568/x": 1.0,
            "2568/x-public": 0.0,
        }
        manifest.write(ReportRow("", row.params, "failed"))
        assert [each.status for each in manifest.rows()] == ["failed"]
        manifest.write(other)
        assert [each.stem for each in manifest.rows()] == ["2568/x-public"]


def test_a_manifest_made_anew_knows_of_what_file_the_public_edition_was_made(planted, tmp_path):
    shutil.copytree(planted.public / str(YEAR), tmp_path / str(YEAR))
    with closing(Manifest(tmp_path, read_report)) as manifest:
        found = {each.stem: (each.params, each.edition) for each in manifest.rows()}
    assert found[f"{STEM}-public"] == (f"params/{STEM}.yml", "public")


def test_a_record_nobody_knows_is_shown_to_nobody():
    @dataclasses.dataclass(frozen=True)
    class Unknown:
        text: str = "qz"

    assert public((Unknown(),)) == (Unknown(""),)
    result = PublishedResult("ผ่าน", date(2025, 8, 15), {"iit": 3}, "", "announced")
    assert public(result) == dataclasses.replace(result, respondents={})
    assert internal.public(None) is None
