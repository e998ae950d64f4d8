"""The figures behind the charts: each is printed once, and its chart links to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ita_helpers.language.catalogue import label, say
from ita_helpers.publish.tree import Block, Cell, Figure, Heading, Part, Table, Text, plain, unfold
from ita_helpers.publish.walks import map_blocks

SECTION = 3
APPENDIX = "part-appendix-scores"


def with_chart_data(parts: Sequence[Part]) -> list[Part]:
    """Lead every chart to the table that prints its figures.

    What no table prints is added to the appendix of scores; without one it stays with its chart.
    """
    has_appendix = any(part.tag == APPENDIX for part in parts)
    printed = [
        block
        for part in parts
        if part.tag != APPENDIX
        for block in unfold(part.blocks)
        if isinstance(block, Table) and block.anchor
    ]
    added: list[Table] = []

    def move(block: Block) -> Block:
        if not isinstance(block, Figure) or block.data is None or not block.caption:
            return block
        rows = _rows(block.data)
        table = next((each for each in (*printed, *added) if _holds(each, rows)), None)
        if table is None and not has_appendix:
            return block
        if table is None:
            table = _name(block, block.data)
            added.append(table)
        return replace(block, data=None, data_at=table.anchor)

    moved = [map_blocks(part, move) for part in parts]
    return [
        replace(part, blocks=(*part.blocks, _heading(), *added))
        if part.tag == APPENDIX and added
        else part
        for part in moved
    ]


def tell_where(parts: Sequence[Part]) -> list[Part]:
    """Say at the end of each chart's alternative text which table has its figures."""
    names = {
        block.anchor: block.label
        for part in parts
        for block in unfold(part.blocks)
        if isinstance(block, Table)
    }

    def tell(block: Block) -> Block:
        if isinstance(block, Figure) and names.get(block.data_at):
            where = say("report.title.data_in", table=names[block.data_at])
            return replace(block, alt=f"{block.alt} {where}")
        return block

    return [map_blocks(part, tell) for part in parts]


def _rows(table: Table) -> list[tuple[str, set[str]]]:
    """Return each row as its name and its other texts."""
    return [(plain(row[0].inlines), _texts(row[1:])) for row in table.body if row]


def _texts(cells: Iterable[Cell]) -> set[str]:
    return {plain(cell.inlines) for cell in cells}


def _holds(table: Table, rows: Sequence[tuple[str, set[str]]]) -> bool:
    """Whether a table has a row of each name with all its figures."""
    known = dict(_rows(table))
    return all(name in known and figures <= known[name] for name, figures in rows)


def _heading() -> Heading:
    return Heading(SECTION, (Text(label("report.title.chart_data")),))


def _name(chart: Figure, data: Table) -> Table:
    """Return the figures of a chart as a table that names the chart."""
    kind = Text(label("report.all_scores.chart"), href=f"#{chart.anchor}")
    named = (Text(label("report.all_scores.data_of")), kind, *data.caption)
    return replace(data, caption=named, anchor=f"data-{chart.anchor}")
