"""Collecting what has to be corrected in a file, so that all of it is reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ita_helpers.errors import InputError, SeveralMistakes


class Mistakes:
    """The mistakes found so far; reading continues after each."""

    def __init__(self) -> None:
        self.found: list[InputError] = []

    @contextmanager
    def kept(self, but: type[InputError] | tuple[type[InputError], ...] = ()) -> Iterator[None]:
        """Collect errors raised inside as mistakes, except the kind ``but``."""
        try:
            yield
        except but:
            raise
        except SeveralMistakes as several:
            self.found += several.mistakes
        except InputError as error:
            self.found.append(error)


def refuse(mistakes: Iterable[InputError]) -> None:
    """Raise the single mistake, or ``SeveralMistakes``; each is reported once."""
    told = list({str(each): each for each in mistakes}.values())
    if len(told) > 1:
        raise SeveralMistakes(mistakes=tuple(told))
    if told:
        raise told[0]
