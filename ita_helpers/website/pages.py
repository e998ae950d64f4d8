"""The pages of a site: of places, of offices, of the data. They run no script and load fonts alone.

The front page, to search in, is the index with the look of a site (``FRONT``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from ita_helpers.files.facts import ResultFacts
from ita_helpers.index.page import Look
from ita_helpers.index.summary import mean_of
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_change, format_score
from ita_helpers.language.sizes import size_of
from ita_helpers.language.thai import sort_key
from ita_helpers.publish.formats import all_formats, format_named
from ita_helpers.records.places import places_of
from ita_helpers.website.contents import Site, SiteReport
from ita_helpers.website.page import HOME, Grid, Link, Page, Section
from ita_helpers.website.places import Addresses, shown_place
from ita_helpers.website.results import DICTIONARY, meanings, path_of, shown_score, two_decimals

PLACES, DATA, LESSON = "places/index.html", "data/index.html", "lesson.html"
FRONT = Look(
    parts=("reports", "overview"),
    figures=("count", "scored", "levelled", "mean", "median"),
    lists=("all", "attention", "fell"),
    columns=("name", "district", "province", "type", "overall", "level", "change", "files"),
    paper="offices/{code}/ita-analysis-{year}-{code}.{format}",
    page="offices/{code}/index.html",
    beside=((PLACES, "places"), (DATA, "data")),
    unscripted=PLACES,
    key="site",
)


def pages_of(site: Site, sizes: Mapping[str, int]) -> Iterator[Page]:
    """Yield all pages but the front page to search in, which a site without results has not.

    ``sizes`` are those of the files, by path (bytes).
    """
    addresses = Addresses(site.reports)
    if not site.results:
        yield _plain_front(site, addresses)
    yield _places_page(site, addresses, sizes)
    yield from _province_pages(site, addresses, sizes)
    for reports in site.offices.values():
        yield _office_page(reports, addresses, sizes)
    yield _data_page(site, sizes)


def _plain_front(site: Site, addresses: Addresses) -> Page:
    """Return the front page of a site that has nothing to search: provinces, and all offices."""
    said = (label("site.no_results"),)
    provinces = Section("", sentences=said, tables=(_provinces(site, addresses),))
    return Page(HOME, label("site.home"), (provinces, *_without_result(site.reports)))


def _places_page(site: Site, addresses: Addresses, sizes: Mapping[str, int]) -> Page:
    compared = _comparisons(site, None, sizes)
    others = [Link(label("site.data.name"), DATA)]
    if site.lesson:
        others.append(Link(label("site.lesson"), LESSON))
    links = ((label("site.see_also"), tuple(others)),)
    listed = Section("", tables=(_provinces(site, addresses),), links=links)
    return Page(PLACES, label("site.places"), (listed, *compared))


def _provinces(site: Site, addresses: Addresses) -> Grid:
    rows = []
    for province, reports in _grouped(site.reports, "province"):
        name = shown_place("province", province, province) or label("site.no_province")
        count = len({each.organisation for each in reports})
        link = Link(name, addresses.province(province))
        rows.append(((link,), (Link(f"{count:,}"),), (Link(f"{len(reports):,}"),)))
    heads = tuple(label(f"site.head.{each}") for each in ("province", "offices", "reports"))
    return Grid(label("site.places"), heads, frozenset((1, 2)), tuple(rows))


def _comparisons(site: Site, province: str | None, sizes: Mapping[str, int]) -> Iterator[Section]:
    """Yield a section that leads to the comparisons of a province, or of all, by year."""
    links = []
    for each in site.comparisons:
        if each.province == province:
            name = say("site.compared", year=each.fiscal_year, count=each.count)
            papers = ((paper, f"{each.folder}/{paper.name}") for paper in each.papers)
            found = (
                Link(_title_of(paper.ending), path, size_of(sizes[path])) for paper, path in papers
            )
            links.append((name, tuple(found)))
    if links:
        said = (label("site.compared_over"),)
        yield Section(label("site.comparisons"), sentences=said, links=tuple(links))


def _title_of(ending: str) -> str:
    """Return what a format is called; a comparison has a workbook besides the usual ones."""
    known = {each.name: each.title for each in all_formats()}
    return known.get(ending) or label("comparison.workbook")


def _province_pages(site: Site, addresses: Addresses, sizes: Mapping[str, int]) -> Iterator[Page]:
    for province, reports in _grouped(site.reports, "province"):
        name = shown_place("province", province, province) or label("site.no_province")
        above = (Link(label("site.places"), PLACES),)
        districts = _grouped(reports, "district")
        named = [
            Link(
                _district(district, province),
                addresses.district(district, province),
                say("site.count_offices", count=len({each.organisation for each in found})),
            )
            for district, found in districts
        ]
        has_districts = any(district for district, _ in districts)
        links = ((label("site.districts"), tuple(named)),) if has_districts else ()
        first = (Section("", links=links),) if links else ()
        path = addresses.province(province)
        compared = _comparisons(site, province, sizes)
        yield Page(path, name, (*first, *compared, *_years(reports)), above)
        for district, found in districts if has_districts else ():
            where = addresses.district(district, province)
            beneath = (*above, Link(name, path))
            yield Page(where, _district(district, province), (*_years(found),), beneath)


def _district(district: str, province: str) -> str:
    return shown_place("district", district, province) or label("site.no_district")


def _years(reports: Sequence[SiteReport]) -> Iterator[Section]:
    """Yield the offices of a place by year, the newest first; those without a result at the end."""
    results = [each for each in reports if each.is_analysis]
    for year in sorted({each.fiscal_year for each in results}, reverse=True):
        found = [each for each in results if each.fiscal_year == year]
        real = [each for each in found if not each.facts.is_made_up]
        scores = [score for each in real if (score := shown_score(each.facts, "ITA")) is not None]
        mean = mean_of(scores)
        shown = format_score(mean) if mean is not None and len(scores) > 1 else ""
        said = say("site.summary", count=len(found), scored=len(scores), mean=shown)
        heads = ("office", "overall", "level", "change", "files")
        grid = Grid(
            caption=say("site.offices_of_year", year=year),
            heads=tuple(label(f"site.head.{each}") for each in heads),
            numbers=frozenset((1, 3)),
            rows=tuple(map(_office_row, sorted(found, key=lambda each: sort_key(each.facts.name)))),
        )
        yield Section(
            say("site.year", year=year),
            sentences=(said,),
            warnings=tuple(_assumed(found)),
            tables=(grid,),
            notes=tuple(_notes(found)),
        )
    yield from _without_result(reports)


def _without_result(reports: Iterable[SiteReport]) -> Iterator[Section]:
    """Yield the offices that have other reports alone, in the order of the alphabet."""
    reports = list(reports)
    known = {each.organisation for each in reports if each.is_analysis}
    homes = {
        each.organisation: Link(each.facts.name, _home_of(each))
        for each in sorted(reports, key=lambda each: sort_key(each.facts.name))
        if each.organisation not in known
    }
    if homes:
        links = ((label("site.head.office"), tuple(homes.values())),)
        yield Section(label("site.without_result"), links=links)


def _office_row(report: SiteReport) -> tuple[tuple[Link, ...], ...]:
    facts = report.facts
    note = label("site.made_up") if facts.is_made_up else ""
    return (
        (Link(facts.name, _home_of(report), note),),
        (Link(_score(facts, "ITA")),),
        (Link(facts.level or label("site.unknown")),),
        (Link(_marked_change(facts)),),
        tuple(_paper_links(report, {})),
    )


def _home_of(report: SiteReport) -> str:
    return f"{report.folder}/index.html"


def _score(facts: ResultFacts, code: str) -> str:
    is_overall = code == "ITA"
    score = two_decimals(facts.overall_shown) if is_overall else shown_score(facts, code)
    return label("site.unknown") if score is None else format_score(score)


def _change(facts: ResultFacts) -> str:
    change = two_decimals(facts.change)
    return label("site.unknown") if change is None else format_change(change)


def _is_doubtful(facts: ResultFacts) -> bool:
    """Whether a change is told though the rules changed in part."""
    return facts.change is not None and facts.comparable == "changed"


def _marked_change(facts: ResultFacts) -> str:
    """Return a change as the index shows it, with a mark where it is doubtful."""
    return _change(facts) + ("*" if _is_doubtful(facts) else "")


def _notes(reports: Sequence[SiteReport]) -> Iterator[str]:
    """Yield what the marks in a table of results mean."""
    told = [each.facts for each in reports]
    if any(None in (each.overall_shown, each.change) or not each.level for each in told):
        yield label("index.dash_note")
    if any(map(_is_doubtful, told)):
        yield label("index.change_note")


def _paper_links(report: SiteReport, sizes: Mapping[str, int]) -> Iterator[Link]:
    for paper in report.papers:
        path = f"{report.folder}/{paper.name}"
        size = size_of(sizes[path]) if path in sizes else ""
        yield Link(format_named(paper.ending).title, path, size)


def _office_page(
    reports: Sequence[SiteReport], addresses: Addresses, sizes: Mapping[str, int]
) -> Page:
    """Return the page of an office: each year's result with its papers, the newest first."""
    newest = next((each for each in reports if each.is_analysis), reports[0])
    facts = newest.facts
    province = facts.province
    name = shown_place("province", province, province) or label("site.no_province")
    above = [Link(label("site.places"), PLACES), Link(name, addresses.province(province))]
    if facts.district:
        shown = _district(facts.district, facts.province)
        above.append(Link(shown, addresses.district(facts.district, facts.province)))
    return Page(
        path=_home_of(newest),
        title=facts.name,
        subtitle=" ".join(places_of(facts.name, facts.district, facts.province)),
        warning=label("site.made_up_office") if facts.is_made_up else "",
        above=tuple(above),
        sections=(*_overview(reports), *(_office_section(each, sizes) for each in reports)),
    )


