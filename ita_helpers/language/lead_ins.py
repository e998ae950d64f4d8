"""Words that only lead in what is told: "as will be seen" wishes nothing, "if we look at" asks not.

Patterns take such words for what is to come, asked for or supposed wherever they stand, so each is
told once, here, behind what it is none of these, and within which other word it stands by chance.
"""

from __future__ import annotations

import re
from functools import cache

from ita_helpers.language.catalogue import section

_PAIRS = (("will", "will_be_seen"), ("let", "let_see"), ("if", "if_looked_at"))


def but_for_lead_ins(pattern: str) -> str:
    """Return a pattern that takes no word that only leads in for what it otherwise says.

    >>> but_for_lead_ins("(?<![ก-๎])จะ")
    '(?<![ก-๎])จะ(?!เห็น(?:ได้)?(?:ว่า|ชัด|จาก)|พบว่า|ปรากฏว่า|สังเกต)'
    >>> but_for_lead_ins("หากดู|แก้ปัญหาการ")
    '(?<!ปัญ)หากดู|แก้ปัญหาการ'
    """
    for word, behind in _words():
        pattern = word.sub(behind, pattern)
    return pattern


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return each word, where a pattern does not itself go on as a lead-in does, with the limit."""
    written = section("lead_ins")
    lead_ins = (
        (
            re.compile(rf"(?:{written[word]})(?![)?(:]*(?:{written['goes_on']}))"),
            rf"\g<0>(?!{written[key]})",
        )
        for word, key in _PAIRS
    )
    by_chance = written["by_chance"]
    return (
        (re.compile(rf"(?<!{by_chance['within']}){by_chance['word']}"), by_chance["apart"]),
        *lead_ins,
    )
