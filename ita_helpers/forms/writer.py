"""Writing the score form: an Excel workbook for people used to Excel to fill in.

Known data are already filled in. Totals are computed beside the scores, and turn red where the
announced ones do not agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

from ita_helpers.files.change import undisturbed, writing
from ita_helpers.files.inert import put_text
from ita_helpers.files.names import in_file_names
from ita_helpers.files.workspace import Workspace, first_free
from ita_helpers.forms.layout import (
    CHECK,
    COMPUTED,
    EARLIER_YEARS,
    KEY,
    LABEL,
    MARK,
    NOTE,
    OFFICE,
    SUGGESTION,
    VALUE,
    FormLine,
    lines,
)
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.dates import format_date
from ita_helpers.records.framework import Framework
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.scores import TOLD, Score, YearScores, printed_source, told_by
from ita_helpers.scoring.weighted import weights_of
from ita_helpers.spreadsheets.cells import column_letters
from ita_helpers.spreadsheets.house_style import (
    BAND,
    BOLD,
    FONT,
    FRAME,
    GREY,
    TITLE,
    dress,
    fit_on_pages,
)
from ita_helpers.spreadsheets.workbooks import saved
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import read_year
from ita_helpers.store.table_files import write_together

WIDTHS = {KEY: 8, LABEL: 62, VALUE: 34, COMPUTED: 12, CHECK: 22, SUGGESTION: 44, NOTE: 34}
HEIGHT = 27
"""Points: a line of the font, with its upper and lower marks."""
GUIDE_LINE = 88
"""Characters that fit on one line of the guide."""
AGREES = "0.0100001"
"""Points: printed totals and their parts may each be off by half a hundredth."""
_LINES = {MARK: 1.5, "source": 3}
_FORMATS = {"score": "0.00", "count": "0"}
_LETTER = {column: column_letters(column) for column in WIDTHS}
_INPUT = PatternFill("solid", fgColor="FFF8DC")
_WRONG = PatternFill("solid", bgColor="F4B6B0")
_WRAPPED = Alignment(wrap_text=True, vertical="center")
_UNLOCKED = Protection(locked=False)


@dataclass(frozen=True)
class _Filled:
    """What is known of a year, by the keys of the form's rows."""

    values: dict[str, object]
    suggestions: dict[str, str]
    notes: dict[str, str]


def write_form(
    workspace: Workspace,
    fiscal_year: int,
    organisation: Organisation | None,
    path: Path | None = None,
) -> Path:
    """Write the form of a fiscal year (B.E.) and up to five before it, and return its path.

    By default that is the first free one. Raises ``YearWithoutFramework`` or ``WriteFailed``.
    """
    form = undisturbed(workspace.root, lambda: render_form(workspace, fiscal_year, organisation))
    with writing(path.parent if path else workspace.root):
        path = path or free_form(workspace, fiscal_year, organisation)
        write_together(workspace, {path: form})
    return path


def free_form(workspace: Workspace, fiscal_year: int, organisation: Organisation | None) -> Path:
    """Return a free path for a new form.

    It is named after the office, with the code to tell it from others of its name, and the year
    (B.E.).
    """
    name = in_file_names(organisation.short_name) if organisation else ""
    code = organisation.code if organisation else ""
    stem = say("form.file", name=name, code=code, year=fiscal_year)
    first = workspace.root / f"{stem}.xlsx"
    return first_free(workspace.root, f"{stem} ({{}}).xlsx") if first.exists() else first


def render_form(workspace: Workspace, fiscal_year: int, organisation: Organisation | None) -> bytes:
    """Return the form as an ``.xlsx`` file."""
    newest = read_framework(workspace, fiscal_year)
    known = [year for year in workspace.framework_years() if year < fiscal_year]
    earlier = sorted(known, reverse=True)[:EARLIER_YEARS]
    book = Workbook()
    _write_guide(book.active, fiscal_year)
    for year in (fiscal_year, *earlier):
        framework = newest if year == fiscal_year else read_framework(workspace, year)
        filled = _known(workspace, organisation, framework)
        _Sheet(book.create_sheet(str(year)), framework, filled).write(
            organisation, is_first=year == fiscal_year
        )
    book.active = 1
    return saved(book, say("form.title", year=fiscal_year))


def _known(
    workspace: Workspace, organisation: Organisation | None, framework: Framework
) -> _Filled:
    year = organisation and read_year(
        workspace, organisation.code, framework.fiscal_year, framework
    )
    if not year:
        return _Filled({}, {}, {})
    scores = year.scores.values()
    return _Filled(
        {**_result(year), **{each.code: _as_typed(each) for each in scores}},
        {each.code: each.text or label("form.named_only") for each in year.suggestions},
        {each.code: each.note for each in scores if each.note},
    )


def _as_typed(score: Score) -> float | str:
    return str(score.weighted) if score.weighted else float(score.points)


