"""Files that are made from one definition and committed for people to read (``make docs``).

A test compares each with its definition, so that none grows old.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from ita_helpers import data_dictionary
from ita_helpers.params import schema
from ita_helpers.paths import program_root
from ita_helpers.whole_files import write_whole

ENVIRONMENT = """\
# For conda users: the same pins as requirements.lock (made by `make docs`).
#   conda env create -f environment.yml && conda activate ita
#   pip install --no-deps --no-build-isolation -e .
name: ita
channels:
  - conda-forge
dependencies:
  - python={python}
  - pip
  - pip:
{pins}
"""
PYTHON = "3.12"


def render_all(root: Path) -> dict[Path, str]:
    """Return the text of every generated file, by its path."""
    return {
        root / "data/README.md": data_dictionary.render(),
        root / "params/schema.json": json.dumps(schema(), ensure_ascii=False, indent=2) + "\n",
        root / "environment.yml": render_environment(
            (root / "requirements.lock").read_text(encoding="utf-8")
        ),
    }


def render_environment(lock: str) -> str:
    """Return ``environment.yml`` with every pin of the lock and its condition."""
    pins = re.findall(r"^([a-z0-9][a-z0-9._-]*==[^\s;]+)( ; [^\\\n]+)?", lock, re.MULTILINE)
    lines = [f'      - "{pin}{condition.rstrip()}"' for pin, condition in pins]
    return ENVIRONMENT.format(python=PYTHON, pins="\n".join(lines))


def main() -> None:
    """Write the generated files."""
    for path, text in render_all(program_root()).items():
        write_whole(path, text.encode())


if __name__ == "__main__":
    main()
