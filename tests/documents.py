"""Documents of a few blocks for the writers of papers."""

from __future__ import annotations

from ita_helpers.publish.tree import Cell, Document, Paragraph, Part, Table, Text


def paper(*blocks, **more) -> Document:
    return Document("รายงานทดลอง", (Part("part-a", tuple(blocks)),), **more)


def words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def table(*rows, name="ตารางทดลอง") -> Table:
    made = tuple(tuple(Cell((Text(text),)) for text in row) for row in rows)
    return Table((Text(name),), made[:1], made[1:], len(rows[0]), label="ตารางที่ 1", anchor="t1")