def _overview(reports: Iterable[SiteReport]) -> Iterator[Section]:
    """Yield the results of an office by year, where it has several."""
    results = [each for each in reports if each.is_analysis]
    if len(results) < 2:
        return
    name = label("site.by_year")
    rows = tuple(
        tuple(
            (Link(text),)
            for text in (
                str(each.fiscal_year),
                _score(each.facts, "ITA"),
                each.facts.level or label("site.unknown"),
                _marked_change(each.facts),
            )
        )
        for each in results
    )
    heads = tuple(label(f"site.head.{each}") for each in ("year", "overall", "level", "change"))
    grid = Grid(name, heads, frozenset((1, 3)), rows)
    yield Section(name, tables=(grid,), notes=tuple(_notes(results)))


def _office_section(report: SiteReport, sizes: Mapping[str, int]) -> Section:
    facts, papers = report.facts, tuple(_paper_links(report, sizes))
    name = say(f"site.report.{report.kind.name}", year=report.about)
    state = say("site.issued", number=report.number)
    links = ((label("site.papers"), papers),)
    if not report.is_analysis:
        return Section(name, sentences=(state,) if state else (), links=links)
    told = say("site.result", score=_score(facts, "ITA"), level=facts.level or "")
    change = ""
    if facts.change is not None:
        change = say("site.change", change=_change(facts), is_doubtful=_is_doubtful(facts))
    sources = say("site.sources", sources=report.sources) if report.sources else ""
    rows = tuple(
        ((Link(name),), (Link(_score(facts, code)),))
        for code, name in (report.codes or {}).items()
        if code in facts.scores
    )
    heads = tuple(label(f"site.head.{each}") for each in ("part", "score"))
    grid = Grid(say("site.scores_of_year", year=report.fiscal_year), heads, frozenset((1,)), rows)
    return Section(
        name,
        lead=told,
        sentences=tuple(filter(None, (change, state, sources))),
        warnings=tuple(_assumed([report])),
        links=links,
        tables=(grid,),
    )