def _result(year: YearScores) -> dict[str, object]:
    """Return level, date, respondents, and the source where all scores share one."""
    found: dict[str, object] = {}
    if year.result:
        counts = {f"respondents_{key}": n for key, n in year.result.respondents.items()}
        found = {"level": year.result.level or "", **counts}
        if year.result.announced:
            found["announced"] = format_date(year.result.announced)
    statuses = {told_by(each.status) for each in year.scores.values()}
    sources = {printed_source(each.source) for each in year.scores.values()}
    if len(statuses) == 1:
        found["status"] = label(f"form.statuses.{statuses.pop()}")
    if len(sources) == 1:
        found["source"] = sources.pop()
    return found


def _write_guide(sheet: Any, fiscal_year: int) -> None:
    sheet.title = label("form.guide_sheet")
    sheet.column_dimensions["A"].width = 110
    texts = [label("form.guide.title"), *say("form.guide.steps", year=fiscal_year).splitlines()]
    for row, text in enumerate(texts, start=1):
        cell = sheet.cell(row, 1, text)
        dress(cell, font=TITLE if row == 1 else FONT, alignment=_WRAPPED)
        sheet.row_dimensions[row].height = HEIGHT * (2 if len(text) > GUIDE_LINE else 1.25)
    _fit_on_pages(sheet)


def _fit_on_pages(sheet: Any) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    fit_on_pages(sheet)


