"""Finished pages in a real browser, and the notebook in a real JupyterLab."""

from __future__ import annotations

import json
import shutil

import pytest
from browsers import (
    AXE,
    IN_BROWSER,
    THAI_KEYS,
    in_each_setting,
    jupyter_lab,
    menu,
    read,
    type_thai,
    violations,
)
from conftest import ROOT, is_wide, ita
from made_up import shorten
from reading import in_order, pdf_headings, pdf_skeleton, skeleton

from ita_helpers.edited.cells import slot_of
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label

SAMPLE = "2568/made-up-example"
TYPED = "ปราการ" + "".join(THAI_KEYS)
"""A Thai word, and each letter whose key means something to JupyterLab beside a text."""
LOST = "๒.๐๐ คะแนน ซึ่งมากเป็นอันดับที่ ๒"
"""What the draft on indicator 10 says."""
pytestmark = IN_BROWSER


@pytest.fixture
def pages(rendered):
    return [rendered / f"{f}.html" for f in ("2562/pa-tueng", "2568/bang-khae", SAMPLE)]


def test_a_page_asks_for_nothing_and_complains_of_nothing(pages, watched):
    for path in pages:
        watched.requests.clear()
        watched.goto(path.as_uri())
        watched.wait_for_timeout(200)
        asked = [url for url in watched.requests if not url.startswith("data:")]
        assert asked == [path.as_uri()]
        assert watched.complaints == []


def test_a_page_has_one_title_captions_scopes_and_alternative_texts(pages, watched):
    for path in pages:
        watched.goto(path.as_uri())
        assert watched.get_attribute("html", "lang") == "th"
        assert watched.locator("h1").count() == 1
        assert watched.locator("main th:not([scope])").count() == 0
        assert watched.locator("main table:not(:has(caption))").count() == 0
        assert watched.locator("svg:not([aria-label])").count() == 0
        assert watched.locator("figure:not(:has(figcaption))").count() == 0
        identities = watched.eval_on_selector_all("[id]", "all => all.map(each => each.id)")
        assert len(identities) == len(set(identities))
        for link in watched.eval_on_selector_all(
            "nav a", "all => all.map(each => each.getAttribute('href').slice(1))"
        ):
            assert link in identities


FIRST = (SAMPLE, "2568/bang-khae", "2568/bang-krabue", "2568/chai-so", "2565/nong-saeng")
"""Fell by a component, a level left open, barred, a low indicator, the highest level."""


@pytest.mark.parametrize("place", [*FIRST, "2562/pa-tueng"])
def test_the_first_screen_answers_without_scrolling(rendered, watched, place):
    watched.goto((rendered / f"{place}.html").as_uri())
    lowest = "all => Math.max(...all.map(each => each.getBoundingClientRect().bottom))"
    for width, height, shown in (
        (1280, 720, ".summary .panel, p.links"),
        (360, 740, ".level, .panel.score, .why, .state, p.links, .to-do h3"),
    ):
        watched.set_viewport_size({"width": width, "height": height})
        assert watched.eval_on_selector_all(shown, lowest) <= height
    edge = "all => all.map(each => each.getBoundingClientRect().left)"
    for width in (360, 1280, 1600):
        watched.set_viewport_size({"width": width, "height": 740})
        first, *others = watched.eval_on_selector_all("header > :first-child, .panels", edge)
        assert all(abs(each - first) < 1 for each in others)
    assert watched.locator(".summary :text('PDF')").get_attribute("href")[:-4] in place


def test_the_font_of_a_page_is_its_own(pages, watched):
    watched.goto(pages[1].as_uri())
    watched.evaluate("document.fonts.ready")
    assert watched.evaluate("document.fonts.check('16px Sarabun', 'น้ำ')")
    loaded = watched.evaluate("[...document.fonts].filter(f => f.status == 'loaded').length")
    assert loaded == 2


