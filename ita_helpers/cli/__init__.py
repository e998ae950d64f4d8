"""The command line ``ita``: thin, and the one place that joins running to analysis."""

from ita_helpers.cli import reports, rules, setup, teaching
from ita_helpers.cli.common import main

__all__ = ["main", "reports", "rules", "setup", "teaching"]
