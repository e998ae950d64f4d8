"""Things of which more may come than memory should hold: on disk, and read in their order."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Spooled(Generic[T]):
    """What was put in, as often as it is asked for, one thing at a time."""

    def __init__(self, places: list[int], file: tempfile._TemporaryFileWrapper[bytes]) -> None:
        self._places, self._file = places, file

    def __iter__(self) -> Iterator[T]:
        """Yield the things in their order."""
        for place in self._places:
            self._file.seek(place)
            thing: T = pickle.load(self._file)
            yield thing


@contextmanager
def spooled(things: Iterable[T]) -> Iterator[Spooled[T]]:
    """Yield things from a file that is gone afterwards. Raises ``OSError`` where a disk is full."""
    with tempfile.NamedTemporaryFile() as file:
        places = []
        for each in things:
            places.append(file.tell())
            pickle.dump(each, file, pickle.HIGHEST_PROTOCOL)
        yield Spooled(places, file)
