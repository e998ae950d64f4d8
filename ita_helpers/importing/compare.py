"""Comparing what was read with what is known: which files change, and what is refused."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ita_helpers.errors import (
    BadImport,
    NotPlaced,
    OrganisationExists,
    TwiceInFile,
    UnknownOrganisation,
    nearest,
)
from ita_helpers.files.change import undisturbed
from ita_helpers.files.workspace import Workspace
from ita_helpers.importing.found import CONFLICTING, Found, FoundRank, FoundYear, Place
from ita_helpers.importing.mistakes import Mistakes, refuse
from ita_helpers.importing.new_values import TABLES, Consent, Import, Key, NewValue
from ita_helpers.importing.result_problems import Judged, find_problems, judge
from ita_helpers.importing.table_rows import rows_of, same, sources, value_of, written
from ita_helpers.language.catalogue import label, say
from ita_helpers.offices.newcomers import (
    Newcomer,
    check_code,
    check_newcomer,
    check_not_misspelt,
    codes_in_use,
    describe,
    same_office,
    with_code,
)
from ita_helpers.records.names import bare_province, full_type, identity, normal
from ita_helpers.records.organisation import Organisation
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.rules import read_framework
from ita_helpers.store.table_files import Cells, read_cells

_BRACKETED = re.compile(r"(?P<name>.+?)\s*\((?P<place>[^()]+)\)")


class Comparer:
    """Compares what was read with what the workspace has, within the consent given."""

    def __init__(self, workspace: Workspace, consent: Consent) -> None:
        self.workspace, self.consent = workspace, consent
        self.known = dict(read_organisations(workspace))
        self.by_name: dict[str, list[Organisation]] = {}
        for each in self.known.values():
            self.by_name.setdefault(identity(each.name, each.type), []).append(each)
        self.years = frozenset(workspace.framework_years())
        self.taken = set(codes_in_use(workspace))
        self.plan = Import()
        self.tables: dict[tuple[str, int], dict[Key, Cells]] = {}
        self.added: dict[tuple[str, ...], str] = {}
        self.coming: dict[str, Newcomer] = {}
        self.seen: dict[tuple[object, ...], tuple[str, Place]] = {}
        self.found: dict[tuple[str, int], list[FoundYear]] = {}
        self.mistakes = Mistakes()
        self.is_of_one = False

    def add(self, reading: Found) -> None:
        """Add what one file says; its mistakes, and those found here, are collected.

        Those found here are ``NotPlaced``, ``SimilarOrganisation``, ``UnknownOrganisation``,
        ``CodeInUse`` or ``TwiceInFile``.
        """
        self.plan.remarks += reading.remarks
        self.mistakes.found += reading.mistakes
        if self.consent.hidden:
            self.mistakes.found += reading.hidden_mistakes
        self.is_of_one = len({identity(each.office.name) for each in reading.years}) == 1
        for found in reading.years:
            if found.is_hidden and not self.consent.hidden:
                self.plan.hidden.append(found)
                continue
            with self.mistakes.kept():
                self._add_year(found)
            if self.is_of_one and any(isinstance(e, NotPlaced) for e in self.mistakes.found[-1:]):
                break

    def _add_year(self, found: FoundYear) -> None:
        code = self._place(found)
        found = replace(found, ranks=self._without_own_names(code, found.ranks))
        self.found.setdefault((code, found.fiscal_year), []).append(found)
        for table, cells, places in rows_of(code, found):
            if cells.get("status") == CONFLICTING:
                self._add_conflicting(found.fiscal_year, cells, places["score"])
            else:
                self._compare(table, found.fiscal_year, cells, places)

        if found.plan:
            self._add_plan(code, found)

    def _without_own_names(self, code: str, ranks: Sequence[FoundRank]) -> tuple[FoundRank, ...]:
        """Return ranks without names of groups that are the office's own: it has only one."""
        if not ranks:
            return ()
        office = self.known.get(code) or self.coming[code]
        return tuple(replace(each, name="") if _is_own(office, each) else each for each in ranks)

    def _add_plan(self, code: str, found: FoundYear) -> None:
        """Take a report's measures for an office that has no plan of that year."""
        there = self.workspace.plans(code, found.fiscal_year)
        if not there:
            self.plan.plans.setdefault((code, found.fiscal_year), found.plan)
            return
        facts = {"count": len(found.plan), "plan": self.workspace.shown(there[0])}
        told = say("import.remarks.plan_there", file=found.place.file, **facts)
        self.plan.remarks.append(told)

    def _place(self, found: FoundYear) -> str:
        """Return the code of the office, a proposed one for an office that is not known."""
        office = found.office
        if office.code in self.known:
            return self._known(self.known[office.code], found)
        if not office.name:
            shown = self.workspace.shown(self.workspace.organisations)
            raise UnknownOrganisation(
                organisation=office.code, file=shown, nearest=nearest(office.code, self.known)
            )
        candidates = same_office(office, self.by_name.get(identity(office.name), ()))
        if not candidates and (office := self._in_brackets(office)) != found.office:
            candidates = same_office(office, self.by_name.get(identity(office.name), ()))
        if len(candidates) > 1 or any(_needs_province(each, office) for each in candidates):
            raise NotPlaced(
                name=office.name,
                place=str(found.place),
                found=[describe(each) for each in candidates],
                codes=[each.code for each in candidates if self.is_of_one],
            )
        if candidates:
            self.plan.names[candidates[0].code] = candidates[0].name
            return candidates[0].code
        return self._newcomer(found)

    def _in_brackets(self, office: Newcomer) -> Newcomer:
        """Return an office without the place in brackets after its name, if one is known there."""
        found = _BRACKETED.fullmatch(office.name)
        if not found:
            return office
        place = normal(found["place"])
        for each in self.by_name.get(identity(found["name"]), ()):
            for key in ("district", "province"):
                if normal(getattr(each, key)) == place and not getattr(office, key):
                    return replace(office, name=found["name"], **{key: getattr(each, key)})
                if normal(getattr(office, key)) == place:
                    return replace(office, name=found["name"])
        return office

    def _known(self, known: Organisation, found: FoundYear) -> str:
        office = found.office
        if office.name and not known.is_reference and not same_office(office, [known]):
            raise NotPlaced(
                name=office.name, place=str(found.place), found=[describe(known)], codes=[]
            )
        self.plan.names[known.code] = known.name
        return known.code

    def _newcomer(self, found: FoundYear) -> str:
        office = found.office
        who = (identity(office.name), office.type, office.district, office.province)
        if who not in self.added:
            check_code(office.code)
            if office.code in self.plan.names:
                raise OrganisationExists(
                    name=office.name,
                    code=office.code,
                    known=self.plan.names[office.code],
                    file=found.place.file,
                )
            if not self.consent.accept:
                check_not_misspelt(self.workspace, office, str(found.place))
            coded = self._coded(found)
            self.taken.add(coded.code)
            self.added[who] = coded.code
            self.plan.newcomers.append(coded)
            self.coming[coded.code] = coded
            self.plan.names[coded.code] = coded.name
        return self.added[who]

    def _coded(self, found: FoundYear) -> Newcomer:
        """Return a new office with a code of its own.

        Data under a code without an office count as its own if they agree with the file. Raises
        ``CodeInUse``.
        """
        likely = with_code(found.office, ChainMap[str, Any](self.plan.names, self.known))
        if likely.code not in self.taken:
            return likely
        if self._has_these_scores(likely.code, found):
            self.plan.remarks.append(say("import.adopted", name=likely.name, code=likely.code))
            return likely
        if found.office.code:
            check_newcomer(self.workspace, found.office)
        return with_code(found.office, self.taken)

    def _has_these_scores(self, code: str, found: FoundYear) -> bool:
        rows = self._table("scores", found.fiscal_year)
        have = {key[1]: row["score"] for key, row in rows.items() if key[0] == code}
        used = (each for each in found.scores if each.status != CONFLICTING)
        new = {each.code: written(each) for each in used}
        agree = (same("scores", "score", have[each], new[each]) for each in new)
        return bool(have) and have.keys() == new.keys() and all(agree)

    def find_problems(self, before: Mapping[tuple[str, int], Judged]) -> None:
        """Check each result as it would be, including what the tables already have of it.

        What was judged ``before`` is not judged again. A level that the scores beside it exclude is
        a mistake.
        """
        years = {year for _, year in self.found}
        rules = {year: read_framework(self.workspace, year) for year in years & self.years}
        written = {
            (table, year): self._as_written(table, year) for table in TABLES for year in years
        }
        for (code, year), found in self.found.items():
            with self.mistakes.kept():
                _refuse_without_score(found, written["scores", year].get(code, []))
            if (framework := rules.get(year)) and not self._is_group(code, found):
                rows = {table: written[table, year].get(code, []) for table in TABLES}
                judged = before.get((code, year))
                if judged is None or not judged.is_of(framework, rows):
                    judged = judge(framework, code, rows)
                self.plan.judged[code, year] = judged
                with self.mistakes.kept():
                    accept = self.consent.accept
                    self.plan.problems += find_problems(judged, code, found, accept=accept)

    def _is_group(self, code: str, found: Iterable[FoundYear]) -> bool:
        is_known = code in self.known and self.known[code].is_reference
        return is_known or any(each.office.is_group for each in found)

    def _as_written(self, table: str, year: int) -> dict[str, list[Cells]]:
        """Return each office's rows of a table as they would be."""
        rows = {**self._table(table, year), **self.plan.rows.get((table, year), {})}
        by_office: dict[str, list[Cells]] = {}
        for key, row in rows.items():
            if len(key) < 4:
                by_office.setdefault(key[0], []).append(row)
        return by_office

    def _compare(
        self, table: str, fiscal_year: int, cells: Cells, places: Mapping[str, Place]
    ) -> None:
        key = tuple(cells[column] for column in TABLES[table])
        self._refuse_second(table, fiscal_year, key, cells, places)
        have = self._table(table, fiscal_year).get(key)
        row = dict(have) if have else dict(cells)
        for column, place in places.items():
            old, new = (value_of(table, column, each) if each else "" for each in (have, cells))
            if have and same(table, column, old, new):
                self.plan.unchanged += 1
                continue
            what = column if table == "results" else key[1]
            change = NewValue(key[0], fiscal_year, table, what, old, new, place)
            self.plan.changes.append(change)
            if table == "results":
                row = {**cells, **row, column: cells[column]}
                row["source"] = sources(row["source"], cells["source"])
            else:
                row = dict(cells)
        if have and row == have and cells.get("note", "") not in have.get("note", ""):
            where = (table, "note", "", cells["note"], places["score"])
            self.plan.changes.append(NewValue(key[0], fiscal_year, *where))
            row["note"] = sources(have["note"], cells["note"])
        if row != have:
            self.plan.rows.setdefault((table, fiscal_year), {})[key] = row

    def _refuse_second(
        self,
        table: str,
        fiscal_year: int,
        key: Key,
        cells: Cells,
        places: Mapping[str, Place],
    ) -> None:
        """Raise ``TwiceInFile`` for a value that this import already has from another place."""
        for column, place in places.items():
            seen = (table, fiscal_year, *key, column)
            new = value_of(table, column, cells)
            value, first = self.seen.setdefault(seen, (new, place))
            if not same(table, column, value, new):
                what = label("import.values")
                name = self.plan.names[key[0]]
                raise TwiceInFile(name=name, place=str(place), first=str(first), what=what)

    def _add_conflicting(self, fiscal_year: int, cells: Cells, place: Place) -> None:
        """Add a second published figure: shown in reports, never used, contradicting nothing."""
        path = self.workspace.yearly("scores", fiscal_year)
        key = (cells["organisation"], cells["code"], CONFLICTING, cells["score"])
        for row in read_cells(self.workspace, path, "scores"):
            known = (row["organisation"], row["code"], row["status"])
            if known == key[:3] and same("scores", "score", row["score"], cells["score"]):
                self.plan.unchanged += 1
                return
        change = NewValue(key[0], fiscal_year, "scores", key[1], "", cells["score"], place)
        self.plan.changes.append(change)
        self.plan.rows.setdefault(("scores", fiscal_year), {})[key] = cells

    def _table(self, table: str, fiscal_year: int) -> dict[Key, Cells]:
        """Return the rows of a table that are used, by their keys."""
        if (table, fiscal_year) not in self.tables:
            path = self.workspace.yearly(table, fiscal_year)
            self.tables[table, fiscal_year] = {
                tuple(row[column] for column in TABLES[table]): row
                for row in read_cells(self.workspace, path, table)
                if row.get("status") != CONFLICTING
            }
        return self.tables[table, fiscal_year]


