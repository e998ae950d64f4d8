"""Names of districts and provinces with the words that belong before them.

The capital is no province: its districts are เขต, and no word stands before its name.
"""

from __future__ import annotations

from ita_helpers.language.catalogue import label, say
from ita_helpers.records.names import normal


def is_capital(province: str) -> bool:
    """Whether a province is the capital, under any of its names."""
    return normal(province) in {normal(each) for each in label("words.capital_names").split()}


def place_name(kind: str, name: str, province: str) -> str:
    """Return a ``district`` or ``province`` with its word; ``province`` is the one it is in.

    >>> place_name("district", "แม่จัน", "เชียงราย"), place_name("province", "เชียงราย", "เชียงราย")
    ('อำเภอแม่จัน', 'จังหวัดเชียงราย')
    """
    if not is_capital(province):
        return say(f"words.{kind}", name=name)
    return (
        say("words.district_of_capital", name=name)
        if kind == "district"
        else label("words.capital")
    )
