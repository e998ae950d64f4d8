"""What may be counted in a claim of so many: scores of a kind, years, offices, measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ita_helpers.checks.finished.counts.counting_parts import kind_of
from ita_helpers.checks.finished.counts.many import Quantified
from ita_helpers.checks.finished.passages.shared import FULL, Thing, pattern
from ita_helpers.checks.finished.passages.speaking import Spoken
from ita_helpers.checks.finished.passages.standing import NARROW, is_slip, plain_mean, values
from ita_helpers.checks.finished.reading import any_of, bare, said
from ita_helpers.checks.finished.report import Report, squeezed
from ita_helpers.documents.naming import OVERALL
from ita_helpers.documents.plan_heads import column_of
from ita_helpers.documents.plan_status import read_status
from ita_helpers.documents.table_heads import mean_group
from ita_helpers.language.number_words import number_of

Group = Mapping[str, Thing]
"""Things that may be counted, by their code or name."""
SIDES = {"IIT": "inside", "EIT": "outside"}
NEAR = 26
"""Characters before a year in which a word makes it the year of which something is compared."""
FEWEST, BOTH, ROUNDED = 2, 2, 3
MOST_MORE = 2
"""So many times the offices of a table are told where the table has only the first of them."""


def groups(report: Report, claim: Quantified) -> Iterator[Group]:
    """Yield what may be meant by what a claim counts, in one year or another."""
    kind = _kind(claim)
    if not claim.told:
        return
    if kind == "measure":
        yield from _measures(report, claim)
    elif kind == "office":
        yield from (each for each in _offices(report, claim) if fits_whole(claim, len(each)))
    elif kind == "year":
        more = int(claim.told.of == "change")
        yield from (e for e in _years(report, claim) if fits_whole(claim, len(e) + more))
    else:
        for year, earlier in years_meant(report, claim):
            for codes in _codes(report, claim, kind):
                if fits_whole(claim, len(codes)):
                    yield {code: _thing(report, code, year, earlier) for code in codes}


def fits_whole(claim: Quantified, size: int) -> bool:
    """Whether so many things may be all of those that a claim counts."""
    if claim.among:
        return True
    is_all = claim.part.how in ("all", "both")
    told = BOTH if claim.part.how == "both" else claim.part.number if is_all else 0
    return (claim.whole or told) in (0, size)


def _kind(claim: Quantified) -> str:
    """Return what is counted; "any" where the word may mean several."""
    if claim.told and claim.told.of == "status":
        return "measure"
    named = claim.group or claim.listed
    if named and claim.part.kind in ("any", "point"):
        return kind_of(named.codes[0])
    return claim.part.kind


def years_meant(report: Report, claim: Quantified) -> list[tuple[int, int]]:
    """Return the year (B.E.) that a claim may be of, with the one before that it compares."""
    if claim.year:
        return [(claim.year, claim.year - 1)]
    text, year = claim.spoken.text, report.year
    first, last = clause_start(text, claim.start), claim.end + NEAR
    own: list[int] = []
    base, had = 0, False
    for place, named in (*claim.spoken.years, *claim.spoken.years_behind):
        if not first <= place < last or named == 0:
            continue
        is_base = pattern("compared_with").search(text[max(0, place - NEAR) : place])
        if is_base and not pattern("year_in_which").fullmatch(text, place, claim.part.start):
            base = named
        elif pattern("had_in_year").match(text, place, claim.start):
            own, had = [named], True
        elif claim.start <= place < claim.end or _leads(text[place : claim.start]):
            own, had = [*own, named], False
    if not base and (compared := pattern("compared_first").match(text)):
        base = int(compared["year"])
    if base and own and own[-1] <= base:
        own = []
    usual = [each for each in dict.fromkeys(own[-1:] or [year]) if each <= year]
    of_passage = claim.spoken.passage.year
    if not own and pattern("goes_on_of_year").search(text[: claim.start]):
        usual = [e for place, e in claim.spoken.years if place < claim.start][-1:] or usual
    if not own and of_passage and of_passage < year and of_passage != base:
        usual.append(of_passage)
    before = [e for e in claim.spoken.years if e[0] < claim.start and 0 < e[1] < year][-1:]
    for place, named in before:
        if own and pattern("told_anew").search(text, place, claim.start):
            usual.append(year)
        elif not own and pattern("but_still").search(text, place, claim.start):
            usual.append(named)
    if claim.told and claim.told.of == "change":
        if own and own[-1] < year and not base:
            own_change = (own[-1], own[-1] - 1)
            return [own_change] if had else [(year, own[-1]), own_change]
        return [(each, base if 0 < base < each else each - 1) for each in usual]
    return [(each, each - 1) for each in usual]


def _leads(between: str) -> bool:
    """Whether a year leads up to a claim: nothing else is told between them."""
    return bool(between) and not any(
        pattern(key).search(between) for key in ("limit", "way", "full", "year_ends")
    )


def clause_start(text: str, place: int) -> int:
    """Return where the clause begins in which a claim does."""
    ends = [
        each.end()
        for key in ("ends", "score_told")
        for each in pattern(key).finditer(text, 0, place)
    ]
    return max([0, *ends])


def _codes(report: Report, claim: Quantified, kind: str) -> Iterator[tuple[str, ...]]:
    """Yield the codes that may be counted."""
    rules = report.rules
    assert rules
    if claim.group and not _counts_more(claim, len(claim.group.codes)):
        yield claim.group.codes
        return
    is_of_items = any(each.isdigit() for each in claim.scopes)
    if kind in ("indicator", "any", "point") and not is_of_items:
        yield from _indicators(report, claim)
    text, part = claim.spoken.text, claim.part
    is_any = kind == "any" and part.how in ("all", "both")
    if is_any and pattern("no_instrument").search(text, part.start, part.end):
        is_any = False
    if kind in ("instrument", "part") or is_any:
        yield from _instruments(report, claim)
    if kind in ("item", "point"):
        yield from _items(report, claim)


def _counts_more(claim: Quantified, named: int) -> bool:
    """Whether it is told that there are more than are named before, and not that these are many."""
    before = claim.spoken.text[: claim.part.start]
    return claim.part.number > named and bool(said("there_are").search(before))


def _indicators(report: Report, claim: Quantified) -> Iterator[tuple[str, ...]]:
    rules = report.rules
    assert rules
    by_instrument = {
        each.code: tuple(e.code for e in rules.indicators_of(each.code))
        for each in rules.instruments.list
    }
    scopes = [each for each in claim.scopes if not each.isdigit()]
    if scopes:
        if all(each in by_instrument for each in scopes):
            yield tuple(code for each in dict.fromkeys(scopes) for code in by_instrument[each])
        return
    if claim.scopes:
        return
    yield tuple(each.code for each in rules.indicators.list)
    spoken = claim.spoken
    before = [e for e in (*spoken.named, *spoken.described) if e.end <= claim.start]
    named = {each.code for each in before} | {spoken.passage.under}
    for code, group in by_instrument.items():
        is_side = said(SIDES[code]).search(spoken.text, 0, claim.start) if code in SIDES else None
        if code in named or spoken.passage.under in group or is_side:
            yield group
    for listed in _listed_before(spoken, claim.start):
        if all(values(report, code, report.year) for code in listed):
            yield listed


def _listed_before(spoken: Spoken, start: int) -> Iterator[tuple[str, ...]]:
    """Yield the indicators named before, all of them and those of the last sentence."""
    told = [e.code for e in spoken.named_before(start) if e.code.isdigit()]
    if len(set(told)) >= FEWEST:
        yield tuple(dict.fromkeys(told))
    for count in range(FEWEST, min(5, len(set(told)))):
        yield tuple(dict.fromkeys(reversed(told)))[:count]


def _instruments(report: Report, claim: Quantified) -> Iterator[tuple[str, ...]]:
    rules = report.rules
    assert rules
    parts = rules.levels.components
    if claim.scopes:
        inside = tuple(e for e in parts if e not in claim.scopes and e.startswith(claim.scopes))
        if len(inside) >= FEWEST:
            yield inside
        return
    are_known = all(values(report, each, report.year) for each in parts)
    if claim.part.kind != "part" or not are_known:
        yield tuple(each.code for each in rules.instruments.list)
    if are_known:
        yield parts
    listed = claim.listed.codes if claim.listed else ()
    if claim.part.kind == "part" and listed and all(e.startswith("EIT") for e in listed):
        yield tuple(each for each in parts if each.startswith("EIT") and each != "EIT")


def _items(report: Report, claim: Quantified) -> Iterator[tuple[str, ...]]:
    rules = report.rules
    assert rules
    named = [e.code for e in claim.spoken.named_before(claim.start) if e.code.isdigit()]
    under = claim.scopes or (claim.spoken.passage.under, *named[-1:])
    for code in under:
        if code.isdigit() and (items := rules.items_of(code)):
            yield tuple(each.code for each in items)
    for block in rules.items if not any(each.isdigit() for each in claim.scopes) else ():
        if not claim.scopes or block.instrument in claim.scopes:
            yield tuple(each.code for each in block.list)


def _repaired(report: Report) -> dict[tuple[str, int], Decimal]:
    """Return what the points of codes in years (B.E.) would be for their instrument to recompute.

    Where it does not, one of them is wrong, and what is told of so many may be right.
    """
    found: dict[tuple[str, int], Decimal] = {}
    for year in {each for _, each in report.scores}:
        rules = report.rules_of(year)
        for instrument in rules.instruments.list if rules else ():
            codes = [e.code for e in rules.indicators_of(instrument.code)] if rules else []
            known = {e: report.scores[e, year] for e in codes if (e, year) in report.scores}
            told = report.scores.get((instrument.code, year))
            if told is None or not known or len(known) != len(codes):
                continue
            mean = plain_mean(known.values())
            if abs(mean - told) > NARROW:
                lacking = (told - mean) * len(codes)
                ways = {code: points + lacking for code, points in known.items()}
                found |= {(e, year): p for e, p in _likely(ways, known).items()}
                found |= {(instrument.code, year): mean}
                if is_slip(told, mean):
                    found = {of: points for of, points in found.items() if of[0] not in codes}
    return {of: points for of, points in found.items() if 0 <= points <= FULL}


def _likely(ways: Mapping[str, Decimal], known: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return those points that a slip of the pen makes of the printed ones, else all of them."""
    near = [Decimal(each) / FULL for each in range(-ROUNDED, ROUNDED + 1)]
    slips = {
        code: points
        for code, points in ways.items()
        if any(is_slip(known[code], points + each) for each in near)
    }
    return slips or dict(ways)