@pytest.mark.hypothesis
@in_each_setting(320)
def test_no_rule_of_accessibility_is_broken(rendered, presets, browser, width, scheme, contrast):
    """Look at each page in one setting, in ``make stress`` in all, and at the fullest in two.

    At contrast only in the fullest and in a follow-up: all have it from one style sheet.
    """
    folders = (rendered, *(stem.parent for stem in presets.values()))
    pages = sorted({file for folder in folders for file in folder.rglob("*.html")})
    if not is_wide():
        pages = pages[width == 320 :: 2]
    full = {presets["book"].with_suffix(".html"), rendered / f"{SAMPLE}-follow-up.html"}
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for file in {*pages, *full}:
        page.goto(file.as_uri())
        background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (background == "rgb(255, 255, 255)") == (scheme == "light")
        page.evaluate(AXE)
        at_contrast = is_wide() or (contrast and file in full)
        assert violations(page, contrast=at_contrast) == [], file
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (file, wide)
    page.close()


def test_a_charts_figures_open_on_demand(presets, watched):
    watched.goto(presets["brief"].with_suffix(".html").as_uri())
    details = watched.locator("figure details").first
    assert not details.locator("table").is_visible()
    details.locator("summary").click()
    assert details.locator("table").is_visible()


def test_the_contents_stay_in_sight_on_wide_screens_only(presets, watched):
    watched.goto(presets["standard"].with_suffix(".html").as_uri())
    side, flow = watched.locator("nav.side"), watched.locator("nav.contents")
    assert side.is_visible()
    assert not flow.is_visible()
    watched.mouse.wheel(0, 5000)
    watched.wait_for_timeout(200)
    assert side.bounding_box()["y"] >= 0
    watched.set_viewport_size({"width": 600, "height": 800})
    assert flow.is_visible()
    assert not side.is_visible()


def test_a_page_prints_in_the_order_of_the_pdf(presets, watched, tmp_path):
    stem = presets["standard"]
    watched.goto(stem.with_suffix(".html").as_uri())
    watched.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    printed = pdf_skeleton(tmp_path / "printed.pdf")
    wanted = [skeleton(line[2:]) for line in pdf_headings(stem.with_suffix(".pdf").read_bytes())]
    contents = printed.rfind(skeleton("สารบัญแผนภูมิ"))
    body = next(n for n, line in enumerate(wanted) if line.startswith(skeleton("ส่วนที่ ๑")))
    assert in_order(wanted[:body], printed[:contents]) == []
    assert in_order(wanted[body:], printed[contents:]) == []


@pytest.fixture(scope="module")
def visitor(browser):
    """Give a person in whose browser JupyterLab is loaded once and kept."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def in_lab(visitor):
    """Give JupyterLab, which asks before it is left, a page of its own."""
    page = visitor.new_page()
    yield page
    page.close()


EDITED = ["components-at-once", "h-develop", "h-analysis"]
EDITED += [f"{kind}-{code}" for code in ("07", "08", "10") for kind in ("indicator", "narrative")]
"""Cells of the report that is edited here, besides those of every short one."""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Give a JupyterLab that the tests share, by its address and its workspace."""
    workspace = Workspace(tmp_path_factory.mktemp("lab"))
    for folder in ("data", "params"):
        shutil.copytree(ROOT / folder, workspace.root / folder)
    shutil.rmtree(workspace.root / "data/plans")
    shorten(workspace, *EDITED)
    with jupyter_lab(workspace.root, workspace.root) as address:
        yield address, workspace.root


def test_jupyterlab_shows_the_charts_and_offers_the_exporters(pages, in_lab, lab):
    address, folder = lab
    shutil.copy(pages[1].with_suffix(".ipynb"), folder)
    exporters = read(f"{address}/api/nbconvert?token=t")
    assert {"ita-html", "ita-pdf", "ita-docx"} <= set(exporters)
    in_lab.goto(f"{address}/lab/tree/bang-khae.ipynb?token=t&reset")
    chart = in_lab.locator(".jp-OutputArea-output figure svg").first
    chart.wait_for(timeout=60_000, state="attached")
    chart.scroll_into_view_if_needed()
    text = in_lab.locator(".jp-OutputArea-output figure svg text").all_text_contents()
    assert "EIT ส่วนที่ ๑" in text
    assert in_lab.evaluate("document.fonts.check('16px Sarabun', 'น้ำ')")


