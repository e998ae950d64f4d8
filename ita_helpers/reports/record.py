"""What a report records in its notebook: for its papers, the index and next year."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from ita_helpers.faces.prose import Words
from ita_helpers.files.facts import PaperFacts, ResultFacts
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import to_hundredths
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.places import places_of
from ita_helpers.records.slots import slot_of_code
from ita_helpers.scoring.findings import Extreme, find_highest, find_lowest
from ita_helpers.scoring.history import History
from ita_helpers.scoring.remarkable import find_unremarkable
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words import front_matter
from ita_helpers.words.follow_up import count_due, count_statuses
from ita_helpers.words.headline import reason_of
from ita_helpers.words.rules import assumption, trail_of


def name_of(data: ReportData) -> str:
    """Return the organisation and year of a result, in words."""
    return data.digits(f"{data.organisation.name} {say('words.year', year=data.fiscal_year)}")


def title_words(facts: PaperFacts) -> Words:
    """Return a title page: title, office and year, with what a reader must be warned of."""
    return Words((facts.title, *facts.subtitle, *facts.banners), kind="ita-title")


def title_page_of(data: ReportData) -> Words:
    """Return title, office and year, with what a reader must be warned of."""
    return title_words(paper_facts(data))


def paper_facts(data: ReportData) -> PaperFacts:
    """Return what the exporters must know of a report, in its digits."""
    organisation, framework, layout = data.organisation, data.framework, data.layout
    made_up = [label("words.made_up_banner")] if organisation.is_made_up else []
    assumed = [assumption(framework, label("report.title.this"))]
    lines = [organisation.name, " ".join(_place(organisation))]
    return PaperFacts(
        organisation=organisation.code,
        name=organisation.name,
        fiscal_year=framework.fiscal_year,
        rules_year=framework.rules_year,
        title=data.digits(front_matter.title_of(data)),
        subtitle=tuple(data.digits(line) for line in lines if line),
        banners=tuple(data.digits(each) for each in (*made_up, *assumed) if each),
        made=tuple(map(data.digits, front_matter.made_by(data))),
        running=data.digits(front_matter.running_of(data)),
        mark=data.digits("".join(made_up)),
        numerals=data.numerals,
        parts=tuple(layout.parts),
        folded=tuple(slot_of_code(each.code) for each in find_unremarkable(data)),
        page_ranges=layout.page_ranges,
        emblem=data.office.emblem,
        garuda=data.office.garuda,
        word_template=data.office.word_template,
        word_font=data.office.word_font,
        issued=data.issued,
        whole=tuple(filter(None, _whole_names(data))),
        rules=tuple(trail_of(framework)),
        edition=data.edition,
    )


def _place(organisation: Organisation) -> list[str]:
    """Return district and province, as far as they are known and not in the name."""
    return places_of(organisation.name, organisation.district, organisation.province)


def _whole_names(data: ReportData) -> list[str]:
    """Return the names that no line breaks."""
    given = data.office.year(data.fiscal_year)
    return [
        data.organisation.short_name,
        *_place(data.organisation),
        *(f"“{level.name}”" for level in data.framework.levels.list),
        *(signer.name for signer in given.signers),
    ]


def result_facts(data: ReportData) -> ResultFacts:
    """Return the numbers of a result worth comparing."""
    assessment, organisation, framework = data.assessment, data.organisation, data.framework
    overall, above = assessment.value("ITA"), assessment.next_level
    values = {code: assessment.value(code) for code in framework.codes}
    is_barred = above is not None and above.barred_by_components
    return ResultFacts(
        organisation=organisation.code,
        name=organisation.name,
        short_name=organisation.short_name,
        type=organisation.type,
        district=organisation.district,
        province=organisation.province,
        is_made_up=organisation.is_made_up,
        fiscal_year=data.fiscal_year,
        assumed_from=(framework.is_assumed and framework.assumed_from) or 0,
        overall=_number(overall),
        overall_shown=_shown(overall),
        overall_computed=_number(assessment.reading("ITA").computed),
        level=assessment.verdict.level,
        level_status=assessment.verdict.status,
        scores={code: _float(value) for code, value in values.items() if value is not None},
        lost={loss.indicator.code: _float(loss.points) for loss in assessment.losses},
        levels=tuple(level.name for level in framework.levels.list),
        target=_number(data.target),
        below_target=None if overall is None else to_hundredths(overall) < data.target,
        barred_by=tuple(each.code for each in above.missing) if above and is_barred else (),
        **_since_previous(data.history),
        reason=reason_of(data),
        statuses=count_statuses(data.plan.measures if data.plan else ()),
        due=count_due(data.plan.measures if data.plan else ()),
        highest=_codes(find_highest(assessment)),
        lowest=_codes(find_lowest(assessment)),
        disagreements=tuple(each.code for each in assessment.comparisons if not each.agrees),
    )


def _since_previous(history: History) -> dict[str, Any]:
    """Return score and level of the year before, and the changes where the rules allow them."""
    change, previous = history.change("ITA"), history.previous
    rules = history.current.assessment.framework if history.current.assessment else None
    parts = (
        (*rules.component_codes, *(each.code for each in rules.indicators.list)) if rules else ()
    )
    changes = {code: found for code in ("ITA", *parts) if (found := history.change(code))}
    return {
        "previous_overall": _shown(previous.overall) if previous else None,
        "previous_level": previous.level if previous else None,
        "changes": {code: _float(each.points) for code, each in changes.items()},
        "change": _number(change.points) if change else None,
        "comparable": history.current.since_previous if previous else None,
    }


def _codes(extreme: Extreme | None) -> tuple[str, ...]:
    return tuple(each.code for each in extreme.indicators) if extreme else ()


def _float(value: Fraction | Decimal) -> float:
    return round(float(value), 6)


def _number(value: Fraction | Decimal | None) -> float | None:
    return None if value is None else _float(value)


def _shown(value: Fraction | None) -> float | None:
    """Return points as a reader sees them, with two decimals."""
    return None if value is None else float(to_hundredths(value))
