"""Parameter files: which organisation, which year, and the few options of a report.

papermill only warns about an unknown parameter, and starts a kernel before it finds a bad one; here
each file is validated against one model before anything starts. ``params/schema.json`` is made from
the same model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from ita_helpers.errors import (
    BadSlug,
    BadValue,
    DefaultsAreNoReport,
    MisplacedParameters,
    MissingKey,
    ParameterError,
    PartsClash,
    PublicClash,
    UnknownChoice,
    UnknownKey,
    nearest,
)
from ita_helpers.files.remembered import remembered
from ita_helpers.files.workspace import Workspace
from ita_helpers.files.yaml_mapping import read_mapping, shortened
from ita_helpers.language.dates import parse_date
from ita_helpers.language.thai import Numerals
from ita_helpers.records.editions import INTERNAL_PARTS, Edition, suffix_of
from ita_helpers.records.kinds import Kind, kind_named, report_kinds
from ita_helpers.records.layout import (
    ANALYSES,
    PARTS,
    AnalysisName,
    Layout,
    PartName,
    PlanLayout,
    PresetName,
    TitleName,
    choose_layout,
)
from ita_helpers.records.organisation import SLUG
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.params_defaults import (
    Block,
    Defaults,
    Given,
    defaults_file,
    given_in,
    merge,
    read_defaults,
)
from ita_helpers.store.params_peers import check_peers

PeersName = Literal["", "province", "district", "type", "size"]
PARTS_CLASH, PUBLIC_CLASH = "parts_clash", "public_clash"
QUOTED_YEAR = re.compile(r"\s*\d{4}\s*")


class ReportParameters(BaseModel):
    """The parameters of one report; the names are those of the notebook's parameters cell."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    organisation: str = Field(
        pattern=f"^{SLUG.pattern}$",
        max_length=100,
        description="code of the organisation in data/organisations.csv; of a comparison any code, "
        "after which its files are named",
        examples=["bang-khae"],
    )
    fiscal_year: int = Field(
        ge=2500, le=2700, description="year of the result (B.E.)", examples=[2568]
    )
    numerals: Numerals = Field(default="thai", description="digits of the report: thai or arabic")
    edition: Edition = Field(
        default="internal",
        description="for the office itself (internal), or to be published (public): the latter "
        "leaves out obstacles, notes on figures, the memo, counts of fewer than ten respondents, "
        "own cells tagged internal, and hints, ticks and findings of the check",
    )
    preset: PresetName = Field(
        default="standard", description="kind of report: its parts, title and layout of measures"
    )
    parts: list[PartName] = Field(
        default=[], description="parts of the report in their order, in place of the preset's"
    )
    title: TitleName | Literal[""] = Field(default="", description="title of the report")
    plan_layout: PlanLayout | Literal[""] = Field(
        default="", description="layout of the table of measures"
    )
    analysis: AnalysisName = Field(
        default="grouped",
        description="sections for remarkable indicators and one table for the others (grouped), "
        "or a section for each indicator (full)",
    )

    peers: PeersName | list[str] = Field(
        default="",
        description="whom an analysis ranks the office among: those of its province, district, "
        "type, or type and size, or offices by their codes, its own among them; empty: nobody",
        examples=["province", ["bang-khae", "bang-krabue"]],
    )

    report: str = Field(
        default="analysis",
        json_schema_extra=lambda schema: schema.update(enum=[*_kinds()]),
        description="the analysis, or the report on what was done of the plan: of the year "
        "(follow-up) or of its first half (half-year); or the comparison of many offices",
    )
    as_of: str = Field(
        default="",
        description="day a follow-up speaks of; empty: the end of its period",
        examples=["2569-09-30"],
    )

    province: str = Field(
        default="", max_length=100, description="a comparison: offices of this province"
    )
    district: str = Field(
        default="", max_length=100, description="a comparison: offices of this district"
    )
    office_type: str = Field(
        default="", max_length=200, description="a comparison: offices of this type"
    )
    offices: list[str] = Field(
        default=[],
        description="a comparison: these offices, by their codes, instead of those of a place",
        examples=[["bang-khae", "bang-krabue"]],
    )
    marked: str = Field(
        default="", max_length=100, description="a comparison: code of an office to be marked"
    )
    published: bool = Field(
        default=False,
        description="a comparison: its offices are those that one site publishes, of all of the "
        "place; their public editions are compared. `ita publish` says so itself",
    )

    @field_validator("fiscal_year", mode="before")
    @classmethod
    def _is_a_number(cls, written: Any) -> Any:
        is_quoted = isinstance(written, str) and QUOTED_YEAR.fullmatch(written)
        return int(written) if is_quoted else written

    @field_validator("report", mode="before")
    @classmethod
    def _is_a_kind(cls, written: Any) -> Any:
        if written not in _kinds():
            raise PydanticKnownError("literal_error", {"expected": ", ".join(_kinds())})
        return written

    @field_validator("peers", mode="before")
    @classmethod
    def _are_codes(cls, written: Any) -> Any:
        if isinstance(written, list):
            if not all(isinstance(each, str) and SLUG.fullmatch(each) for each in written):
                raise ValueError(written)
        elif written not in (names := get_args(PeersName)):
            raise PydanticKnownError("literal_error", {"expected": ", ".join(filter(None, names))})
        return written

    @field_validator("as_of")
    @classmethod
    def _is_a_day(cls, text: str, info: ValidationInfo) -> str:
        year = info.data.get("fiscal_year")
        if text:
            parse_date(text, year + 1 if year else 0)
        return text

    @model_validator(mode="after")
    def _parts_fit_together(self) -> Self:
        repeated = next((part for part in self.parts if self.parts.count(part) > 1), "")
        analyses = [part for part in self.parts if part in ANALYSES]
        if repeated or len(analyses) > 1:
            raise PydanticCustomError(PARTS_CLASH, repeated or ", ".join(analyses))
        internal = [part for part in self.parts if part in INTERNAL_PARTS]
        if self.edition == "public" and internal:
            raise PydanticCustomError(PUBLIC_CLASH, ", ".join(internal))
        return self

    @property
    def layout(self) -> Layout:
        """The parts, title and layout of measures the file asks for."""
        chosen = (self.preset, self.parts, self.title, self.plan_layout, self.analysis)
        return choose_layout(*chosen, self.edition)

    @property
    def stem(self) -> Path:
        """``<year>/<organisation>`` plus the suffix of its kind, the same in every folder."""
        return Path(str(self.fiscal_year), f"{self.organisation}{self.kind.suffix}")

    @property
    def paper(self) -> Path:
        """What its papers are called: the stem, plus the suffix of the edition.

        Both editions are made of one parameter file, one notebook and the same data.
        """
        return self.stem.with_name(f"{self.stem.name}{suffix_of(self.edition)}")

    def of_edition(self, edition: Edition | None) -> ReportParameters:
        """Return the parameters of an edition; ``None`` is the one they name."""
        return self.model_copy(update={"edition": edition}) if edition else self

    @property
    def kind(self) -> Kind:
        """The kind of the report."""
        return kind_named(self.report)

    @property
    def template(self) -> str:
        """The name of the notebook that makes the report."""
        return self.kind.notebook

    @property
    def for_notebook(self) -> dict[str, Any]:
        """The parameters its notebook has."""
        return self.model_dump(include={*self.kind.keys})


