"""The command line ``ita``: options in, lines out, nothing else."""

from ita_helpers.cli import reports, rules, setup, teaching
from ita_helpers.cli.common import main

__all__ = ["main", "reports", "rules", "setup", "teaching"]
