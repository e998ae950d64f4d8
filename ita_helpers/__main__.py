"""The program ``ita``, also as ``python -m ita_helpers``."""

from __future__ import annotations

import gc
import signal
import sys

from ita_helpers.screen import lost_of_output, ready_streams, stopping_quietly
from ita_helpers.surroundings import LOOK_FOR_GARBAGE, settle


def main() -> None:
    """Run a command; imports happen here, since Ctrl-C may come while they run."""
    gc.set_threshold(*LOOK_FOR_GARBAGE)
    settle()
    ready_streams()
    with stopping_quietly():
        from ita_helpers.cli import main as commands
        from ita_helpers.language.catalogue import say
    try:
        commands(prog_name="ita")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if code := lost_of_output():
            print(say("cli.lost_output", code=code), file=sys.stderr)
            sys.exit(1)


if __name__ == "__main__":
    main()
