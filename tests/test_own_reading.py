"""What own code reads is an input: no report is called current whose own files have changed."""

from __future__ import annotations

import importlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import PIL.Image
import pytest
from conftest import ROOT, needs_links

from ita_helpers.files.workspace import Workspace
from ita_helpers.rendering.inputs import are_as_read
from ita_helpers.run.reading import watch_reading

ABSENT = b""


@dataclass(frozen=True)
class Way:
    """Code that reads ``file``, its content before and after; whether what it reads is known."""

    code: str
    before: bytes = b"a,b\n1,2\n"
    after: bytes = b"a,b\n3,4\n"
    file: str = "own.csv"
    is_known: bool = True


def xlsx(value: int) -> bytes:
    book, file = openpyxl.Workbook(), Path("made.xlsx")
    book.active["A1"] = value
    book.save(file)
    try:
        return file.read_bytes()
    finally:
        file.unlink()


def png(colour: str) -> bytes:
    PIL.Image.new("RGB", (2, 2), colour).save("made.png")
    try:
        return Path("made.png").read_bytes()
    finally:
        Path("made.png").unlink()


def appears(code: str, file: str = "new.csv") -> Way:
    return Way(code, before=ABSENT, file=file)


SHEET, PICTURE, XML, PDF = "own.xlsx", "own.png", "own.xml", "own.pdf"
OPTIONAL = "try:\n    {}\nexcept (OSError, ImportError):\n    pass"
WAYS = {
    "open": Way("open('own.csv').close()"),
    "a path": Way("from pathlib import Path\nPath('own.csv').read_text()"),
    "a descriptor": Way("import os\nos.read(os.open('own.csv', os.O_RDONLY), 9)"),
    "a memory map": Way("import numpy\nnumpy.memmap('own.csv', mode='r')"),
    "in a subfolder": Way("open('sub/own.csv').close()", file="sub/own.csv"),
    "a table": Way("import pandas\npandas.read_csv('own.csv')"),
    "a sheet": Way("import pandas\npandas.read_excel('own.xlsx')", file=SHEET),
    "a picture": Way("import PIL.Image\nPIL.Image.open('own.png').load()", file=PICTURE),
    "a drawn picture": Way("import matplotlib.pyplot as p\np.imread('own.png')", file=PICTURE),
    "a module": Way("import beside_1", b"x = 1", b"x = 2", "beside_1.py"),
    "a script": Way("import runpy\nrunpy.run_path('own.py')", b"x = 1", b"x = 2", "own.py"),
    "XML": Way("import xml.etree.ElementTree as e\ne.parse('own.xml')", b"<a/>", b"<b/>", XML),
    "size": Way("import os\nos.path.getsize('own.csv')"),
    "a missing file": appears(OPTIONAL.format("open('new.csv')")),
    "a missing module": appears(OPTIONAL.format("import beside_2"), "beside_2.py"),
    "whether it exists": appears("from pathlib import Path\nPath('new.csv').exists()"),
    "whether it is a file": appears("import os\nos.path.isfile('new.csv')"),
    "whether it is a folder": appears("import os\nos.path.isdir('new')", "new/own.csv"),
    "whether it may be read": appears("import os\nos.access('new.csv', os.R_OK)"),
    "its time": appears(OPTIONAL.format("__import__('os').path.getmtime('new.csv')")),
    "a list of what is nowhere": appears(
        OPTIONAL.format("__import__('os').scandir('new')"), "new/a"
    ),
    "a list of files": Way("import glob\nglob.glob('*')", is_known=False),
    "a database": Way("import sqlite3\nsqlite3.connect('own.csv').close()", is_known=False),
    "another XML": Way(
        "import lxml.etree\nlxml.etree.parse('own.xml')", b"<a/>", b"<b/>", XML, is_known=False
    ),
    "Arrow": Way("import pyarrow\npyarrow.OSFile('own.csv').read()", is_known=False),
    "a PDF": Way("import pypdfium2\npypdfium2.PdfDocument('own.pdf')", file=PDF, is_known=False),
}
MADE = {SHEET: (xlsx, 1, 2), PICTURE: (png, "red", "blue")}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give a folder that is a workspace, where cells run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    return tmp_path


def put(way, folder, moment):
    content = (way.before, way.after)[moment]
    if way.file in MADE:
        make, *values = MADE[way.file]
        content = make(values[moment])
    elif way.file == PDF and not moment:
        content = (ROOT / "rendered/example.pdf").read_bytes()
    if content is not ABSENT:
        (folder / way.file).parent.mkdir(exist_ok=True)
        (folder / way.file).write_bytes(content)
    importlib.invalidate_caches()


def run_as_a_cell(code):
    """Run code in a thread of its own, which counts as started by a cell."""
    failed = []

    def run():
        try:
            exec(compile(code, "cell", "exec"), {})
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert failed == []


@pytest.mark.parametrize("name", WAYS)
def test_a_report_is_not_current_once_a_file_of_its_own_code_is_another(name, folder):
    way = WAYS[name]
    put(way, folder, 0)
    tell = watch_reading(folder, [way.code], "ita")
    run_as_a_cell(way.code)
    read = tell()
    assert (read is not None) == way.is_known
    assert not way.is_known or are_as_read(Workspace(folder), read)
    put(way, folder, 1)
    assert not are_as_read(Workspace(folder), read)


@needs_links
def test_a_link_that_is_turned_to_another_file_is_another_file(folder):
    for name in ("one", "two"):
        (folder / name).write_text(name)
    (folder / "own.csv").symlink_to("one")
    tell = watch_reading(folder, ["own"], "ita")
    run_as_a_cell("open('own.csv').close()")
    read = tell()
    (folder / "own.csv").unlink()
    (folder / "own.csv").symlink_to("two")
    assert not are_as_read(Workspace(folder), read)


def test_asking_for_files_is_what_it_was_while_nothing_is_watched(folder):
    watch_reading(folder, ["own"], "ita")()
    assert os.stat in os.supports_follow_symlinks
    assert folder.stat(follow_symlinks=False).st_ino == folder.stat().st_ino
    assert os.access(folder, os.R_OK) and folder.is_dir() and not os.path.lexists("none")
