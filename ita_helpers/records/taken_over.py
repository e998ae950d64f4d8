"""Where a year's rules name items of the year they are taken over from wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Item


@dataclass(frozen=True)
class Wrong:
    """A ``place`` in a file, what is wrong there (``kind``), its ``value``.

    ``like`` is the code of the year before that has the same name.
    """

    place: str
    kind: str
    value: str | None
    like: str = ""


def find_wrong(framework: Framework, before: Framework) -> Iterator[Wrong]:
    """Yield each ``was`` that cannot mean an item of the year that rules are taken over from."""
    yield from _unknown_items(framework, before)
    yield from _copied_items(framework, before)


def _unknown_items(framework: Framework, before: Framework) -> Iterator[Wrong]:
    known = {each.code for each in before.all_items}
    for item in framework.all_items:
        if item.was and item.was not in known:
            yield Wrong(f"items.{item.code}.was", "unknown", item.was)


def _copied_items(framework: Framework, before: Framework) -> Iterator[Wrong]:
    """Yield items whose ``was`` came with a copied file, where it names codes of another year.

    Such an item has its name in common with its own code of the year before; where every name was
    changed, all of them together give themselves away.
    """
    earlier = {each.code: each.name for each in before.all_items}
    moved = _moved(framework)
    for item in moved.values():
        if item.name and item.name == earlier.get(item.code):
            yield Wrong(f"items.{item.code}.was", "same_name", item.was, item.code)
    codes, codes_before = (
        {code: each.was for code, each in items.items()} for items in (moved, _moved(before))
    )
    is_true = any(each.name and each.name == earlier.get(each.was or "") for each in moved.values())
    if moved and codes == codes_before and not is_true:
        first = next(iter(moved.values()))
        yield Wrong(f"items.{first.code}.was", "copied", first.was)


def _moved(framework: Framework) -> dict[str, Item]:
    """Return the items that say to have had another code, by their code."""
    return {each.code: each for each in framework.all_items if each.was not in (None, each.code)}
