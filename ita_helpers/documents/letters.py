"""Putting right the letters of finished reports, as old fonts, PDFs and scanners leave them.

Whatever reads a document compares text that has gone through here; ``raw`` text is kept beside it.
"""

from __future__ import annotations

import html
import re
from functools import cache, lru_cache

from ita_helpers.language.begun import compiled
from ita_helpers.language.catalogue import label
from ita_helpers.language.held import may_stand
from ita_helpers.language.thai import THAI_DIGITS, tidy_text, to_arabic

MOST_ITEMS = 60
"""No year has had as many items of one instrument."""
_OLD_FONTS = (
    *((0xF700, 0x0E10), (0xF701, 0x0E34), (0xF702, 0x0E35), (0xF703, 0x0E36), (0xF704, 0x0E37)),
    *((0xF705 + each, 0x0E48 + each) for each in range(5)),
    *((0xF70A + each, 0x0E48 + each) for each in range(5)),
    *((0xF70F, 0x0E0D), (0xF710, 0x0E31), (0xF711, 0x0E4D), (0xF712, 0x0E47)),
    *((0xF713 + each, 0x0E48 + each) for each in range(5)),
    *((0xF718, 0x0E38), (0xF719, 0x0E39), (0xF71A, 0x0E3A)),
)
"""Letters of the private area by which old Thai fonts draw a mark higher, lower or further left."""
_REAL = dict(_OLD_FONTS)
_VOWELS, _TONES = r"\u0e31\u0e34-\u0e37\u0e4d", r"\u0e48-\u0e4c"
_TONE_FIRST = re.compile(rf"([{_TONES}])([{_VOWELS}\u0e38\u0e39])")
_TWICE = re.compile(rf"([{_VOWELS}{_TONES}\u0e38\u0e39\u0e47])\1+")
MOST_KEPT = 16384
"""Texts that are kept as they were put right: cells and lines come again."""
_BLANK = r"[ \u00a0]+"
_AM_PARTED = compiled(rf"([\u0e01-\u0e2e][\u0e48-\u0e4b]?)(?:{_BLANK}\u0e4d?|\u0e4d{_BLANK})\u0e32")
_BLANK_BEFORE = re.compile(rf"(?<=[\u0e01-\u0e4e]){_BLANK}(?=[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])")
_BLANK_BEHIND = re.compile(rf"(?<=[\u0e40-\u0e44]){_BLANK}(?=[\u0e01-\u0e2e])")
_SARA_AM = chr(0x0E33)
_TWO_E, _AE = chr(0x0E40) * 2, chr(0x0E41)
_AM_BROKEN = compiled(rf"\ufffd(?P<tone>[{_TONES}]?)[\u0e32\u0e33]|\u0e33\ufffd ?")
"""The vowel of which a PDF knows one half only."""
_SUSPECT = compiled(
    rf"[\uf700-\uf71a\ufffd]|{_TWO_E}|[{_TONES}][{_VOWELS}\u0e38\u0e39]|\u0e4d"
    rf"|(?P<mark>[{_VOWELS}{_TONES}\u0e38\u0e39\u0e47])(?P=mark)"
    rf"|[ \u00a0][\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]|[\u0e40-\u0e44][ \u00a0][\u0e01-\u0e2e]"
)
"""What no right text holds: most texts are looked through once and left as they are."""
_TAG = re.compile(
    r"</?(?:p|br|b|i|u|strong|em|span|div|ul|ol|li|sup|sub|font|a|h[1-6]|center)\b[^<>]*>", re.I
)
_BREAKS = re.compile(r"(?:</(?:p|div|li|h[1-6])>|<br\b[^<>]*>)\s*", re.I)
_POINT_APART = compiled(r"(?<![\d.,])(\d{2,3})(?: \.|\. )(\d{2})(?![\d.,])(?=\s*(?:\D|$))")
_DIGIT_APART = compiled(
    r"(?<=[\u0e01-\u0e4e] )(?<!\u0e48 )(?<!\u0e02\u0e49\u0e2d )(\d) (\d\.\d\d)(?= \u0e04\u0e30)"
)
_YEAR_APART = compiled(r"(?<!\d)(?!\d{4})(2) ?(5) ?([5-9]) ?(\d)(?![\d.,])")
_ZERO = compiled(r"(?<![\w.,/:\-–%])0(\d{1,2})(?![\d/:%]|[.,]\d|[ –-]*(?:\d{3}[ –-]*)?\d{4})")
_ITEM_LAST = re.compile(r"[O0]\d{1,2}\s*$")
_ONE = compiled(rf"(?<![\w.,/:\-])[1l|]([{THAI_DIGITS}]{{1,2}})(?![\d/:%]|[.,][\d{THAI_DIGITS}])")
_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"[ \t]+")


