"""Making ``data/places.csv`` from the package geothai (``make places``); nothing else needs it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from ita_helpers.files.workspace import Workspace, program_root
from ita_helpers.records.names import bare_district
from ita_helpers.store.places import FILE
from ita_helpers.store.table_files import Cells, render_table


def rows_of(source: Any) -> Iterator[Cells]:
    """Yield each province of the package, then its districts without the word before them."""
    for province in source.provinces():
        name = province.name_th
        yield {"province": name, "district": "", "english": province.name_en}
        for each in source.districts(province.code):
            district = bare_district(each.name_th)
            yield {"province": name, "district": district, "english": each.name_en}


if __name__ == "__main__":
    path = Workspace(program_root()).root / FILE
    path.write_bytes(render_table("places", rows_of(import_module("geothai"))))
