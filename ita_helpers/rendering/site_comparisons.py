"""The comparisons of a site: of all the offices it publishes in a year, and of those of a province.

They are made by the notebook and the exporters of every comparison, of public editions alone, and
stay in the folder of reports, so that the next site makes only those that have changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial

from tqdm import tqdm

from ita_helpers.errors import ItaError, WorkerDied
from ita_helpers.language.catalogue import label
from ita_helpers.records.kinds import kind_named
from ita_helpers.rendering.ahead import WARM_UP
from ita_helpers.rendering.comparing import WORKBOOK, make_comparison
from ita_helpers.rendering.orders import Made, RenderOptions
from ita_helpers.run.batch import Done, run_all
from ita_helpers.run.limits import Limits
from ita_helpers.store.params import ReportParameters
from ita_helpers.website.contents import SiteComparison, SitePaper, SiteReport
from ita_helpers.website.places import Addresses

FEWEST = 2
"""A single office cannot be compared."""
MANY = 3
"""From so many comparisons on it pays to make them in processes of their own."""
SECONDS = 600
PUBLISHED = "published-"
KIND = kind_named("comparison")


@dataclass(frozen=True)
class Wanted:
    """A comparison of a site: of whom, where its papers lie, and how it is made."""

    fiscal_year: int
    province: str | None
    folder: str
    parameters: ReportParameters


@dataclass(frozen=True)
class Uncompared:
    """A comparison that could not be made, by the name of its papers, and why."""

    name: str
    error: ItaError


def wanted_by(reports: Sequence[SiteReport]) -> Iterator[Wanted]:
    """Yield the comparisons of a site's results: by year, of all and of each province.

    Of all only where there are several provinces.
    """
    results = [each for each in reports if each.is_analysis]
    addresses = Addresses(reports)
    for year in sorted({each.fiscal_year for each in results}, reverse=True):
        found = [each for each in results if each.fiscal_year == year]
        provinces = sorted({each.facts.province for each in found})
        if len(provinces) > 1:
            yield _wanted(year, None, "places/index.html", found)
        for province in filter(None, provinces):
            own = [each for each in found if each.facts.province == province]
            if len(own) >= FEWEST:
                yield _wanted(year, province, addresses.province(province), own)


def _wanted(year: int, province: str | None, page: str, found: Sequence[SiteReport]) -> Wanted:
    folder = page.rpartition("/")[0]
    name = folder.rpartition("/")[2] if province is not None else "all"
    parameters = ReportParameters(
        organisation=f"{PUBLISHED}{name}",
        fiscal_year=year,
        edition="public",
        report=KIND.name,
        province=province or "",
        offices=sorted(each.organisation for each in found),
        published=True,
    )
    return Wanted(year, province, folder, parameters)


def compare_published(
    orders: RenderOptions, reports: Sequence[SiteReport]
) -> tuple[tuple[SiteComparison, ...], tuple[Uncompared, ...]]:
    """Make the comparisons of a site where they are not current; also returns what failed.

    ``orders`` are those that the reports were made by, but for the time a comparison may take.
    """
    wanted = [*wanted_by(reports)]
    made, failed = {}, []
    orders = replace(orders, seconds=SECONDS)
    with closing(_results(orders, wanted)) as results:
        counted = tqdm(
            results, total=len(wanted), desc=label("publish.comparing"), disable=None, leave=False
        )
        for done in counted:
            paper = done.task.parameters.paper
            if done.result is None:
                failed.append(Uncompared(paper.as_posix(), done.error or WorkerDied(reason="")))
            else:
                made[paper] = _comparison(orders, done.task)
    ordered = (made.get(each.parameters.paper) for each in wanted)
    return tuple(filter(None, ordered)), tuple(failed)


def _results(orders: RenderOptions, wanted: list[Wanted]) -> Generator[Done[Wanted, Made]]:
    make = partial(_make, orders)
    if len(wanted) < MANY:
        return _make_here(wanted, make)
    ahead = f"{WARM_UP} {orders.workspace.root}\n"
    return run_all(wanted, make, min(os.cpu_count() or 1, len(wanted)), Limits(SECONDS), ahead)


def _make_here(
    wanted: Iterable[Wanted], make: Callable[[Wanted], Made]
) -> Generator[Done[Wanted, Made]]:
    """Yield what becomes of a few comparisons: starting a process costs more than one of them."""
    for each in wanted:
        try:
            yield Done(each, make(each), None)
        except ItaError as error:
            yield Done(each, None, error)


def _make(orders: RenderOptions, wanted: Wanted) -> Made:
    stem = wanted.parameters.stem.with_suffix(".yml")
    return make_comparison(orders, orders.workspace.params / stem, wanted.parameters)


def _comparison(orders: RenderOptions, wanted: Wanted) -> SiteComparison:
    paper = wanted.parameters.paper
    name = wanted.parameters.organisation.removeprefix(PUBLISHED)
    renamed = {
        f"{paper.name}.{ending}": f"ita-{KIND.name}-{wanted.fiscal_year}-{name}.{ending}"
        for ending in (*orders.formats, WORKBOOK)
    }
    folder = orders.out / paper.parent
    papers = (SitePaper(new, folder / old, renamed) for old, new in renamed.items())
    count = len(wanted.parameters.offices)
    return SiteComparison(wanted.fiscal_year, wanted.province, wanted.folder, count, tuple(papers))