@cache
def _misread(key: str) -> re.Pattern[str]:
    """Return the pattern ``documents.misread.<key>`` of words whose letters are lost."""
    return compiled(label(f"documents.misread.{key}"))


@lru_cache(MOST_KEPT)
def put_right(raw: str) -> str:
    """Return text with Thai letters composed in their order, Arabic digits and codes of items.

    >>> put_right("ประจ าปี พ.ศ. ๒๕ ๖๘ ข\uf70bอ ๐๘ ได้ ๙๒ .๘๖"), put_right("๑๐๐.๐๐ คะแนน")
    ('ประจำปี พ.ศ. 2568 ข้อ O8 ได้ 92.86', '100.00 คะแนน')
    >>> put_right("ตัวชี้วัด ที่ ๘ ลำดับ ที่ ๒")
    'ตัวชี้วัดที่ 8 ลำดับที่ 2'
    """
    if raw.isascii():
        return _with_numbers(_SPACES.sub(" ", raw.strip()))
    text = put_marks_right(raw)
    if not _DIGIT.search(text):
        return _SPACES.sub(" ", text)
    text = to_arabic(_with_items(_misread("at_apart").sub(r"\1", text)))
    return _with_numbers(_SPACES.sub(" ", text))


def put_marks_right(raw: str) -> str:
    """Return text with every mark real, composed and in its order; digits and blanks stay.

    >>> put_marks_right("น\u0e4d\u0e49\u0e32 ค าแนะน า เเก้ ที\uf70a")
    'น้ำ คำแนะนำ แก้ ที่'
    >>> put_marks_right("ประจ\ufffdาปี ด\ufffdำเนินการ ประจำ\ufffd ปี ต่ากว่าจานวน")
    'ประจำปี ดำเนินการ ประจำปี ต่ำกว่าจำนวน'
    """
    if may_stand(am_lost := _misread("am_lost"), raw):
        raw = am_lost.sub(rf"\g<before>{_SARA_AM}", raw)
    if not _SUSPECT.search(raw):
        return tidy_text(raw)
    text = raw.translate(_REAL)
    text = _TONE_FIRST.sub(r"\2\1", text)
    text = _AM_BROKEN.sub(lambda am: f"{am['tone'] or ''}{_SARA_AM}", text)
    text = _AM_PARTED.sub(rf"\1{_SARA_AM}", text)
    text = _BLANK_BEHIND.sub("", _BLANK_BEFORE.sub("", text))
    return tidy_text(_TWICE.sub(r"\1", text).replace(_TWO_E, _AE))


def without_tags(text: str) -> str:
    r"""Return the text of a cell without HTML that was pasted as letters; its breaks are lines.

    >>> without_tags("<p>ก &amp; ข</p> <p>ค<br/>ง</p>"), without_tags("O1 < O2")
    ('ก & ข\nค\nง', 'O1 < O2')
    """
    if not _TAG.search(text):
        return text
    broken = _BREAKS.sub("\n", text)
    return html.unescape(_TAG.sub("", broken)).strip()


def _with_items(text: str) -> str:
    """Return text in which the letter I of an item, read as an Arabic one, is that letter."""

    def put(found: re.Match[str]) -> str:
        before, behind = text[: found.start()], text[found.end() :]
        if _ends(before, "documents.not_item_words") or _begins(behind, "documents.units"):
            return found[0]
        return f"I{found[1]}"

    return _ONE.sub(put, text)


def _with_numbers(text: str) -> str:
    """Return text with numbers joined, and with O for a zero before the number of an item."""
    text = _DIGIT_APART.sub(r"\1\2", text)
    text = _YEAR_APART.sub(r"\1\2\3\4", _POINT_APART.sub(r"\1.\2", text))

    def put(found: re.Match[str]) -> str:
        before, behind = text[: found.start()], text[found.end() :]
        is_item = len(found[1]) == 2 or _ends(before, "documents.item_words")
        if not (is_item or _follows_item(before)) or not 0 < int(found[1]) < MOST_ITEMS:
            return found[0]
        is_other = _ends(before, "documents.not_item_words") or _begins(behind, "documents.units")
        if is_other and not _ends(before, "documents.item_words"):
            return found[0]
        return f"O{int(found[1])}"

    return _ZERO.sub(put, text)


def _follows_item(before: str) -> bool:
    """Whether text ends in another item and what joins items: ``O12, ``."""
    bare = before.rstrip()
    joint = next((each for each in _words("documents.joints") if bare.endswith(each)), "")
    return bool(joint and _ITEM_LAST.search(bare.removesuffix(joint)))


def _ends(text: str, key: str) -> bool:
    return text.rstrip().endswith(_words(key))


def _begins(text: str, key: str) -> bool:
    return text.lstrip().startswith(_words(key))


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(label(key).split())
