"""The memo that carries the report to the head of the office: drafted from the findings.

Pure. Whatever the office has not given is a dotted line; no name or date is ever made up. The words
of its sections are slots; head and end are the same whoever wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Face, Line, Stack, Together, Words, to_words
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.dates import format_date
from ita_helpers.language.points import format_score
from ita_helpers.records.office import OfficeYear, Signer, Titles, titles_of
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.records.rules import Indicator
from ita_helpers.records.slots import shape_of
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.scoring.findings import (
    NOTABLE,
    below_target,
    find_change,
    find_level_change,
    find_lowest,
    find_way_up,
    stand,
)
from ita_helpers.scoring.levels import NextLevel, Requirement
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import (
    common_need,
    describe_level_change,
    join_change,
)
from ita_helpers.words.coverage import coverage_of
from ita_helpers.words.figures import said_by, write_score
from ita_helpers.words.front_matter import title_of
from ita_helpers.words.measures import measure_name
from ita_helpers.words.phrases import (
    describe_ways,
    name_codes,
    name_indicators,
    requirement_name,
)
from ita_helpers.words.rules import condition_name

LEVEL = 3
HEAD, FLUSH = "ita-head", "ita-flush"
SIGNATURE = "ita-signature"
SIDE_BY_SIDE = 2
"""So many signatures stand side by side."""
NAMED = 3
"""At most this many measures are named; more are only counted."""


def draft_memo(data: ReportData) -> Stack:
    """Return the memo that carries the report to the head of the office, under its title."""
    faces: list[Face] = [*head_memo(data).faces]
    for key, draft in (("background", draft_background), ("facts", draft_facts)):
        faces += _section(key, to_words(tuple(draft(data)), shape_of(f"memo-{key}")))
    regulations = list_regulations(data)
    if not isinstance(regulations, Absent):
        faces += _section("regulations", regulations)
    proposals = to_words(tuple(draft_proposals(data)), shape_of("memo-proposals"))
    return Stack((*faces, *_section("proposals", proposals), end_memo(data)))


def _section(key: str, words: Face) -> list[Face]:
    return [Words((), heading=label(f"memo.{key}"), level=LEVEL), words]


def head_memo(data: ReportData) -> Stack:
    """Return the lines above the memo's text: from whom, number, day, subject, to whom."""
    titles, given = _titles(data), data.office.year(data.fiscal_year)
    dots = label("memo.dots")
    number = given.number or f"{data.office.document_prefix}{label('memo.short_dots')}"
    day = format_date(given.date) if given.date else dots
    subject = given.subject or say("memo.subject_text", title=title_of(data))
    lines = [
        (("unit", " ".join(filter(None, (titles.unit, data.organisation.name)))),),
        (("number", number), ("date", day)),
        (("subject", subject),),
    ]
    heads = [Line(tuple((label(f"memo.{key}"), text) for key, text in line)) for line in lines]
    to = say("memo.to_whom", to=given.to or titles.head)
    return Stack((*heads, Words((to,), kind=FLUSH)))


def draft_background(data: ReportData) -> Iterator[str]:
    """Yield the result, how it changed, and why the level is what it is."""
    facts = {"name": data.organisation.name, "year": data.fiscal_year}
    standing, verdict = stand(data.assessment, "ITA"), data.assessment.verdict
    if standing is None:
        yield say("memo.background_no_score", **facts)
        return
    yield say(
        "memo.background_result",
        **facts,
        score=write_score(data.assessment, "ITA"),
        computed=data.assessment.reading("ITA").is_computed,
        against="above" if standing.gap > 0 else "below" if standing.gap < 0 else "equal",
        target=format_score(standing.target),
        level=verdict.level or "",
        top=verdict.level == data.framework.levels.list[0].name,
        by=said_by(data.assessment.scores.level_told) if verdict.published else "",
    )
    yield _change(data)
    yield from _why(data)


def _change(data: ReportData) -> str:
    """Say how score and level changed since last year, or why that cannot be said."""
    changed = find_change(data.assessment, data.history, "ITA")
    levels = find_level_change(data.assessment, data.history)
    level = describe_level_change(data, has_reason=levels is not None and levels.has_fallen)
    score = ""
    if changed is not None:
        score = say(
            "memo.change",
            kind=changed.kind,
            points=format_score(abs(changed.points)),
            previous=format_score(changed.change.previous),
        )
    said = join_change(score, level, data)
    if said:
        return say("memo.since", change=said)
    previous = data.history.previous
    is_known = previous is not None and previous.overall is not None
    return say("memo.no_change", is_known=is_known)


