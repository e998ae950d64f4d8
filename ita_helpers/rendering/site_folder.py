"""Writing a site into a folder of its own: made aside, and moved into its place as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version as release_of
from importlib.resources import files
from pathlib import Path
from typing import Any

from tqdm import tqdm

from ita_helpers.files.json_reading import read_json
from ita_helpers.files.workspace import Workspace
from ita_helpers.index.page import write_page as write_index_page
from ita_helpers.language.catalogue import label
from ita_helpers.rendering.handing_out import relinked
from ita_helpers.rendering.publishing import Gathered
from ita_helpers.run.own_folder import noted, replace_folder, sealed
from ita_helpers.website.contents import Site, SiteReport
from ita_helpers.website.page import ASSETS, HOME, write_page
from ita_helpers.website.pages import FRONT, LESSON, pages_of
from ita_helpers.website.results import data_files

RECORD = "site.json"
FORMAT = 1
_MAKING = ".site-"
_FONTS = ("Sarabun-Regular.woff2", "Sarabun-Bold.woff2", "OFL.txt")


def write_site(workspace: Workspace, folder: Path, gathered: Gathered) -> int:
    """Put a site in the place of the former one, whole or not at all; returns its size (bytes).

    Raises ``FolderChanged`` where anything is in the folder that is not of a site of ours,
    ``WriteFailed`` or ``WorkspaceBusy``; then the folder is as it was.
    """
    sizes: dict[str, int] = {}

    def fill(new: Path) -> None:
        sizes.update(_fill(new, gathered))

    replace_folder(folder, workspace.shown(folder), RECORD, fill, _MAKING)
    return sum(sizes.values())


def published_in(folder: Path) -> set[str]:
    """Return what reports a folder's site has: ``<year>/<organisation>`` and the kind's suffix."""
    try:
        return {str(each) for each in read_json(folder / RECORD)["reports"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def name_of(report: SiteReport) -> str:
    """Return how the record calls a report."""
    return f"{report.fiscal_year}/{report.organisation}{report.kind.suffix}"


def _fill(new: Path, gathered: Gathered) -> dict[str, int]:
    """Write all files of a site; returns their sizes by path."""
    site = gathered.site
    told: dict[str, dict[str, Any]] = {}

    def put(path: str, content: bytes) -> None:
        place = new / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        told[path] = noted(content)

    for name in _FONTS:
        font = files("ita_helpers.faces") / "fonts" / name
        put(f"{ASSETS}/{name}", font.read_bytes())
    for report in tqdm(site.reports, desc=label("publish.copying"), disable=None, leave=False):
        for paper in report.papers:
            put(f"{report.folder}/{paper.name}", relinked(paper.source, paper.renamed))
    for each in site.comparisons:
        for paper in each.papers:
            put(f"{each.folder}/{paper.name}", relinked(paper.source, paper.renamed))
    if site.lesson:
        put(LESSON, site.lesson.read_bytes())
    for path, content in data_files(site).items():
        put(path, content)
    sizes = {path: each["size"] for path, each in told.items()}
    for page in pages_of(site, sizes):
        put(page.path, write_page(page))
    if site.results:
        put(HOME, write_index_page(gathered.rows, FRONT).encode("utf-8"))
    record = sealed(_record(site), told)
    (new / RECORD).write_bytes(record)
    return {**{path: each["size"] for path, each in told.items()}, RECORD: len(record)}


def _record(site: Site) -> Mapping[str, Any]:
    return {
        "format": FORMAT,
        "program": release_of("ita-helpers"),
        "years": site.years,
        "reports": sorted(map(name_of, site.reports)),
    }
