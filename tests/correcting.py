"""Word files of ours, corrected as people correct them: paragraphs changed, moved, commented on."""

from __future__ import annotations

import copy
import io
from dataclasses import replace

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from ita_helpers.corrections.applying import apply
from ita_helpers.corrections.cell_words import texts_of
from ita_helpers.corrections.finding import find_corrections
from ita_helpers.documents.corrected_file import corrected_from
from ita_helpers.publish.papers import read_notebook
from ita_helpers.publish.reading.notebook import read_words
from ita_helpers.publish.word.writer import write_docx

MOMENT = "2026-11-20T10:00:00Z"


def word_file(notebook):
    """Return the Word file of an office's notebook, without running it."""
    document = replace(read_notebook(notebook), organisation="bang-khae", fiscal_year=2568)
    return write_docx(document)


def opened(content):
    return docx.Document(io.BytesIO(content))


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paragraphs_of(document, slot):
    """Return the paragraphs between the marks of a slot."""
    name = f"slot_narrative_{slot.replace('-', '_')}"
    starts = document.element.body.iter(qn("w:bookmarkStart"))
    following = next(each for each in starts if each.get(qn("w:name")) == name).itersiblings()
    found = []
    for each in following:
        if each.tag == qn("w:bookmarkEnd"):
            break
        if each.tag == qn("w:p"):
            found.append(Paragraph(each, document._body))
    return found


def write(paragraph, text):
    """Replace the words of a paragraph."""
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    paragraph.runs[0].text = text


def add_below(paragraph, text):
    """Type a paragraph of the same style below another."""
    made = copy.deepcopy(paragraph._p)
    paragraph._p.addnext(made)
    new = Paragraph(made, paragraph._parent)
    write(new, text)
    return new


def remove(paragraph):
    paragraph._p.getparent().remove(paragraph._p)


def tracked(kind, run, author):
    """Put a run into a tracked insertion (``ins``) or deletion (``del``)."""
    made = OxmlElement(f"w:{kind}")
    for key, value in (("id", "900"), ("author", author), ("date", MOMENT)):
        made.set(qn(f"w:{key}"), value)
    run._r.addprevious(made)
    made.append(run._r)
    if kind == "del":
        for each in list(run._r.iter(qn("w:t"))):
            each.tag = qn("w:delText")


def without_marks(document):
    """Take all bookmarks away, as some programs do."""
    for each in list(document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        each.getparent().remove(each)


def as_word_saves(document):
    """Move marks into the paragraphs behind them, and part runs as a spelling check does."""
    body = document.element.body
    for mark in [*body.iterchildren(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        following = next((each for each in mark.itersiblings() if each.tag == qn("w:p")), None)
        if following is not None:
            place = 1 if following.find(qn("w:pPr")) is not None else 0
            following.insert(place, mark)
    for run in [*body.iter(qn("w:r"))]:
        text = run.find(qn("w:t"))
        if text is None or len(text.text or "") < 4 or len(run.findall(qn("w:t"))) > 1:
            continue
        rest = copy.deepcopy(run)
        middle = len(text.text) // 2
        rest.find(qn("w:t")).text, text.text = text.text[middle:], text.text[:middle]
        for each in (text, rest.find(qn("w:t"))):
            each.set(qn("xml:space"), "preserve")
        run.addnext(rest)
        run.addnext(OxmlElement("w:proofErr"))


def corrections_in(content, areas=None):
    """Return what was corrected in a Word file of ours."""
    read = corrected_from(content, "report.docx")
    before = read.origin.lines
    given = areas or [each.slot for each in before]
    return find_corrections(before, given, read.lines, read.marked)


def adopted(notebook, content):
    """Return a notebook with the corrections of a Word file in its slots."""
    found = corrections_in(content)
    pictures = corrected_from(content, "report.docx").pictures
    return apply(notebook, {each.area: each.steps for each in found.areas}, pictures)


def lines_of(cell):
    """Return what a cell prints, line by line."""
    return [text for text in texts_of(read_words(cell, "test").blocks) if text]
