"""Parts of texts are cut where a reader can begin and stop to read."""

from __future__ import annotations

import unicodedata

import pytest

from ita_helpers.language.excerpts import excerpt, shortened, whole_at

TEXT = "เทศบาลได้คะแนนภาพรวม 92.86 คะแนน อยู่ในระดับ ผ่านดี ซึ่งสูงกว่าปีก่อนที่น้ำหนักเท่ากัน"
LEADS, BEHIND = "เแโใไ", "ะาำ"


@pytest.mark.parametrize("place", range(len(TEXT) + 1))
def test_no_letter_is_parted_from_its_vowels_and_marks(place):
    at = whole_at(TEXT, place)

    assert place - 3 <= at <= place
    if 0 < at < len(TEXT):
        assert not unicodedata.category(TEXT[at]).startswith("M")
        assert TEXT[at] not in BEHIND
        assert TEXT[at - 1] not in LEADS


@pytest.mark.parametrize("around", range(40))
@pytest.mark.parametrize("words", ["92.86", "ผ่านดี", "เทศบาล", "เท่ากัน"])
def test_an_excerpt_holds_the_words_where_it_says(words, around):
    start = TEXT.index(words)

    part, at = excerpt(TEXT, start, start + len(words), around)

    assert part[at : at + len(words)] == words
    bare = part.removeprefix("…").removesuffix("…")
    assert bare in TEXT
    assert whole_at(TEXT, TEXT.index(bare)) == TEXT.index(bare)
    assert part.startswith("…") == (not TEXT.startswith(bare))
    assert part.endswith("…") == (not TEXT.endswith(bare))


@pytest.mark.parametrize(("most", "expected"), [(100, "น้ำหนัก"), (3, "น้ำ…"), (2, "…"), (4, "น้ำห…")])
def test_a_shortened_text_ends_with_a_whole_letter(most, expected):
    assert shortened("น้ำหนัก", most) == expected
