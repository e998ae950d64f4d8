"""LibreOffice without its windows, for files that people open and save with it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>TH Sarabun New</family><prefer><family>Sarabun</family></prefer>
</alias></fontconfig>"""
PATH = "/usr/local/bin:/usr/bin:/bin"
OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
needs_calc = pytest.mark.skipif(not shutil.which("localc"), reason="needs LibreOffice Calc")


def converter(folder: Path, fonts: Path) -> Callable[..., list[Path]]:
    """Return a function that converts files, with the fonts of a folder.

    Its first start makes a profile, which takes as long as several files.
    """
    (folder / "fonts.conf").write_text(FONTS.format(fonts=fonts, cache=folder / "cache"), "utf-8")

    def convert(kind: str, *files: Path) -> list[Path]:
        command = [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", kind, "--outdir", folder / "out", *files]
        environment = {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)}
        subprocess.run(
            command, check=True, capture_output=True, timeout=300, env={"PATH": PATH, **environment}
        )
        ending = kind.partition(":")[0]
        return [folder / "out" / f"{Path(file).stem}.{ending}" for file in files]

    return convert