def _assumed(reports: Iterable[SiteReport]) -> Iterator[str]:
    """Yield what is to be said of results by rules that nobody has confirmed."""
    found = {(each.fiscal_year, each.facts.assumed_from) for each in reports}
    for year, other in sorted(found):
        if other:
            yield say("index.assumed", year=year, from_year=other)


def _data_page(site: Site, sizes: Mapping[str, int]) -> Page:
    files = [
        (say("site.year", year=year), tuple(_file(path_of(year, each), sizes) for each in FILES))
        for year in site.years
    ]
    explained = ((label("site.data.files"), (_file(DICTIONARY, sizes),)),)
    heads = tuple(label(f"site.data.head.{each}") for each in ("column", "meaning", "unit"))
    rows = tuple(
        ((Link(name),), (Link(meaning),), (Link(unit or label("site.unknown")),))
        for name, meaning, unit in meanings(site)
    )
    grid = Grid(label("site.data.dictionary"), heads, frozenset(), rows)
    return Page(
        DATA,
        label("site.data.name"),
        (
            Section(
                label("site.data.files"), sentences=(label("site.data.about"),), links=tuple(files)
            ),
            Section(label("site.data.dictionary"), links=explained, tables=(grid,)),
        ),
    )


FILES = ("csv", "json")


def _file(path: str, sizes: Mapping[str, int]) -> Link:
    return Link(path.rpartition(".")[2].upper(), path, size_of(sizes[path]))


def _grouped(reports: Iterable[SiteReport], place: str) -> list[tuple[str, list[SiteReport]]]:
    """Return reports by the name of a place, in the order of the alphabet, nameless at the end."""

    def name(report: SiteReport) -> str:
        return str(getattr(report.facts, place))

    def order(report: SiteReport) -> tuple[bool, object, str]:
        return not name(report), sort_key(name(report)), name(report)

    return [(key, list(group)) for key, group in groupby(sorted(reports, key=order), name)]
