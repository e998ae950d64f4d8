"""Starting JupyterLab in half the time: ``python -m ita_helpers.lab.server``."""

from __future__ import annotations

import sys

from ita_helpers.files.scraps import quick_imports


def main() -> int | None:
    """Run JupyterLab with the arguments given, and return its exit status."""
    with quick_imports():
        from jupyterlab.labapp import main as run
    status: int | None = run()
    return status


if __name__ == "__main__":
    sys.exit(main())