def _kinds() -> list[str]:
    return [each.name for each in report_kinds()]


def load_parameters(path: Path, workspace: Workspace) -> ReportParameters:
    """Read and check one parameter file, with the defaults that apply to it.

    Raises a ``ParameterError``, ``FileMissing`` or ``UnreadableFile`` that names file, key, value
    and remedy.
    """
    return read_written(path, workspace).parameters


@dataclass(frozen=True)
class Written:
    """The parameters of a file, and where each that is not the program's stands."""

    parameters: ReportParameters
    given: Mapping[str, Given]

    def of_file(self, shown: str) -> dict[str, Given]:
        """Return the values that stand in a file of this name."""
        return {key: each for key, each in self.given.items() if each.file == shown}


def read_written(path: Path, workspace: Workspace, without: str = "") -> Written:
    """Read and check one parameter file as ``load_parameters`` does.

    With ``without`` it is read as if the file did not have that key.
    """
    shown = workspace.shown(path)
    if path.parent == workspace.params and path.stem == defaults_file(workspace).stem:
        raise DefaultsAreNoReport(file=shown)
    mapping = read_mapping(path, shown, dates_as_text=True)
    own = {key: each for key, each in given_in(mapping, shown).items() if key != without}
    given = merge([*_defaults_for(workspace, own), own])
    parameters = _checked(given, shown)
    expected = workspace.params / parameters.stem.with_suffix(".yml")
    if path != expected:
        _refuse_misplaced(path, expected, workspace)
    if parameters.peers and "peers" in parameters.kind.keys:
        check_peers(workspace, parameters.organisation, parameters.peers, given["peers"])
    return Written(parameters, given)