def _why(data: ReportData) -> Iterator[str]:
    """Say what bars the next level, and what leaves the level open."""
    verdict = data.assessment.verdict
    possible = join_names(f"“{each.name}”" for each in verdict.possible)
    way = find_way_up(data.assessment)
    if way is None or _is_lost(data, way.following.level.name):
        pass
    elif way.barring:
        yield say(
            "memo.why_barred",
            level=way.following.level.name,
            missing=join_names(_short(data, each) for each in way.barring),
            current=verdict.level or "",
        )
    elif way.following.missing:
        yield _next(data, way.following)
    if verdict.status == "in conflict":
        by = said_by(data.assessment.scores.level_told)
        yield say("memo.why_conflict", possible=possible, by=by)
    elif verdict.status == "not determined":
        names = join_names(condition_name(data.framework, each) for each in verdict.open_components)
        yield say(
            "memo.why_open", components=names, possible=possible, published=verdict.published or ""
        )


def _next(data: ReportData, following: NextLevel) -> str:
    """Say what the next level's conditions still lack."""
    one = common_need(following.missing)
    missing = join_names(
        say(
            "memo.lacks",
            name=requirement_name(data, each),
            gap=format_score(each.gap) if each.gap is not None else "",
            needed="" if one is not None else format_score(each.needed),
        )
        for each in following.missing
    )
    needed = format_score(one) if one is not None else ""
    return say("memo.why_next", level=following.level.name, needed=needed, missing=missing)


def _is_lost(data: ReportData, level: str) -> bool:
    """Whether a level is the one of last year, whose loss has been explained."""
    levels = find_level_change(data.assessment, data.history)
    return levels is not None and levels.has_fallen and levels.previous == level


def _short(data: ReportData, requirement: Requirement) -> str:
    return say(
        "memo.short",
        name=requirement_name(data, requirement),
        score=write_score(data.assessment, requirement.code),
        needed=format_score(requirement.needed),
    )


def draft_facts(data: ReportData) -> Iterator[str]:
    """Yield where the result is weak, what follows from it, and which measures there are."""
    yield " ".join((*_by_instrument(data), *_consequences(data)))
    yield " ".join(_work(data))


def _by_instrument(data: ReportData) -> Iterator[str]:
    codes = data.framework.component_codes
    if not data.assessment.scored_indicators and not any(map(data.assessment.value, codes)):
        yield label("memo.only_overall")
    for instrument in data.framework.instruments.list:
        named = join_names(each.upper() for each in _suggested(data, instrument.code))
        lowest = find_lowest(data.assessment, instrument.code)
        if lowest is not None:
            yield say(
                "memo.lowest",
                code=instrument.code,
                names=name_indicators(lowest.indicators),
                each=len(lowest.indicators) > 1,
                equal=lowest.is_of_all,
                known_only=bool(data.assessment.missing_indicators),
                score=format_score(lowest.score),
                items=named,
            )
        elif named:
            yield say("memo.suggested", code=instrument.code, items=named)


def _suggested(data: ReportData, instrument: str) -> list[str]:
    """Return the items of an instrument that the assessors named."""
    items = {
        item.code for block in data.framework.items if block.instrument == instrument
        for item in block.list
    }  # fmt: skip
    about = dict.fromkeys(each.about for each in data.assessment.scores.suggestions)
    return [code for code in about if code in items]


def _consequences(data: ReportData) -> Iterator[str]:
    """Say what would lift the level, and what the result is used for next year."""
    way = find_way_up(data.assessment)
    if way and way.barring:
        yield describe_ways(data, way.barring)
    following, evidence = data.fiscal_year + 1, data.evidence
    if evidence is None:
        yield say("memo.use", next=following)
        return
    yield say(
        "memo.evidence",
        assumed=evidence.confidence == "assumed",
        year=data.fiscal_year,
        next=following,
        items=join_names(each.item.upper() for each in (evidence.analysis, evidence.follow_up)),
    )


def _work(data: ReportData) -> Iterator[str]:
    """Say what has been prepared: measures by name, and what still has none."""
    unit = _titles(data).unit or data.organisation.name
    plan = data.plan
    if plan is None or not plan.measures:
        yield say("memo.prepared_report", unit=unit)
        yield label("memo.no_plan")
        return
    yield say("memo.prepared_plan", unit=unit, count=len(plan.measures))
    foremost = _foremost(data, plan)
    rest = len(plan.measures) - len(foremost)
    others = [say("memo.other_measures", count=rest)] if rest else []
    yield say(
        "memo.measures",
        names=join_names([*map(_measure, foremost), *others]),
    )
    indicators, items = _uncovered(data, plan), _uncovered_items(data, plan)
    named = [name_indicators(indicators)] if indicators else []
    if open_ones := join_names([*named, *_name_items(items, told=True)]):
        yield say("memo.uncovered", names=open_ones)


