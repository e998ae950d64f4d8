"""What the process that others are forked from preloads; importing this module does it.

Nothing imported here may start a thread: a lock that a thread holds during a fork stays locked in
the child for ever. A test counts the threads.
"""

from __future__ import annotations

import gc
import os
import warnings
from importlib import import_module

from ita_helpers.run.processes import WARM_UP, adopt_orphans, keep_from_threads

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
gc.enable()