def _thing(report: Report, code: str, year: int, earlier: int) -> Thing:
    now, before = (values(report, code, each) for each in (year, earlier))
    points, old = now[0] if now else None, before[0] if before else None
    is_covered, repaired = _covered(report, code), report.once(_repaired)
    others = tuple(
        Thing(*each, is_covered=is_covered)
        for each in (
            (repaired.get((code, year), points), old),
            (points, repaired.get((code, earlier), old)),
        )
        if each != (points, old)
    )
    return Thing(points, old, is_covered=is_covered, others=others)


def _covered(report: Report, code: str) -> bool | None:
    """Whether a measure of the plan answers an indicator, if each measure names one."""
    plan = report.claims.plan
    if not plan or not code.isdigit() or not all(each.codes for each in plan):
        return None
    return any(code in each.codes for each in plan)


def _years(report: Report, claim: Quantified) -> Iterator[Group]:
    """Yield the years of which the report gives what a claim speaks of."""
    named = claim.spoken.named_before(claim.start)
    code = named[-1].code if named else claim.spoken.passage.under or OVERALL
    code = claim.scopes[-1] if claim.scopes else code
    years = sorted(year for of, year in report.scores if of == code and year <= report.year)
    levels = {
        each.fiscal_year: each.level for each in report.own if each.code == code and each.level
    }
    found = {}
    for year in years:
        points = values(report, code, year)
        before = values(report, code, year - 1)
        level = levels.get(year, "")
        found[str(year)] = Thing(points[0], before[0] if before else None, level)
    if claim.told and claim.told.of == "change":
        if claim.part.how != "all":
            return
        found = {year: each for year, each in found.items() if each.earlier is not None}
    yield found


