"""Made-up words planted into every text of an office's records, and found again in files."""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

from ita_helpers.publish.read_back import page_text
from ita_helpers.records.problem import Problem

FOLDER = "qzfolder"
"""Stands for what only the drafter's machine calls its folders."""
CODED = frozenset(
    "YearScores.organisation Score.code Score.status PublishedResult.level PublishedResult.status "
    "Suggestion.code Rank.scope Measure.indicators Measure.items Measure.status Office.emblem "
    "Office.garuda Office.word_template Office.word_template_digest Office.word_font".split()
)
"""Texts that are no words of an office: codes, statuses, pictures, its own template and font."""
LETTERS = "bcdfghjklmnp"


class Planter:
    """Gives every text of records a word of its own, by the name of its field."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        self._letters = itertools.product(LETTERS, repeat=3)

    def word(self, name: str) -> str:
        """Return the word of a name, always the same."""
        if name not in self.words:
            self.words[name] = f"qz{''.join(next(self._letters))}"
        return self.words[name]

    def planted(self, record: Any) -> Any:
        """Return a record, or several, with a word in every text."""
        if isinstance(record, tuple):
            return tuple(map(self.planted, record))
        if isinstance(record, Mapping):
            return {key: self.planted(each) for key, each in record.items()}
        if not dataclasses.is_dataclass(record):
            return record
        kind = type(record).__name__
        changed = {
            each.name: self._field(f"{kind}.{each.name}", each.type, getattr(record, each.name))
            for each in dataclasses.fields(record)
            if f"{kind}.{each.name}" not in CODED
        }
        return dataclasses.replace(record, **changed)

    def _field(self, name: str, kind: Any, value: Any) -> Any:
        if kind == "str":
            place = f" (C:\\{FOLDER}\\a.xlsx)" if _is_place(name) else ""
            return f"{value} {self.word(name)}{place}"
        if kind == "tuple[str, ...]":
            return (*value, self.word(name))
        if kind == "Mapping[str, str]":
            return {key: f"{each} {self.word(name)}" for key, each in value.items()}
        if kind == "tuple[Problem, ...]":
            return (Problem(self.word(name), self.word(name)),)
        return self.planted(value)


def _is_place(name: str) -> bool:
    return name.endswith((".source", ".evidence"))


@cache
def all_in(file: Path) -> str:
    """Return all text of a file that any program could find in it, unpacked."""
    content = file.read_bytes()
    match file.suffix:
        case ".pdf":
            return "\n".join(_of_pdf(content))
        case ".docx" | ".xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                return "\n".join(_of_bytes(package.read(name)) for name in package.namelist())
        case ".ipynb":
            return json.dumps(json.loads(content), ensure_ascii=False)
        case ".png":
            return str(Image.open(io.BytesIO(content)).info)
        case _:
            return _of_bytes(content)


def _of_bytes(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _of_pdf(content: bytes) -> Iterator[str]:
    """Yield the letters of the pages, every string of the file, and what its streams hold."""
    with pypdfium2.PdfDocument(content) as pages:
        yield from (page.get_textpage().get_text_range() for page in pages)
        yield from (page_text(page) for page in pages)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield from (text for each in pdf.objects for text in _strings(each))
        streams = (each for each in pdf.objects if isinstance(each, pikepdf.Stream))
        yield from (_of_bytes(each.read_bytes()) for each in streams)


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, pikepdf.String):
        yield str(held)
    elif isinstance(held, pikepdf.Array):
        yield from (text for each in held if not _refers(each) for text in _strings(each))
    elif isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        yield from map(str, held.keys())
        values = [value for _, value in held.items()]
        yield from (text for each in values if not _refers(each) for text in _strings(each))


def _refers(held: Any) -> bool:
    """Whether an object is another one of the file, which is looked at by itself."""
    return isinstance(held, pikepdf.Object) and held.is_indirect
