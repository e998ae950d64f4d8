"""Names of districts and provinces with the words that belong before them.

The capital is no province: its districts are เขต, and no word stands before its name.
"""

from __future__ import annotations

from ita_helpers.language.catalogue import label, say
from ita_helpers.records.names import bare_province, normal


def is_capital(province: str) -> bool:
    """Whether a province is the capital."""
    return bare_province(province) == label("words.capital")


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


def places_of(name: str, district: str, province: str) -> list[str]:
    """Return an office's district and province with their words, but none that its name holds.

    >>> places_of("องค์การบริหารส่วนตำบลป่าตึง", "แม่จัน", "เชียงราย")
    ['อำเภอแม่จัน', 'จังหวัดเชียงราย']
    >>> places_of("องค์การบริหารส่วนจังหวัดเชียงราย", "เมืองเชียงราย", "เชียงราย")
    ['อำเภอเมืองเชียงราย']
    """
    known = {"district": district, "province": province}
    places = [place_name(kind, each, province) for kind, each in known.items() if each]
    return [each for each in places if normal(each) not in normal(name)]
