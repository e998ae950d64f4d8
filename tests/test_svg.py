from __future__ import annotations

import pytest

from ita_helpers.publish.reading.svg import clean_svg, split_text, view_size

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def clean(inner, attributes='viewBox="0 0 10 20"'):
    return clean_svg(f"{HEAD} {attributes}>{inner}</svg>", "p-")


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<rect width="1" onload="alert(1)"/>',
        '<image href="https://example.org/x.png"/>',
        '<use xlink:href="https://example.org/x.svg#a"/>',
        '<a href="javascript:alert(1)"><rect width="1"/></a>',
        "<foreignObject><p>x</p></foreignObject>",
        '<rect style="fill:url(https://example.org/x)"/>',
        '<rect style="fill:u\\72l(https://example.org/x)"/>',
        "<style>@import url(https://example.org)</style>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_nothing_that_runs_or_loads_passes(inner):
    cleaned = clean(inner)
    for word in ("script", "example.org", "onload", "foreignObject", "style>", "animate"):
        assert word not in cleaned


def test_an_entity_is_not_resolved():
    source = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    cleaned = clean_svg(f'{source}{HEAD} viewBox="0 0 1 1"><text>&x;</text></svg>', "p-")
    assert cleaned is None or "text" not in cleaned or ">&" not in cleaned


def test_drawing_and_inner_references_are_kept_under_new_ids():
    cleaned = clean(
        '<defs><clipPath id="a"><rect width="1" height="1"/></clipPath><path id="m" d="M 0 0"/>'
        '<g id="unused"/></defs><g clip-path="url(#a)"><use xlink:href="#m" x="1"/></g>'
    )
    assert 'id="p-a"' in cleaned
    assert "url(#p-a)" in cleaned
    assert 'href="#p-m"' in cleaned
    assert "unused" not in cleaned


def test_names_lose_no_case_where_the_parser_of_a_page_lowered_it():
    cleaned = clean('<lineargradient id="g"/><rect style="fill:url(#g)"/>', 'viewbox="0 0 10 20"')
    assert "linearGradient" in cleaned
    assert 'viewBox="0 0 10 20"' in cleaned


def test_a_size_becomes_a_view_box():
    assert view_size(clean("<g/>", 'width="432pt" height="216pt"')) == (432, 216)


@pytest.mark.parametrize("source", ["", "<svg", "<p>x</p>", f"{HEAD}></svg>", "\x00"])
def test_what_is_no_picture_is_refused(source):
    assert clean_svg(source, "p-") is None


def test_text_is_taken_out_with_its_place():
    cleaned = clean(
        '<text style="font-weight: 700; font-size: 11px; text-anchor: end; fill: #ff0000" '
        'x="3" y="4" transform="rotate(-0 3 4)">น้ำ ที่นี่ ๘๕.๔๐</text>'
        '<text transform="translate(5 6) rotate(-90)">ปั่น</text>'
    )
    picture, (first, second) = split_text(cleaned)
    assert "text" not in picture
    assert (first.text, first.x, first.y, first.anchor) == ("น้ำ ที่นี่ ๘๕.๔๐", 3, 4, "end")
    assert (first.weight, first.size, first.colour) == (700, 11, "#ff0000")
    assert (second.text, second.x, second.y, second.angle) == ("ปั่น", 5, 6, -90)