def test_a_class_tries_scores_and_answers_in_jupyterlab(in_lab, lab):
    address, root = lab
    shutil.copy(ROOT / "notebooks/how_scoring_works.ipynb", root / "notebooks")
    in_lab.set_viewport_size({"width": 1280, "height": 14_000})
    in_lab.goto(f"{address}/lab/tree/notebooks/how_scoring_works.ipynb?token=t&reset")
    in_lab.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=60_000)
    menu(in_lab, "Run", "Run All Cells")
    result = in_lab.locator(".jp-OutputArea [role=status]", has_text="93.85").first
    result.wait_for(timeout=60_000, state="attached")
    result.scroll_into_view_if_needed()
    in_lab.wait_for_timeout(2000)
    assert result.locator("b").nth(1).inner_text() == "ผ่าน"
    in_lab.get_by_role("tab", name="EIT").click()
    slider = in_lab.get_by_role("slider").locator("visible=true").nth(1)
    slider.focus()
    slider.press("End")
    good = in_lab.locator(".jp-OutputArea [role=status] b", has_text="ผ่านดี")
    good.wait_for(timeout=20_000)
    answer = in_lab.get_by_label(label("teaching_page.exercises.answer")).first
    replies = []
    for typed in ("13.94", "86.06"):
        answer.fill(typed)
        answer.press("Enter")
        reply = in_lab.locator(".jp-OutputArea p[role=status]").first
        reply.wait_for(timeout=20_000)
        in_lab.wait_for_timeout(500)
        replies.append(reply.inner_text())
    assert replies[0] != replies[1]
    assert "ถูกต้อง" in replies[1]