class _Sheet:
    """Writes the sheet of one year, from the top down."""

    def __init__(self, sheet: Any, framework: Framework, filled: _Filled) -> None:
        self.sheet, self.framework, self.filled = sheet, framework, filled
        self.row = 0
        self.rows: dict[str, int] = {}

    def write(self, organisation: Organisation | None, *, is_first: bool) -> None:
        """Write all rows; the first sheet has those of the office too."""
        self._write_top(is_first)
        block = ""
        for line in lines(self.framework, with_office=is_first):
            if line.block != block:
                block = line.block
                self._write_block(block)
            self._write_line(line, organisation)
        self._write_checks()
        self._add_validations(is_first)
        self._lay_out()

    def _write_top(self, is_first: bool) -> None:
        year = self.framework.fiscal_year
        self._next(MARK)
        self.sheet.cell(self.row, LABEL, say("form.title", year=year)).font = TITLE
        self._next("")
        text = label("form.subtitle" if is_first else "form.earlier")
        self.sheet.cell(self.row, LABEL, text).font = GREY
        if self.framework.is_assumed:
            self._next("")
            assumed = say("report.rules.assumed", year=self.framework.assumed_from)
            self.sheet.cell(self.row, LABEL, assumed).font = GREY
        self._next("fiscal_year", year)
        self._label(label("form.fiscal_year"))
        self.sheet.cell(self.row, VALUE).font = BOLD

    def _write_block(self, block: str) -> None:
        self._next("head")
        heads = {VALUE: "value", COMPUTED: "computed", CHECK: "check"}
        heads |= {SUGGESTION: "suggestion", NOTE: "note"}
        for column in range(LABEL, NOTE + 1):
            shows = column == VALUE or (column in heads and block not in ("office", "result"))
            text = label(f"form.heads.{heads[column]}") if shows else ""
            text = label(f"form.blocks.{block}") if column == LABEL else text
            cell = self.sheet.cell(self.row, column, text or None)
            dress(cell, font=BOLD, fill=BAND, alignment=_WRAPPED)

    def _write_line(self, line: FormLine, organisation: Organisation | None) -> None:
        value = self.filled.values.get(line.key)
        if line.key in OFFICE:
            value = _fact(organisation, line.key)
        self._next(line.key, value)
        self._label(line.label)
        self._make_input(VALUE)
        cell = self.sheet.cell(self.row, VALUE)
        dress(cell, number_format=_FORMATS.get(line.kind, "@"))
        if line.kind != "score":
            return
        for column, known in ((SUGGESTION, self.filled.suggestions), (NOTE, self.filled.notes)):
            self._set(column, known.get(line.key))
            self._make_input(column)
        if line.is_item:
            self.sheet.row_dimensions[self.row].outlineLevel = 1
            self.sheet.row_dimensions[self.row].hidden = line.key not in self.filled.values

    def _write_checks(self) -> None:
        for code, terms in self._totals().items():
            parts = [self._ref(part) for part in terms]
            formula = "+".join(f"{share}*{self._ref(part)}" for part, share in terms.items())
            value, computed = self._ref(code), f"{_LETTER[COMPUTED]}{self.rows[code]}"
            row = self.rows[code]
            cell = self.sheet.cell(
                row, COMPUTED, f'=IF(COUNT({",".join(parts)})={len(parts)},{formula},"")'
            )
            dress(cell, number_format="0.00", font=GREY, alignment=_WRAPPED)
            agrees, differs = label("form.agrees"), label("form.differs")
            check = self.sheet.cell(
                row,
                CHECK,
                f'=IF(COUNT({value},{computed})<2,"",IF(ABS({value}-{computed})<={AGREES},'
                f'"{agrees}","{differs} "&TEXT(ABS({value}-{computed}),"0.00")))',
            )
            dress(check, font=FONT, alignment=_WRAPPED)
            wrong = f"AND(COUNT({value},{computed})=2,ABS({value}-{computed})>{AGREES})"
            for column in (VALUE, COMPUTED, CHECK):
                self._turn_red(f"{_LETTER[column]}{row}", wrong)

    def _totals(self) -> dict[str, dict[str, str]]:
        """Return what each total is made of, with the share of each part in it."""
        framework = self.framework
        overall = {
            each.code: _share(framework.weight_of(each.code)) for each in framework.indicators.list
        }
        totals = {"ITA": overall}
        for instrument in framework.instruments.list:
            codes = [each.code for each in framework.indicators_of(instrument.code)]
            totals[instrument.code] = {code: _share(Fraction(1, len(codes))) for code in codes}
        return totals

    def _add_validations(self, is_first: bool) -> None:
        by_kind: dict[str, list[str]] = {}
        weights = weights_of(self.framework)
        for line in lines(self.framework, with_office=is_first):
            if line.key in weights:
                continue
            by_kind.setdefault(line.kind, []).append(self._ref(line.key))
        levels = [each.name for each in self.framework.levels.list]
        statuses = [label(f"form.statuses.{key}") for key in TOLD]
        rules = {
            "score": DataValidation("decimal", operator="between", formula1="0", formula2="100"),
            "count": DataValidation("whole", operator="greaterThanOrEqual", formula1="0"),
            "level": DataValidation("list", formula1=f'"{",".join(levels)}"'),
            "status": DataValidation("list", formula1=f'"{",".join(statuses)}"'),
        }
        for kind, rule in rules.items():
            rule.allow_blank, rule.showErrorMessage = True, True
            rule.errorTitle = label("form.validation.title")
            key = kind if kind in ("score", "count") else "choice"
            rule.error = label(f"form.validation.{key}")
            self.sheet.add_data_validation(rule)
            for ref in by_kind[kind]:
                rule.add(ref)
        for ref in by_kind["score"]:
            self._turn_red(ref, f'AND({ref}<>"",OR(NOT(ISNUMBER({ref})),{ref}<0,{ref}>100))')
        self._allow_points()

    def _allow_points(self) -> None:
        """Let instruments and their parts also have weighted points, ``28.04/30``."""
        for code, weight in weights_of(self.framework).items():
            ref = self._ref(code)
            is_score = f"AND(ISNUMBER({ref}),{ref}>=0,{ref}<=100)"
            allowed = f'OR({is_score},RIGHT({ref},3)="/{weight}")'
            rule = DataValidation("custom", formula1=allowed, allow_blank=True)
            rule.showErrorMessage, rule.errorTitle = True, label("form.validation.title")
            rule.error = say("form.validation.points", weight=weight)
            self.sheet.add_data_validation(rule)
            rule.add(ref)
            self._turn_red(ref, f'AND({ref}<>"",NOT({allowed}))')

    def _lay_out(self) -> None:
        for column, width in WIDTHS.items():
            self.sheet.column_dimensions[_LETTER[column]].width = width
        self.sheet.column_dimensions[_LETTER[KEY]].hidden = True
        self.sheet.sheet_properties.outlinePr.summaryBelow = False
        self.sheet.freeze_panes = "C4"
        self.sheet.sheet_view.showGridLines = False
        _fit_on_pages(self.sheet)

    def _next(self, key: str, value: object = None) -> None:
        self.row += 1
        self.sheet.cell(self.row, KEY, key or None)
        self.sheet.row_dimensions[self.row].height = HEIGHT * _LINES.get(key, 1)
        self._set(VALUE, value)
        if key:
            self.rows[key] = self.row

    def _label(self, text: str) -> None:
        cell = self.sheet.cell(self.row, LABEL)
        put_text(cell, text)
        dress(cell, font=FONT, alignment=_WRAPPED)

    def _set(self, column: int, value: object) -> None:
        """Put a value into a cell; text stays text whatever it begins with."""
        if value is None or value == "":
            return
        cell = self.sheet.cell(self.row, column)
        if not isinstance(value, str):
            cell.value = value
            return
        put_text(cell, value)

    def _make_input(self, column: int) -> None:
        cell = self.sheet.cell(self.row, column)
        look = {"fill": _INPUT, "border": FRAME, "font": FONT, "alignment": _WRAPPED}
        dress(cell, **look, protection=_UNLOCKED)

    def _turn_red(self, ref: str, condition: str) -> None:
        self.sheet.conditional_formatting.add(ref, FormulaRule(formula=[condition], fill=_WRONG))

    def _ref(self, key: str) -> str:
        return f"{_LETTER[VALUE]}{self.rows[key]}"


def _fact(organisation: Organisation | None, key: str) -> str:
    if organisation is None:
        return ""
    return str(organisation.code if key == "organisation" else getattr(organisation, key))


def _share(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"
