"""What the process that others are forked from preloads; importing this module does it.

Nothing imported here may start a thread: a lock that a thread holds during a fork stays locked in
the child for ever. A test counts the threads. An interrupt is meant for the command alone, which
ends; a fork server, which ignores it once it serves, would tell of it where it loads.
"""

from __future__ import annotations

import gc
import os
import signal
import warnings
from importlib import import_module

from ita_helpers.run.processes import WARM_UP, adopt_orphans, keep_from_threads
from ita_helpers.surroundings import LOOK_FOR_GARBAGE, Process

before = signal.getsignal(signal.SIGINT)
if not Process.is_settled:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
gc.disable()
keep_from_threads()
import_module("ita_helpers.run.in_process")
if asked := os.environ.get(WARM_UP):
    named, _, argument = asked.partition(" ")
    module, _, function = named.partition(":")
    getattr(import_module(module), function)(argument)
adopt_orphans()
warnings.filterwarnings("ignore", "forkserver: waitpid")  # says so of each orphan that ends
gc.freeze()
gc.set_threshold(*LOOK_FOR_GARBAGE)
gc.enable()
signal.signal(signal.SIGINT, before)