def compare(
    workspace: Workspace,
    readings: Iterable[Found],
    consent: Consent | None = None,
    before: Import | None = None,
) -> Import:
    """Return what importing these would change; ``before`` is what it was when it was shown.

    Raises the mistake that ``Comparison.add`` or ``find_problems`` met, or ``SeveralMistakes``.
    """
    listed = list(readings)

    def read() -> Import:
        comparison = Comparer(workspace, consent or Consent())
        for reading in listed:
            comparison.add(reading)
        refuse(comparison.mistakes.found)
        comparison.find_problems(before.judged if before else {})
        refuse(comparison.mistakes.found)
        return comparison.plan

    return undisturbed(workspace.root, read)


def _is_own(office: Organisation | Newcomer, rank: FoundRank) -> bool:
    own = getattr(office, rank.scope, "")
    return normal(full_type(rank.name)) == normal(own)


def _refuse_without_score(found: Iterable[FoundYear], scores: Sequence[Cells]) -> None:
    """Raise ``BadImport`` for a rank of a year in which the office has no score."""
    for each in () if scores else found:
        for rank in each.ranks:
            facts = {"value": rank.text, "year": each.fiscal_year, "like": ""}
            raise BadImport(problem="rank_year", **facts, **rank.place.facts)


def _needs_province(known: Organisation, office: Newcomer) -> bool:
    """Whether a known office's province, which tells it from namesakes, is not given."""
    return bool(bare_province(known.province)) and not office.province
