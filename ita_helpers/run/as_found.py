"""Restoring a process and its libraries, whatever the cells of a notebook changed."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def figures_as_found() -> Iterator[None]:
    """Start with matplotlib's default settings, and restore the previous ones afterwards."""
    import matplotlib

    with matplotlib.rc_context(), loading_matplotlib():
        matplotlib.rcdefaults()
        yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


@contextmanager
def loading_matplotlib() -> Iterator[None]:
    """Let it be loaded without the lists of properties in its docstrings, a quarter of the time."""
    from matplotlib import artist

    before, artist.kwdoc = artist.kwdoc, _no_list
    try:
        yield
    finally:
        artist.kwdoc = before


def _no_list(artist: object) -> str:  # noqa: ARG001
    return ""


@contextmanager
def process_as_found() -> Iterator[None]:
    """Undo what the cells of a notebook change in their process."""
    streams, main, hook = (sys.stdout, sys.stderr), sys.modules["__main__"], sys.excepthook
    argv, path, environment = sys.argv[:], sys.path[:], dict(os.environ)
    display, folder = sys.displayhook, Path.cwd()
    method = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method(None, force=True)
    umask = os.umask(0o077)
    os.umask(umask)
    try:
        with fresh_logging(), warnings.catch_warnings():
            yield
    finally:
        multiprocessing.set_start_method(method, force=True)
        sys.stdout, sys.stderr = streams
        sys.modules["__main__"], sys.excepthook, sys.displayhook = main, hook, display
        sys.argv, sys.path[:] = argv, path
        os.chdir(folder)
        os.umask(umask)
        os.environ.clear()
        os.environ.update(environment)


@contextmanager
def fresh_logging() -> Iterator[None]:
    """Make logging as it is in a process that has not configured it."""
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    before = [(each, each.handlers, each.propagate, each.level) for each in loggers]
    for each in loggers:
        each.handlers, each.propagate = [], True
        each.setLevel(logging.WARNING if each is logging.root else logging.NOTSET)
    try:
        yield
    finally:
        for each, each.handlers, each.propagate, level in before:
            each.setLevel(level)
