"""The command line ``ita``: options in, lines out, nothing else."""

from ita_helpers.cli.commands import main

__all__ = ["main"]
