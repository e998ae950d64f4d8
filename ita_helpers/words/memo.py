"""The memo that carries the report to the head of the office: drafted from the findings.

Pure. Whatever the office has not given is a dotted line; no name or date is ever made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ita_helpers.faces.prose import Face, Line, Listing, Stack, Words
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.dates import format_date
from ita_helpers.language.points import format_score
from ita_helpers.records.office import OfficeYear, Signer, Titles, titles_of
from ita_helpers.scoring.findings import find_lowest, stand
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import describe_level_change
from ita_helpers.words.figures import said_by
from ita_helpers.words.front_matter import title_of
from ita_helpers.words.phrases import against_target, name_indicators

LEVEL = 3
SIGNATURE = "ita-signature"


def draft_memo(data: ReportData) -> Stack:
    """Return the memo that carries the report to the head of the office, under its title."""
    titles = titles_of(data.office, data.organisation.type, data.organisation.name)
    given = data.office.year(data.fiscal_year)
    faces: list[Face] = [
        *_head(data, titles, given),
        _section("background", _result(data)),
        *_list(_by_instrument(data)),
        _section("facts"),
        *_list(_facts(data, titles), ordered=True),
    ]
    if data.regulations:
        faces.append(_section("regulations"))
        faces += _list((each.text for each in data.regulations), ordered=True)
    faces.append(_section("proposals", label("memo.proposals_lead")))
    faces += _list(_proposals(data), ordered=True)
    faces += [_words(label("memo.closing")), *_signatures(given)]
    faces += _decisions(titles)
    return Stack(tuple(faces))


def _head(data: ReportData, titles: Titles, given: OfficeYear) -> list[Line]:
    dots = label("memo.dots")
    number = given.number or f"{data.office.document_prefix}{label('memo.short_dots')}"
    day = format_date(given.date) if given.date else dots
    subject = given.subject or say("memo.subject_text", title=title_of(data))
    lines = [
        (("unit", " ".join(filter(None, (titles.unit, data.organisation.name)))),),
        (("number", number), ("date", day)),
        (("subject", subject),),
        (("to", given.to or titles.head),),
    ]
    return [Line(tuple((label(f"memo.{key}"), text) for key, text in line)) for line in lines]


def _section(key: str, *paragraphs: str) -> Words:
    return _words(*paragraphs, heading=label(f"memo.{key}"))


def _list(items: Iterable[str], *, ordered: bool = False) -> list[Face]:
    listed = tuple(items)
    return [Listing(listed, ordered=ordered)] if listed else []


def _result(data: ReportData) -> str:
    standing, verdict = stand(data.assessment, "ITA"), data.assessment.verdict
    facts = {"name": data.organisation.name, "year": data.fiscal_year}
    if standing is None:
        return say("memo.background_no_score", **facts)
    return say(
        "memo.background_result",
        **facts,
        score=format_score(standing.score),
        against=against_target(standing),
        level=verdict.level or "",
        by=said_by(data.assessment.scores.level_told) if verdict.published else "",
        change=describe_level_change(data),
    )


def _by_instrument(data: ReportData) -> Iterator[str]:
    for instrument in data.framework.instruments.list:
        named = _suggested(data, instrument.code)
        lowest = find_lowest(data.assessment, instrument.code)
        if lowest is not None:
            yield say(
                "memo.background_instrument",
                code=instrument.code,
                names=name_indicators(lowest.indicators),
                each=len(lowest.indicators) > 1,
                equal=lowest.is_of_all,
                known_only=bool(data.assessment.missing_indicators),
                score=format_score(lowest.score),
                items=named,
            )
        elif named:
            yield say("memo.background_suggested", code=instrument.code, items=named)


def _suggested(data: ReportData, instrument: str) -> str:
    items = {
        item.code for block in data.framework.items if block.instrument == instrument
        for item in block.list
    }  # fmt: skip
    about = dict.fromkeys(each.about for each in data.assessment.scores.suggestions)
    return join_names(code.upper() for code in about if code in items)


def _facts(data: ReportData, titles: Titles) -> Iterator[str]:
    following = data.fiscal_year + 1
    yield say("memo.fact_yearly", year=data.fiscal_year, next=following)
    if data.evidence:
        yield say(
            "memo.fact_evidence",
            assumed=data.evidence.confidence == "assumed",
            year=data.fiscal_year,
            next=following,
            analysis=data.evidence.analysis.item.upper(),
            analysis_title=data.evidence.analysis.title,
            follow_up=data.evidence.follow_up.item.upper(),
            follow_up_title=data.evidence.follow_up.title,
        )
    yield say("memo.fact_report", unit=titles.unit or data.organisation.name)


def _proposals(data: ReportData) -> Iterator[str]:
    yield say("memo.proposal_approve", plan=data.plan is not None)
    yield say("memo.proposal_publish", website=data.office.website)


def _signatures(given: OfficeYear) -> list[Face]:
    usual = (Signer(label("memo.prepared")), Signer(label("memo.checked")))
    return [_signature(each.position, each.name) for each in given.signers or usual]


def _signature(position: str, name: str = "") -> Words:
    dots = label("memo.dots")
    signed = say("memo.signed", dots=dots, name=name or dots, position=position)
    return _words(signed, kind=SIGNATURE)


def _decisions(titles: Titles) -> list[Face]:
    dots = label("memo.dots")
    line = say("memo.opinion_line", dots=dots)
    choices = (label("memo.approved"), say("memo.rejected", dots=dots))
    return [
        _words(line, heading=say("memo.opinion", title=titles.clerk)),
        _signature(titles.clerk),
        _words(*choices, heading=say("memo.decision", title=titles.head)),
        _signature(titles.head),
    ]


def _words(*paragraphs: str, heading: str = "", kind: str = "") -> Words:
    return Words(paragraphs, kind=kind, heading=heading, level=LEVEL)
