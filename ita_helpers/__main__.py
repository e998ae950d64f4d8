"""The program ``ita``, also as ``python -m ita_helpers``."""

from __future__ import annotations

import signal

from ita_helpers.screen import ready_streams, stopping_quietly


def main() -> None:
    """Run a command; what it needs is loaded here, since Ctrl-C may come while it is."""
    ready_streams()
    with stopping_quietly():
        from ita_helpers.cli import main as commands
    try:
        commands()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
