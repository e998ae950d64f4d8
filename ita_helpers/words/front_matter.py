"""The text before the results: foreword, rationale, purpose, what the report contains.

Pure: what was loaded in, words out. What the rules rest on is said once, in the appendix.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Face, Listing, Stack, Words, to_words
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.dates import format_date
from ita_helpers.language.points import format_score
from ita_helpers.records.layout import ANALYSES, PartName, TitleName
from ita_helpers.records.office import titles_of
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.findings import Extreme, below_target, find_highest, find_lowest
from ita_helpers.scoring.remarkable import find_unremarkable
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import NAMED_TIES, describe_extreme
from ita_helpers.words.coverage import missing_elements
from ita_helpers.words.next_step import refers_to_documents

SIGNATURE = "ita-signature"


def title_of(data: ReportData) -> str:
    """Return the title; a default one promises no measures that do not exist."""
    name = _title(data)
    return say(f"front.titles.{name}", year=data.fiscal_year, next=data.fiscal_year + 1)


def running_of(data: ReportData) -> str:
    """Return the title as printed in the header of every page."""
    key = {"development": "_development", "measures": "_measures"}.get(_title(data), "")
    return say(f"report.title.running{key}", year=data.fiscal_year, next=data.fiscal_year + 1)


def _title(data: ReportData) -> TitleName:
    layout = data.layout
    name: TitleName = layout.title
    if not layout.title_is_chosen and data.plan is None and name != "development":
        return "analysis"
    return name


def foreword(data: ReportData) -> Stack:
    """Return why the report is made, signed by the office."""
    return Stack((Words(tuple(draft_foreword(data))), sign_foreword(data)))


def draft_foreword(data: ReportData) -> Iterator[str]:
    """Yield the paragraphs that say why the report is made."""
    basis = join_names(each.text for each in data.regulations if each.kind == "resolution")
    yield say(
        "front.foreword.purpose",
        name=data.organisation.name,
        year=data.fiscal_year,
        next=data.fiscal_year + 1,
        basis=basis,
    )
    yield say(
        "front.foreword.target",
        year=data.fiscal_year,
        is_assumed=data.framework.year_of("target") != data.fiscal_year,
        target=format_score(data.target),
        is_analysed=is_analysed(data, data.layout.parts),
    )
    yield label("front.foreword.readers")


def sign_foreword(data: ReportData) -> Words:
    """Return who signs the foreword, and the day if it is given."""
    given = data.office.year(data.fiscal_year)
    unit = unit_of(data)
    lines = [unit, data.organisation.name, format_date(given.date) if given.date else ""]
    return Words(("\n".join(line for line in lines if line),), kind=SIGNATURE)


def background(data: ReportData) -> Words:
    """Return what the assessment is in this year, by its rules."""
    return Words(tuple(draft_background(data)))


def draft_background(data: ReportData) -> Iterator[str]:
    """Yield the paragraphs on the assessment of this year, by its rules."""
    framework, evidence = data.framework, data.evidence
    year = framework.year_of("instruments", "indicators")
    instruments = join_names(
        say("front.background.instrument", name=each.name, code=each.code, weight=each.weight)
        for each in framework.instruments.list
    )
    yield label("front.background.what")
    yield say(
        "front.background.instruments",
        year=year,
        is_assumed=year != framework.fiscal_year,
        count=len(framework.instruments.list),
        indicators=len(framework.indicators.list),
        instruments=instruments,
    )
    if evidence:
        yield say(
            "front.background.evidence",
            item=evidence.analysis.item.upper(),
            title=evidence.analysis.title,
            next=data.fiscal_year + 1,
            assumed=evidence.confidence == "assumed",
            year=data.fiscal_year,
        )


def principles(data: ReportData) -> Words:
    """Explain what the assessment rests on, and what its scores do not mean."""
    return Words(tuple(draft_principles(data)))


def draft_principles(_: ReportData) -> Iterator[str]:
    """Yield what the assessment rests on, and what its scores do not mean."""
    yield label("front.principles.open")
    yield label("front.principles.use")


def purpose(data: ReportData) -> Words | Stack:
    """Return scope and purpose of the report."""
    return to_words(tuple(draft_purpose(data)), "list")


def draft_purpose(data: ReportData) -> Iterator[str]:
    """Yield the scope of the report, then each of its purposes."""
    years = [year.fiscal_year for year in data.history.years]
    first = min(years, default=data.fiscal_year)
    facts = {
        "name": data.organisation.name,
        "year": data.fiscal_year,
        "next": data.fiscal_year + 1,
        "first": first if first < data.fiscal_year else "",
        "planned": _prints_measures(data),
    }
    yield say("front.purpose.scope", **facts)
    for key in ("show", "compare", "analyse", "keep"):
        if key != "analyse" or is_analysed(data, data.layout.parts):
            yield say(f"front.purpose.{key}", **facts)


def composition(data: ReportData) -> Stack:
    """Return what the report holds: its parts, what next year asks of measures.

    The indicators are listed where no part on the rules has them in a table.
    """
    framework, evidence = data.framework, data.evidence
    faces: list[Face] = [
        Words((label("front.composition.parts"),)),
        Listing((label("words.outline"),), is_outline=True),
    ]
    if "rules" not in data.layout.parts:
        count = len(framework.indicators.list)
        faces += [Words((say("front.composition.indicators", count=count),))]
        faces += [Listing(_indicator_lines(data))]
    if evidence and _prints_measures(data):
        lacking = missing_elements(data)
        shown = tuple(each for each in evidence.required_elements if each not in lacking)
        lead = say("front.composition.elements", count=len(shown))
        faces += [Words((lead,)), Listing(shown, ordered=True)] if shown else []
    return Stack(tuple(faces))


def is_analysed(data: ReportData, parts: Sequence[PartName]) -> bool:
    """Whether any of these parts analyses the indicators, and there are scores to analyse."""
    return bool(data.assessment.scored_indicators and set(parts) & set(ANALYSES))


def _prints_measures(data: ReportData) -> bool:
    return data.plan is not None and "measures" in data.layout.parts


def _indicator_lines(data: ReportData) -> tuple[str, ...]:
    return tuple(
        say(
            "front.composition.instrument",
            code=instrument.code,
            names=join_names(
                say("front.composition.indicator", code=each.code, name=each.name)
                for each in data.framework.indicators_of(instrument.code)
            ),
        )
        for instrument in data.framework.instruments.list
    )


def score_list(data: ReportData) -> Stack | Absent:
    """Return the indicators' scores as a list."""
    lines = tuple(
        say("front.scores.one", code=each.code, name=each.name, score=format_score(value))
        for each in data.assessment.scored_indicators
        if (value := data.assessment.value(each.code)) is not None
    )
    if not lines:
        return Absent("indicators")
    lead = say("front.scores.lead", name=data.organisation.name, year=data.fiscal_year)
    return Stack((Words((lead,)), Listing(lines)))