def test_an_analyst_writes_splits_merges_moves_and_renders_in_jupyterlab(in_lab, lab):
    address, root = lab
    parameters = root / "params/2568/bang-khae.yml"
    assert ita("edit", parameters, "--no-lab", root=root).exit_code == 0
    copy = root / "notebooks/edited/2568/bang-khae.ipynb"
    before = [cell["id"] for cell in json.loads(copy.read_text(encoding="utf-8"))["cells"]]
    keys = in_lab.keyboard
    in_lab.goto(f"{address}/lab/tree/notebooks/edited/2568/bang-khae.ipynb?token=t&reset")
    run_first = in_lab.locator(".jp-CodeCell", has_text="report.headline()").first
    run_first.wait_for(timeout=60_000, state="attached")
    in_lab.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for(timeout=60_000)
    run_first.scroll_into_view_if_needed()
    run_first.click()
    keys.press("Control+Enter")
    sentence = "ยังไม่ได้เรียกใช้เซลล์ที่อ่านข้อมูลซึ่งอยู่ต้นสมุดงาน"
    run_first.locator(".jp-OutputArea-output", has_text=sentence).wait_for(timeout=60_000)
    said = "ตัวชี้วัดที่ ๗ ได้ ๙๐.๒๓ คะแนน"
    words = in_lab.locator(".jp-MarkdownCell", has_text=said).first
    words.wait_for(timeout=60_000, state="attached")
    words.scroll_into_view_if_needed()
    words.dblclick()
    in_lab.wait_for_timeout(500)
    type_thai(in_lab, TYPED)
    words.click()
    keys.press("Enter")
    in_lab.wait_for_timeout(500)
    keys.press("Control+End")
    type_thai(in_lab, TYPED)
    typed = save(in_lab, copy, TYPED)
    assert [cell["id"] for cell in typed["cells"]] == before
    keys.insert_text("\n\nท่อนหนึ่งของเรา\n\n")
    menu(in_lab, "Edit", "Split Cell")
    in_lab.locator(".jp-mod-active .cm-content").click()
    keys.insert_text("ท่อนสองของเรา")
    in_lab.locator("[data-command='notebook:insert-cell-below']:visible").first.click()
    in_lab.locator(".jp-Notebook-toolbarCellTypeDropdown select").select_option("markdown")
    keys.press("Enter")
    in_lab.wait_for_timeout(300)
    keys.insert_text("ย่อหน้าของเรา")
    keys.press("Escape")
    keys.press("Shift+ArrowUp")
    in_lab.wait_for_timeout(300)
    menu(in_lab, "Edit", "Merge Selected Cells")
    menu(in_lab, "Edit", "Move Cell Down")
    saved = save(in_lab, copy, "ย่อหน้าของเรา")
    menu(in_lab, "Run", "Run All Cells")
    done = in_lab.locator(".jp-OutputArea-output", has_text="สำเร็จ 1 จาก 1 รายงาน")
    done.first.wait_for(timeout=120_000, state="attached")
    links = in_lab.locator(".jp-OutputArea-output a[target=_blank]").all_text_contents()
    name = "อบต.บางแค 2568 รายงานผลการประเมิน"
    assert {f"{name}.html", f"{name}.pdf", f"{name}.docx"} <= set(links)
    chart = in_lab.locator(".jp-OutputArea-output figure svg text")
    assert "EIT ส่วนที่ ๑" in chart.all_text_contents()
    press_the_button(in_lab, root / "rendered/2568/bang-khae.html", "คำที่ยังไม่บันทึก")
    cut = in_lab.locator(".jp-MarkdownCell", has_text=LOST).first
    cut.scroll_into_view_if_needed()
    cut.click()
    menu(in_lab, "Edit", "Cut Cell")
    keys.press("Control+s")
    wait_until(in_lab, lambda: not cells_with(copy, LOST))
    (merged,) = [cell for cell in saved["cells"] if "ย่อหน้าของเรา" in "".join(cell["source"])]
    assert "ท่อนสองของเรา" in "".join(merged["source"])
    (upper,) = [cell for cell in saved["cells"] if TYPED in "".join(cell["source"])]
    assert (slot_of(upper), "ท่อนหนึ่งของเรา" in "".join(upper["source"])) == ("07", True)
    places = [cell["id"] for cell in saved["cells"]]
    assert places.index(merged["id"]) == 1 + places.index("indicator-08")
    assert slot_of(merged) == "07"
    page = (root / "rendered/2568/bang-khae.html").read_text(encoding="utf-8")
    written = ("ท่อนหนึ่งของเรา", ">ตัวชี้วัดที่ ๘ ", "ท่อนสองของเรา", "ย่อหน้าของเรา")
    page = page[page.index("<main") :].replace("\u00a0", " ")
    after = page[page.index(written[0]) :]
    found = [after.index(text) for text in written]
    assert found == sorted(found)
    for ending in ("pdf", "docx"):
        assert (root / f"rendered/2568/bang-khae.{ending}").exists()
    run = ita("check", parameters, root=root)
    assert run.exit_code == 1 and "ไม่พบช่อง" in run.output
    assert ita("restore", "bang-khae", "--year", 2568, root=root).exit_code == 0
    assert [slot_of(c) for c in cells_with(copy, LOST)] == ["10"]
    assert ita("check", parameters, root=root).exit_code == 0


def press_the_button(page, report, words):
    """Write into the own paragraph and press the last cell's button without saving."""
    paragraph = page.locator(".jp-MarkdownCell", has_text="ย่อหน้าของเรา").first
    paragraph.scroll_into_view_if_needed()
    paragraph.click()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)
    button = page.get_by_role("button", name="จัดทำรายงานจากสมุดงานนี้")
    button.scroll_into_view_if_needed()
    button.click()
    wait_until(page, lambda: words in report.read_text(encoding="utf-8"), seconds=120)


def save(page, file, text):
    """Save in JupyterLab and return the notebook once it is on the disk."""
    page.keyboard.press("Control+s")
    wait_until(page, lambda: text in file.read_text(encoding="utf-8"))
    return json.loads(file.read_text(encoding="utf-8"))


def cells_with(file, text):
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if text in "".join(cell["source"])]


def wait_until(page, holds, seconds=30):
    for _ in range(2 * seconds):
        if holds():
            return
        page.wait_for_timeout(500)
    raise TimeoutError
