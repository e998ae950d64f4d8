"""Telling how reports stand and what they lack: in lines, in one line a report, as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ita_helpers.language.catalogue import label, say, section
from ita_helpers.records.kinds import report_kinds
from ita_helpers.rendering.standing import Lack, Standing

FEW = 5
"""At most so many slots are named where several reports are told of."""


def line_of(standing: Standing) -> str:
    """Return how a report stands in one line."""
    return _line(standing)


def nameless_line_of(standing: Standing) -> str:
    """Return how a report stands where its name is said already."""
    return _line(standing, name="")


def _line(standing: Standing, **facts: str) -> str:
    lacks = [*map(text_of, standing.lacks)]
    return say("status.line", **{**_facts(standing), **facts}, lacks=lacks)


def lines_of(standing: Standing, findings: Sequence[str] = ()) -> Iterator[str]:
    """Yield how a report stands, what it lacks, and the command that comes next for each.

    ``findings`` are named, by cell, where it is said that a check finds something.
    """
    yield say("status.head", **_facts(standing), lacks=len(standing.lacks))
    for each in standing.lacks:
        yield say("status.lack", text=text_of(each, is_long=True))
        if each.kind == "findings":
            yield from (f"  {found}" for found in findings)
        for command in commands_for(standing, each):
            yield f"  {say('status.remedy', command=command)}"


def held_lines_of(
    standing: Standing, held: Sequence[Lack], findings: Sequence[str]
) -> Iterator[str]:
    """Yield what holds a report back, the command for each, and where a check finds something."""
    name = _facts(standing)["name"]
    lacks, commands = [], []
    for each in held:
        if each.kind in section("publish.lacks"):
            lacks.append(say(f"publish.lacks.{each.kind}", **each.facts))
            commands.append(say(f"publish.commands.{each.kind}", asked=_asked(standing)))
        else:
            lacks.append(text_of(each, is_long=len(each.facts.get("slots", ())) <= FEW))
            commands += commands_for(standing, each)
    yield say("publish.report", name=name, lacks=lacks)
    yield from (f"  {each}" for each in findings)
    for command in dict.fromkeys(filter(None, commands)):
        yield f"  {say('status.remedy', command=command)}"


def lines_of_totals(standings: Sequence[Standing]) -> Iterator[str]:
    """Yield how many reports are in each state, and how many lack what."""
    states = Counter(each.state for each in standings)
    named = [
        say("status.total_state", state=label(f"status.states.{state}"), count=count)
        for state, count in states.items()
    ]
    yield say("status.total", count=len(standings), states=named)
    lacking = Counter(kind for each in standings for kind in {lack.kind for lack in each.lacks})
    counted = [
        say("status.total_lack", kind=label(f"status.kinds.{kind}"), count=count)
        for kind, count in lacking.most_common()
    ]
    yield say("status.total_lacks", lacks=counted)


def text_of(lack: Lack, *, is_long: bool = False) -> str:
    """Return one thing that is lacking; ``is_long`` names slots and files too."""
    facts = dict(lack.facts)
    if "found" in facts:
        facts["found"] = [
            {"family": label(f"status.families.{family}"), "count": count}
            for family, count in facts["found"].items()
        ]
    if "changed" in facts:
        facts["changed"] = [label(f"status.made_from.{each}") for each in facts["changed"]]
    return say(f"status.lacks.{lack.kind}", **facts, is_long=is_long)


def commands_for(standing: Standing, lack: Lack) -> list[str]:
    """Return what to call next for something that is lacking."""
    key = f"status.commands.{lack.kind}"
    if "files" in lack.facts:
        return [say(key, file=file) for file in lack.facts["files"]]
    return [command] if (command := say(key, asked=_asked(standing))) else []


def as_data(standing: Standing) -> dict[str, Any]:
    """Return how a report stands as plain data, with the sentences and commands."""
    lacks = [
        {
            "kind": each.kind,
            **each.facts,
            "text": text_of(each, is_long=True),
            "commands": commands_for(standing, each),
        }
        for each in standing.lacks
    ]
    return {**asdict(standing), "lacks": lacks}


def _facts(standing: Standing) -> dict[str, Any]:
    usual = report_kinds()[0].name
    is_other = standing.report not in ("", usual)
    name = say(
        "status.name",
        name=standing.name,
        year=standing.fiscal_year,
        report=label(f"handing_out.kinds.{standing.report}") if is_other else "",
        file=standing.file,
    )
    number = standing.number if standing.state == "issued" else 0
    return {"name": name, "state": label(f"status.states.{standing.state}"), "number": number}


def _asked(standing: Standing) -> str:
    """Return how a command is told which report is meant."""
    if standing.report in ("", report_kinds()[0].name) and standing.organisation:
        return f"{standing.organisation} --year {standing.fiscal_year}"
    return standing.file