def overview(data: ReportData) -> Words | Absent:
    """Return how they stand, the extremes if no later part has them, and what holds for all."""
    highest, lowest = find_highest(data.assessment), find_lowest(data.assessment)
    if highest is None or lowest is None:
        return Absent("indicators")
    known_only = bool(data.assessment.missing_indicators)
    if highest.score == lowest.score:
        score = format_score(lowest.score)
        said = [say("front.overview.equal", score=score, known_only=known_only)]
    else:
        extremes = (("highest", highest), ("lowest", lowest))
        said = [_extreme(key, each, known_only) for key, each in extremes]
    if {"lowest", "closing"} <= {*data.layout.parts}:
        said = []
    found = " ".join((_against_target(data), *said))
    return Words((found, " ".join(_of_all_indicators(data))))


def _against_target(data: ReportData) -> str:
    """Say how many indicators reach the target."""
    count, below = len(data.assessment.scored_indicators), len(below_target(data.assessment))
    return say(
        "front.overview.target",
        target=format_score(data.target),
        count=count,
        below=below,
        reached=count - below,
        known_only=bool(data.assessment.missing_indicators),
    )


def _of_all_indicators(data: ReportData) -> Iterator[str]:
    """Yield what holds for the whole analysis and is said nowhere else in it."""
    scored = data.assessment.scored_indicators
    if 0 < len(find_unremarkable(data)) < len(scored):
        yield label("front.overview.grouped")
    instruments = (each.code for each in data.framework.instruments.list)
    if computed := join_names(e for e in instruments if data.assessment.reading(e).is_computed):
        yield say("front.overview.computed", names=computed)
    without = [each for each in scored if not _has_items(data, each)]
    if without:
        codes = join_names(each.code for each in without)
        yield say("front.overview.no_items", codes=codes, whole=len(without) == len(scored))
    changes = (data.history.change(each.code) for each in scored)
    if any(each is not None and each.verdict == "changed" for each in changes):
        yield label("front.overview.changed")
    if refers_to_documents(data):
        yield say("front.overview.documents", year=data.fiscal_year)


def _has_items(data: ReportData, indicator: Indicator) -> bool:
    items = data.framework.items_of(indicator.code)
    return any(data.assessment.value(each.code) is not None for each in items)


def _extreme(key: str, extreme: Extreme, known_only: bool) -> str:
    many = len(extreme.indicators) > NAMED_TIES
    facts = {"names": describe_extreme(extreme), "known_only": known_only, "many": many}
    return say(f"front.overview.{key}", **facts)


def made_by(data: ReportData) -> list[str]:
    """Return the unit that made the report and the day, where known: lines of the cover."""
    given, unit = data.office.year(data.fiscal_year), unit_of(data)
    by = [say("front.made_by", unit=unit)] if unit else []
    return [*by, format_date(given.date)] if given.date else by


def unit_of(data: ReportData) -> str:
    """Return the unit that writes the report."""
    return titles_of(data.office, data.organisation.type, data.organisation.name).unit
