"""Names of other offices than the report's, where it is none of a local government."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ita_helpers.checks.finished.reading import any_of, bare, said, words
from ita_helpers.documents.whose import CUT
from ita_helpers.language.held import may_stand


def others_of_kind(text: str, own: tuple[str, ...], *, is_line: bool) -> Iterator[tuple[int, str]]:
    """Yield another office of the same kind that acts, signs in a line, or is somebody's."""
    kinds, central = _kinds(own), said("central")
    for place in _each(central, text) if kinds and may_stand(central, text) else ():
        seat = said("seat").match(place["name"])
        start = place.start("name") + (seat.end() if seat else 0)
        name = text[start : place.end("name")]
        kind = next((e for e in kinds if name.startswith(e)), "")
        is_none = _is_none(name.removeprefix(kind))
        end = said("central_ends").search(name, len(kind) + 2)
        name = name[: end.start()] if end else name
        if not kind or is_none or _is_own(name, own):
            continue
        behind = text[start + len(name) :]
        is_alone = is_line and text.startswith(name) and said("only_brackets").fullmatch(behind)
        acts = said("central_acts").match(text, start + len(name))
        if place["glue"] or seat or acts or is_alone:
            yield place.start("name"), text[place.start("name") : start] + name


def _each(central: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield where offices may be named, also inside a run of letters that begins with a kind."""
    place = central.search(text)
    while place:
        yield place
        place = central.search(text, place.start("name") + 1)


@lru_cache(1)
def _kinds(own: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with which the names of offices like the report's own begin."""
    return tuple(each for each in words("central_kinds") if any(e.startswith(each) for e in own))


def _is_none(rest: str) -> bool:
    """Whether words behind a word for a kind of office begin no name."""
    is_none = re.match("|".join(words("no_central")), rest)
    return not rest or bool(is_none or said("begins_no_name").match(rest))


def _is_own(name: str, own: tuple[str, ...]) -> bool:
    """Whether a name is the office's own or that of a national one."""
    told = bare(name).rstrip(CUT)
    is_mine = any(told.startswith(bare(e)) or bare(e).startswith(told) for e in own)
    return is_mine or bool(any_of("national_offices").match(name))
