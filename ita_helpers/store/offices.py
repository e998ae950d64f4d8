"""Reading ``data/offices/<organisation>.yml``: an office's own facts, pictures and template."""

from __future__ import annotations

import base64
import hashlib
import io
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from ita_helpers.errors import BadOffice, nearest
from ita_helpers.files.images import in_order, open_image
from ita_helpers.files.presence import is_there
from ita_helpers.files.workspace import Workspace
from ita_helpers.files.yaml_mapping import YamlMapping, read_mapping, shortened
from ita_helpers.language.dates import parse_date
from ita_helpers.records.office import Office, OfficeYear, Signer

PICTURE_SIDE = 200
"""Pixels: larger pictures are made smaller."""
COLOURS = 64
MOST_BYTES = 20_000_000


def _to_date(text: Any) -> date | None:
    return parse_date(str(text)) if str(text).strip() else None


Day = Annotated[date | None, BeforeValidator(_to_date)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Signer(_File):
    position: str
    name: str = ""


class _Year(_File):
    number: str = ""
    date: Day = None
    to: str = ""
    subject: str = ""
    signers: tuple[_Signer, ...] = ()


class _Office(_File):
    unit: str = ""
    document_prefix: str = ""
    website: str = ""
    head: str = ""
    clerk: str = ""
    reviewer: str = ""
    units: dict[str, str] = {}
    emblem: str = ""
    garuda: str = ""
    word_template: str = ""
    word_font: str = ""
    years: dict[int, _Year] = {}


def read_office(workspace: Workspace, organisation: str) -> Office:
    """Read an office's own facts; an office without a file has none.

    Raises ``BadOffice`` with file, line, key, value and remedy, or what ``read_mapping`` raises.
    """
    path = workspace.office(organisation)
    if not is_there(path):
        return Office()
    shown = workspace.shown(path)
    mapping = read_mapping(path, shown, plain=True)
    try:
        written = _Office.model_validate(mapping.values)
    except ValidationError as error:
        raise _explain(error.errors()[0], mapping, shown) from error
    reader = _Files(workspace, path.parent, mapping, shown)
    template, digest = reader.template(written.word_template)
    return Office(
        unit=written.unit,
        document_prefix=written.document_prefix,
        website=written.website,
        head=written.head,
        clerk=written.clerk,
        reviewer=written.reviewer,
        units=written.units,
        emblem=reader.picture("emblem", written.emblem),
        garuda=reader.picture("garuda", written.garuda),
        word_template=template,
        word_template_digest=digest,
        word_font=written.word_font,
        years={number: _year(year) for number, year in written.years.items()},
    )


def _year(year: _Year) -> OfficeYear:
    signers = tuple(Signer(each.position, each.name) for each in year.signers)
    return OfficeYear(year.number, year.date, year.to, year.subject, signers)


class _Files:
    """Reads the files an office names, all in the folder of its own."""

    def __init__(
        self, workspace: Workspace, folder: Path, mapping: YamlMapping, shown: str
    ) -> None:
        self.workspace, self.folder, self.mapping, self.shown = workspace, folder, mapping, shown

    def picture(self, key: str, name: str) -> str:
        """Return a picture as base64 PNG of a page's size."""
        if not name:
            return ""
        from PIL import Image

        content = self._read(key, name, "picture_missing")
        try:
            with open_image(content) as picture:
                picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
                flat = picture.convert("RGBA")
                reduced = in_order(flat.quantize(COLOURS, dither=Image.Dither.NONE))
        except Image.DecompressionBombError as error:
            raise self._error(key, name, "picture_huge") from error
        except (OSError, ValueError, SyntaxError) as error:
            raise self._error(key, name, "picture_bad") from error
        buffer = io.BytesIO()
        reduced.save(buffer, "PNG", optimize=True)
        return base64.b64encode(buffer.getvalue()).decode("ascii")

    def template(self, name: str) -> tuple[str, str]:
        """Return the path of the Word template from the workspace's root, and its digest."""
        if not name:
            return "", ""
        content = self._read("word_template", name, "template_missing")
        path = (self.folder / name).resolve()
        return self.workspace.shown(path), hashlib.sha256(content).hexdigest()

    def _read(self, key: str, name: str, missing: str) -> bytes:
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.workspace.root.resolve()):
            raise self._error(key, name, "outside")
        if not path.is_file():
            raise self._error(key, name, missing)
        if path.stat().st_size > MOST_BYTES:
            raise self._error(key, name, "picture_huge")
        return path.read_bytes()

    def _error(self, key: str, value: str, problem: str) -> BadOffice:
        line = self.mapping.line_of((key,))
        return BadOffice(file=self.shown, line=line, key=key, value=value, problem=problem)


def _explain(error: Any, mapping: YamlMapping, shown: str) -> BadOffice:
    """Name the key, its line and what it should be."""
    place = tuple(str(part) for part in error["loc"])
    key = next((part for part in reversed(place) if not part.isdigit()), place[0])
    problem = {"extra_forbidden": "unknown", "missing": "missing"}.get(error["type"], "value")
    if key == "date" and problem == "value":
        problem = "date"
    known = sorted({*_Office.model_fields, *_Year.model_fields, *_Signer.model_fields})
    return BadOffice(
        file=shown,
        line=mapping.line_of(place if problem != "missing" else place[:-1]),
        key=key,
        value=shortened(error["input"]),
        problem=problem,
        nearest=nearest(key, known),
    )