def _foremost(data: ReportData, plan: Plan) -> list[Measure]:
    """Return the measures for what loses most of the overall score, at most three."""
    lost = {each.indicator.code: each.points for each in data.assessment.losses}

    def weight(measure: Measure) -> Fraction:
        codes = indicators_of(measure, data.assessment)
        return sum((lost.get(code, Fraction(0)) for code in codes), Fraction(0))

    return sorted(plan.measures, key=weight, reverse=True)[:NAMED]


def _measure(measure: Measure) -> str:
    """Name a measure with the first who answers for it and its period."""
    return say(
        "memo.measure",
        name=measure_name(measure),
        owner=measure.owners[0] if measure.owners else "",
        more=max(len(measure.owners) - 1, 0),
        period=measure.time,
    )


def _uncovered(data: ReportData, plan: Plan) -> list[Indicator]:
    """Return the indicators without a measure that are low or lose much, in their order.

    None are known of a plan that names no indicators.
    """
    if not plan.names_indicators:
        return []
    assessment = data.assessment
    covered = {code for each in plan.measures for code in indicators_of(each, assessment)}
    lowest = find_lowest(assessment)
    weak = {each.code for each in below_target(assessment)}
    if lowest and not lowest.is_of_all and lowest.score < 100:
        weak |= {each.code for each in lowest.indicators}
    coverage = coverage_of(data)
    if coverage:
        much = NOTABLE * coverage.lost
        weak |= {each.indicator.code for each in coverage.uncovered if each.points >= much}
    return [e for e in assessment.scored_indicators if e.code in weak - covered]


def _uncovered_items(data: ReportData, plan: Plan) -> list[str]:
    """Return the items the assessors named that no measure is for, nor for their indicator."""
    coverage, owners = coverage_of(data), data.framework.owners_of_items
    named = {each.about for each in data.assessment.scores.suggestions}
    told = {each.code for each in _uncovered(data, plan)}
    weak = [each.code for each in coverage.items] if coverage else []
    return [code.upper() for code in weak if code in named and owners.get(code) not in told]


def _name_items(codes: Sequence[str], *, told: bool) -> Iterator[str]:
    """Name items, ``told`` that they were suggested."""
    if codes:
        yield say("memo.items", codes=join_names(codes), told=told)


def draft_proposals(data: ReportData) -> Iterator[str]:
    """Yield what leads to the proposals, then each of them."""
    plan = data.plan if data.plan and data.plan.measures else None
    yield label("memo.proposals_lead")
    yield say("memo.proposal_approve", plan=plan is not None)
    indicators = _uncovered(data, plan) if plan else []
    codes = [name_codes(indicators)] if indicators else []
    items = _name_items(_uncovered_items(data, plan), told=False) if plan else ()
    names = join_names([*codes, *items])
    if names or plan is None:
        yield say("memo.proposal_measures", names=names)
    yield say("memo.proposal_publish", website=data.office.website)


def list_regulations(data: ReportData) -> Words | Absent:
    """Return the laws and resolutions of the year; nothing where none is known."""
    listed = (
        say("memo.regulation", number=number, text=each.text)
        for number, each in enumerate(data.regulations, start=1)
    )
    return Words((" ".join(listed),)) if data.regulations else Absent("none")


def end_memo(data: ReportData) -> Together:
    """Return what is signed: the closing words, who prepared it, opinion and decision."""
    titles, given = _titles(data), data.office.year(data.fiscal_year)
    closing = Words((label("memo.closing"),))
    return Together((((closing,),), *_signatures(given), _decisions(titles)))


def _signatures(given: OfficeYear) -> Iterator[tuple[tuple[Face, ...], ...]]:
    """Yield rows of signatures, a single one on the right."""
    usual = (Signer(label("memo.prepared")), Signer(label("memo.checked")))
    signed = [(_signature(each.position, each.name),) for each in given.signers or usual]
    for first in range(0, len(signed), SIDE_BY_SIDE):
        row = tuple(signed[first : first + SIDE_BY_SIDE])
        yield row if len(row) == SIDE_BY_SIDE else ((), *row)


def _signature(position: str, name: str = "") -> Words:
    dots = label("memo.dots")
    signed = say("memo.signed", dots=dots, name=name or dots, position=position)
    return Words((signed,), kind=SIGNATURE)


def _decisions(titles: Titles) -> tuple[tuple[Face, ...], ...]:
    dots = label("memo.dots")
    choices = (label("memo.approved"), say("memo.rejected", dots=label("memo.short_dots")))
    opinion = (
        Words((say("memo.opinion", title=titles.clerk),), kind=HEAD),
        Words((say("memo.opinion_line", dots=dots),), kind=FLUSH),
        _signature(titles.clerk),
    )
    decision = (
        Words((say("memo.decision", title=titles.head),), kind=HEAD),
        Words(("\n".join(choices),), kind=FLUSH),
        _signature(titles.head),
    )
    return opinion, decision


def _titles(data: ReportData) -> Titles:
    return titles_of(data.office, data.organisation.type, data.organisation.name)