def _refuse_misplaced(path: Path, expected: Path, workspace: Workspace) -> None:
    """Refuse a file among the parameter files that is not where its report's is to be."""
    place = path.resolve()
    if place.is_relative_to(workspace.params.resolve()) and place != expected.resolve():
        is_near = place.with_suffix(expected.suffix) == expected.resolve()
        shown = workspace.shown(expected)
        raise MisplacedParameters(file=workspace.shown(path), expected=shown, is_misspelt=is_near)


def check_defaults(workspace: Workspace) -> Defaults:
    """Return the defaults of a workspace, each of which is possible by itself.

    Raises what ``read_defaults`` raises, or the ``ParameterError`` of a value.
    """
    defaults = read_defaults(workspace)
    path = defaults_file(workspace)
    if defaults.blocks:
        remembered(path, "checked", lambda: [*map(_check_alone, defaults.blocks.values())])
    return defaults


def _check_alone(block: Block) -> ReportParameters:
    some = {"organisation": _example("organisation"), "fiscal_year": int(_example("fiscal_year"))}
    return _checked({key: Given(value, "", 0) for key, value in some.items()} | dict(block), "")


def _defaults_for(workspace: Workspace, own: Block) -> list[Block]:
    """Return the defaults that apply to a file: of its office, and of what its kind has."""
    defaults = check_defaults(workspace)
    if not defaults.blocks:
        return []
    report, code = (str(own[key].value) if key in own else "" for key in ("report", "organisation"))
    kind = kind_named(report if report in _kinds() else _kinds()[0])
    is_of_office = defaults.named and not kind.is_of_many
    office = read_organisations(workspace).get(code) if is_of_office else None
    return [
        {key: each for key, each in block.items() if key in kind.keys}
        for block in defaults.applying_to(office)
    ]


def _checked(given: Mapping[str, Given], shown: str) -> ReportParameters:
    try:
        return ReportParameters.model_validate({key: each.value for key, each in given.items()})
    except ValidationError as error:
        raise _explain(_first_of(error.errors()), given, shown) from error


def schema() -> dict[str, Any]:
    """Return the JSON schema of a parameter file."""
    return ReportParameters.model_json_schema()


def _first_of(errors: list[Any]) -> Any:
    """Return the mistake to report: a misspelt key rather than the key it makes missing."""
    first = errors[0]
    if first["type"] != "missing":
        return first
    extra = (each for each in errors if each["type"] == "extra_forbidden")
    fields = ReportParameters.model_fields
    misspelt = (e for e in extra if nearest(str(e["loc"][0]), fields) == first["loc"][0])
    return next(misspelt, first)


def _explain(error: Any, given: Mapping[str, Given], shown: str) -> ParameterError:
    clash = CLASHES.get(error["type"])
    key = "parts" if clash else str(error["loc"][0])
    place = given.get(key, Given(None, shown, 0))
    file, line = place.file, place.line
    if clash:
        return clash(file=file, line=line, parts=error["msg"])
    if error["type"] == "missing":
        return MissingKey(file=file, key=key, example=_example(key))
    if error["type"] == "extra_forbidden":
        return UnknownKey(
            file=file,
            key=key,
            line=line,
            nearest=nearest(key, ReportParameters.model_fields),
            known=sorted(ReportParameters.model_fields),
        )
    value = place.written or shortened(error["input"])
    if error["type"] == "literal_error":
        known = [each for each in _choices(key) if each]
        return UnknownChoice(
            file=file, line=line, key=key, value=value, nearest=nearest(value, known), known=known
        )
    if key == "organisation":
        return BadSlug(file=file, line=line, value=value)
    return BadValue(file=file, line=line, key=key, value=value, example=_example(key))


CLASHES: Mapping[str, type[ParameterError]] = {
    PARTS_CLASH: PartsClash,
    PUBLIC_CLASH: PublicClash,
}


def _choices(key: str) -> list[str]:
    """Return what a key with fixed choices can be."""
    schema = ReportParameters.model_json_schema()["properties"][key]
    if key == "parts":
        return list(PARTS)
    options = schema.get("anyOf", [schema])
    return [str(c) for option in options for c in option.get("enum", [option.get("const", "")])]


def _example(key: str) -> str:
    field = ReportParameters.model_fields[key]
    return str(field.examples[0] if field.examples else field.default)