def _offices(report: Report, claim: Quantified) -> Iterator[Group]:
    """Yield the offices of a table with the office's own row, with it and without."""
    points: dict[str, Decimal] = {}
    levels: dict[str, str] = {}
    tables = set()
    for each in report.claims.claims:
        is_mean = mean_group(each.of) or any_of("sum_words").match(each.of)
        if (
            each.code == OVERALL
            and each.fiscal_year == report.year
            and each.is_of_table
            and not is_mean
        ):
            name = "" if each.of == "own" else each.of
            if name and name != "all":
                tables.add(each.spot.table)
            if each.points is not None:
                points.setdefault(name, each.points)
            if each.level:
                levels.setdefault(name, each.level)
    if len(tables) != 1 or len(points) < FEWEST:
        return
    if report.once(_most_offices) > MOST_MORE * len(points):
        return
    text, own = claim.spoken.text, report.claims.office
    told = pattern("office_before").search(text[: claim.start])
    kind = told["type"] if told else ""
    found = {
        name: Thing(p, level=levels.get(name, ""))
        for name, p in points.items()
        if (name or own).startswith(kind)
    }
    yield found
    if "" in found:
        yield {name: each for name, each in found.items() if name}


def _most_offices(report: Report) -> int:
    """Return the largest number of offices that a report tells."""
    told = (number_of(each["count"]) for _, each in report.places(pattern("offices_counted")))
    return max(map(int, told), default=0)


