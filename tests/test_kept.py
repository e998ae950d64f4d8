"""What is made of the program's own words is kept beside compiled modules, where it is of use."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_helpers.language import begun, kept, needed
from ita_helpers.language.begun import compiled
from ita_helpers.language.needed import needs_of

PATTERN = r"(?P<way>สูง|ต่ำ)?\s?กว่า(?P<year>ปี\s?\d{4})"
TEXT = "สูงกว่าปี 2567 และกว่าปี 2566"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a file in a folder of compiled modules in which nothing is kept yet."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    place = kept._place()
    assert place is not None
    place.parent.mkdir(parents=True)
    _forget()
    yield place
    _forget()


def _forget() -> None:
    kept._read.cache_clear()
    compiled.cache_clear()
    needs_of.cache_clear()


def _make() -> None:
    _forget()
    compiled(PATTERN, re.IGNORECASE)
    needs_of(PATTERN)


def _found() -> list[tuple[str | None, ...]]:
    return [each.groups() for each in compiled(PATTERN, re.IGNORECASE).finditer(TEXT)]


def test_what_is_kept_is_not_made_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, needs = _found(), needs_of(PATTERN)
    assert kept.fill(_make)
    assert [each.name for each in place.parent.iterdir()] == [place.name]
    _forget()
    for room in (begun, needed):
        monkeypatch.setattr(room, "_parse", None)
    assert _found() == made == [("สูง", "ปี 2567"), (None, "ปี 2566")]
    assert compiled(PATTERN, re.IGNORECASE).groupindex == {"way": 1, "year": 2}
    assert needs_of(PATTERN) == needs
    assert not kept.fill(_make)


def test_other_catalogues_or_another_python_are_met_anew(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kept.fill(_make)
    monkeypatch.setattr(kept, "_stamp", lambda: b"another" * 3)
    _forget()
    assert not kept._read()
    assert _found() == [("สูง", "ปี 2567"), (None, "ปี 2566")]


@pytest.mark.parametrize("left", [0, 10, 16, 40, 200])
def test_a_file_that_was_cut_is_met_as_none(place: Path, left: int) -> None:
    assert kept.fill(_make)
    place.write_bytes(place.read_bytes()[:left])
    _forget()
    assert _found() == [("สูง", "ปี 2567"), (None, "ปี 2566")]


def test_code_that_the_engine_refuses_is_made_again(place: Path) -> None:
    assert kept.fill(lambda: kept.kept("code", f"2 {PATTERN}", lambda: (b"1234", 34, 3, ())))
    _forget()
    assert _found() == [("สูง", "ปี 2567"), (None, "ปี 2566")]


def test_nothing_is_kept_where_python_keeps_no_modules(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert not kept.fill(_make)
    assert not list(place.parent.iterdir())


def test_nothing_is_made_for_a_folder_that_is_closed(place: Path) -> None:
    place.parent.rmdir()
    place.parent.write_text("")
    assert not kept.fill(lambda: pytest.fail("made in vain"))
    place.parent.unlink()


def test_what_fails_leaves_nothing_behind(place: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        kept.fill(lambda: 1 / 0)
    assert not list(place.parent.iterdir())
