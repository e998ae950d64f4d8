"""The text about a year's rules: that they are assumed and why, and what is to be confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.language.catalogue import join_names, label, say, spaced
from ita_helpers.language.dates import format_date, parse_date
from ita_helpers.language.points import format_score
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Confirmation, Instrument, Level, Sourced


def assumption(framework: Framework, page: str) -> str:
    """Return the sentence that rules are assumed, with the verified reasons.

    ``page`` is the Thai word for the kind of paper it is on. Empty for rules that are not assumed.
    """
    if not framework.is_assumed:
        return ""
    return say(
        "words.assumed_rules",
        year=framework.fiscal_year,
        from_year=framework.assumed_from,
        because=framework.reasons,
        page=page,
    )


def confirmation_of(confirmed: Confirmation) -> str:
    """Return the document that confirms rules; raises ``ValueError`` for an invalid date."""
    day = format_date(parse_date(confirmed.date))
    return say("words.confirmed_by", document=confirmed.document, page=confirmed.page, date=day)


def condition_name(framework: Framework, code: str) -> str:
    """Return what a condition of a level looks at: overall score, component or indicator."""
    if code == "ITA":
        return label("words.overall")
    if framework.find_indicator(code):
        return say("words.indicator_short", code=code)
    return framework.component_name(code)


def describe_further(framework: Framework, level: Level) -> str:
    """Return a level's conditions on single components and indicators, empty without any."""
    return join_names(
        say(
            "words.at_least",
            name=spaced(condition_name(framework, code)),
            points=format_score(level.conditions[code]),
        )
        for code, _ in level.at_least
    )


def describe_rules(framework: Framework) -> Iterator[str]:
    """Yield what a person with the manual should compare with it, one line each."""
    instruments, indicators = framework.instruments, framework.indicators
    yield _head("instruments", instruments.confidence)
    yield from (_instrument(each) for each in instruments.list)
    yield _head("indicators", indicators.confidence)
    yield from (_line("indicator", code=each.code, name=each.name) for each in indicators.list)
    for block in framework.items:
        yield _head("items", block.confidence, code=block.instrument, count=len(block.list))
    if framework.answers:
        scale = [f"{each.name} {each.points}" for each in framework.answers.scale]
        yield _head("answers", framework.answers.confidence, scale=join_names(scale))
    yield _head("levels", framework.levels.confidence)
    yield from (_level(framework, each) for each in framework.levels.list)
    target = framework.target
    facts = {"overall": target.overall, "component": target.every_component or 0}
    yield _head("target", target.confidence, **facts)
    yield from _evidence(framework)


def describe_known(framework: Framework) -> Iterator[str]:
    """Yield what is known of a year whose rules are assumed, with its source, a line each."""
    for each in framework.assumed_because:
        yield _line("fact", text=each.text, sure=_sure(each.confidence), source=each.source)


def trail_of(framework: Framework) -> list[dict[str, str]]:
    """Return each block of the rules with its source and how sure it is, word for word."""
    blocks: list[tuple[str, Sourced | None]] = [
        ("instruments", framework.instruments),
        ("indicators", framework.indicators),
        ("sub_indicators", framework.sub_indicators),
        *((each.instrument, each) for each in framework.items),
        ("answers", framework.answers),
        ("levels", framework.levels),
        ("target", framework.target),
        ("evidence", framework.evidence),
    ]
    return [
        {"block": name, "confidence": block.confidence, "source": block.source}
        for name, block in blocks
        if block
    ]


def describe_trail(framework: Framework) -> Iterator[str]:
    """Yield where each block of the rules was read, a line each."""
    for each in trail_of(framework):
        sure = _sure(each["confidence"])
        yield _say("trail", block=each["block"], source=each["source"], sure=sure)
    for caveat, names in _caveats(framework).items():
        yield _say("caveat", names=join_names(names), caveat=caveat)


def _caveats(framework: Framework) -> dict[str, list[str]]:
    """Return the caveats about levels, with their names."""
    found: dict[str, list[str]] = {}
    for each in framework.levels.list:
        if each.caveat:
            found.setdefault(each.caveat, []).append(each.name)
    return found


def _instrument(instrument: Instrument) -> str:
    parts = [_say("part", name=each.name, weight=each.weight) for each in instrument.parts]
    facts = {"code": instrument.code, "name": instrument.name, "weight": instrument.weight}
    return _line("instrument", **facts, parts=join_names(parts))


def _level(framework: Framework, level: Level) -> str:
    names = join_names(map(framework.component_name, framework.levels.components))
    return _line(
        "level",
        name=level.name,
        overall=level.overall,
        component=level.every_component or 0,
        names=names,
        further=describe_further(framework, level),
    )


def _evidence(framework: Framework) -> Iterator[str]:
    evidence = framework.evidence
    if evidence is None:
        return
    yield _head("evidence", evidence.confidence)
    for each in (evidence.analysis, evidence.follow_up):
        yield _line("evidence_item", code=each.item.upper(), title=each.title)
    if evidence.required_elements:
        yield _line("elements", names=join_names(evidence.required_elements))


def _sure(confidence: str) -> str:
    return label(f"report.sources.rules_{confidence}")


def _head(key: str, confidence: str, **facts: object) -> str:
    return _say(f"head.{key}", sure=_sure(confidence), **facts)


def _line(key: str, **facts: object) -> str:
    return f"  {_say(key, **facts)}"


def _say(key: str, **facts: object) -> str:
    return say(f"confirm.{key}", **facts)