def plans(report: Report) -> dict[int, list[tuple[str, str, str]]]:
    """Return the measures of each table of a plan, with owner and status as printed.

    A table of measures and owners is one here too where it gives scores besides.
    """
    return report.once(_plans)


def _plans(report: Report) -> dict[int, list[tuple[str, str, str]]]:
    found: dict[int, list[tuple[str, str, str]]] = {}
    for row in report.claims.plan:
        if row.measure.strip():
            told = (squeezed(row.measure), squeezed(row.owner), row.status)
            found.setdefault(row.spot.table, []).append(told)
    for table in report.tables:
        heads = [column_of(squeezed(each.text)) for each in table.rows[0]]
        if table.spot.table in found or not {"measure", "owners"} <= {*heads}:
            continue
        at, owner = heads.index("measure"), heads.index("owners")
        rows = [row for row in table.rows[1:] if len(row) == len(heads) and row[at].text.strip()]
        listed = [(squeezed(row[at].text), squeezed(row[owner].text), "") for row in rows]
        found |= {table.spot.table: listed} if listed else {}
    return found


def owners_named(report: Report, text: str) -> list[str]:
    """Return the owners of measures that a text names."""
    owners = {owner for rows in plans(report).values() for _, owner, _ in rows if owner}
    return sorted(each for each in owners if len(each) > FEWEST and bare(each) in bare(text))


def _measures(report: Report, claim: Quantified) -> Iterator[Group]:
    """Yield the measures of each plan with a status in every row, those of the owner named."""
    text = claim.spoken.text
    named = owners_named(report, text[clause_start(text, claim.start) : claim.end])
    for rows in plans(report).values():
        kept = [e for e in rows if not named or any(bare(n) in bare(e[1]) for n in named)]
        found = {}
        for at, (measure, _, status) in enumerate(kept):
            read = read_status(status).status
            found[f"{at} {measure}"] = Thing(status=read)
        if found and fits_whole(claim, len(found)):
            yield found
