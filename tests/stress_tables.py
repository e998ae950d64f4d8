"""Set random tables into PDFs: every text stands on a page, and none over another.

``python tests/stress_tables.py [TABLES [FIRST]]``; what takes minutes is not part of the tests.
"""

from __future__ import annotations

import sys

from tables import find_faults, random_document

from ita_helpers.publish.pdf.writer import write_pdf


def main() -> int:
    """Run and return the exit status."""
    tables = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    faulty = 0
    for seed in range(first, first + tables):
        document = random_document(seed)
        faults = find_faults(document, write_pdf(document))
        faulty += bool(faults)
        for fault in faults[:3]:
            print(f"table {seed}: {fault}", flush=True)
        if (seed + 1 - first) % 50 == 0:
            print(f"{seed + 1 - first} of {tables} tables, {faulty} faulty", flush=True)
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
