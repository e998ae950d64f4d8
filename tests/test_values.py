from __future__ import annotations

import dataclasses
from functools import cached_property

from ita_helpers.values import replace, value


@value(frozen=True)
class Thing:
    name: str
    number: int = 0

    @cached_property
    def twice(self) -> int:
        return 2 * self.number


def test_a_value_with_other_fields_is_a_new_one_that_keeps_the_rest():
    thing = Thing("a", 1)
    changed = replace(thing, number=2)
    assert changed == dataclasses.replace(thing, number=2) == Thing("a", 2)
    assert thing == Thing("a", 1)


def test_a_value_with_other_fields_reckons_anew():
    thing = Thing("a", 1)
    assert thing.twice == 2
    assert replace(thing, number=2).twice == 4
