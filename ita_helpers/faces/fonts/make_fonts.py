"""Build the Sarabun files of this folder from the npm package ``@fontsource/sarabun``.

The package cuts each weight into a Latin and a Thai file; the PDF and the charts need both in one
font, so the two are merged with their GSUB and GPOS tables intact. Run by ``make fonts``; the
results are committed, so nobody else needs npm.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PACKAGE = "@fontsource/sarabun@5.3.0"
SIGNS = "\u00a0·×–—‘’“”•…−\u200b\u2060"
WEIGHTS = {400: "Regular", 700: "Bold"}
HERE = Path(__file__).parent


def download(folder: Path) -> Path:
    """Fetch and unpack the npm package; return the folder of its font files."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def merge_weight(package: Path, folder: Path, weight: int, style: str) -> None:
    """Write ``Sarabun-<style>.ttf`` (PDF, charts) and ``.woff2`` (HTML) for one weight."""
    parts = []
    for script in ("latin", "thai"):
        font = TTFont(package / f"files/sarabun-{script}-{weight}-normal.woff")
        font.flavor = None
        part = folder / f"{script}-{weight}.ttf"
        font.save(part)
        parts.append(str(part))
    merged = Merger().merge(parts)
    name_font(merged, style)
    merged["head"].modified = merged["head"].created
    merged.recalcTimestamp = False
    merged.save(HERE / f"Sarabun-{style}.ttf")
    reduce_to_page(merged)
    merged.flavor = "woff2"
    merged.save(HERE / f"Sarabun-{style}.woff2")


def reduce_to_page(font: TTFont) -> None:
    """Keep what our pages need: Thai, ASCII and the symbols in their sentences."""
    options = Options(layout_features=["*"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*range(0x20, 0x7F), *range(0xE00, 0xE80), *map(ord, SIGNS)])
    subsetter.subset(font)


def name_font(font: TTFont, style: str) -> None:
    """Give the merged font the family's names; the cut files carry names of their own."""
    names = {1: "Sarabun", 2: style, 4: f"Sarabun {style}", 6: f"Sarabun-{style}"}
    for record, text in names.items():
        font["name"].setName(text, record, 3, 1, 0x409)
    for record in (16, 17):
        font["name"].removeNames(nameID=record)


def main() -> None:
    """Build both weights and copy the licence."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        package = download(folder)
        for weight, style in WEIGHTS.items():
            merge_weight(package, folder, weight, style)
        shutil.copy(package / "LICENSE", HERE / "OFL.txt")


if __name__ == "__main__":
    main()
