"""What the process that others are forked from preloads; importing this module does it.

Nothing imported here may start a thread: a lock that a thread holds during a fork stays locked in
the child for ever. A test counts the threads.
"""

from __future__ import annotations

import gc
import os
import warnings
from importlib import import_module

from ita_helpers.run.processes import BACKEND, WARM_UP, adopt_orphans

gc.disable()
os.environ["MPLBACKEND"] = BACKEND
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"
os.environ["JE_ARROW_MALLOC_CONF"] = "background_thread:false"  # pyarrow's, which pandas brings
import_module("ita_helpers.run.in_process")
if asked := os.environ.get(WARM_UP):
    named, _, argument = asked.partition(" ")
    module, _, function = named.partition(":")
    getattr(import_module(module), function)(argument)
adopt_orphans()
warnings.filterwarnings("ignore", "forkserver: waitpid")  # says so of each orphan that ends
gc.freeze()
gc.enable()
