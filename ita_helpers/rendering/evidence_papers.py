"""Finding the paper of a report that is shown as evidence: issued, else the working copy.

A file that is not what was written is none, and a working copy that no longer follows its data
neither. Each is an error with the command that mends it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ita_helpers.documents.document import Document
from ita_helpers.documents.marks import read_mark
from ita_helpers.documents.reading import read_document
from ita_helpers.errors import FileMissing, UnusablePaper
from ita_helpers.evidence.dossier import Paper
from ita_helpers.files.workspace import Workspace
from ita_helpers.issued.record import Version
from ita_helpers.issued.versions import newest, shelf_of
from ita_helpers.language.catalogue import label
from ita_helpers.offices.finding import parameters_at
from ita_helpers.records.editions import Edition, suffix_of
from ita_helpers.records.kinds import Kind
from ita_helpers.rendering.inputs import are_as_read, inputs_of_report
from ita_helpers.rendering.issuable import measures_of
from ita_helpers.rendering.loading import load
from ita_helpers.run.keeping import digest_of
from ita_helpers.run.sealing import Existing, read_existing
from ita_helpers.store.loading import inputs_of
from ita_helpers.store.params import load_parameters

PDF = ".pdf"


@dataclass(frozen=True)
class Found:
    """A paper, what is read in it, and the record of the version it is of, if it was issued.

    ``measures`` are those it was made from, by the columns of a plan.
    """

    paper: Paper
    document: Document
    measures: Sequence[Mapping[str, str]] = ()
    version: Version | None = None


@dataclass(frozen=True)
class Wanted:
    """The report of a kind on an office's result of a fiscal year (B.E.)."""

    workspace: Workspace
    organisation: str
    fiscal_year: int
    kind: Kind
    edition: Edition = "internal"

    @property
    def stem(self) -> Path:
        """What its papers are called."""
        return self._named(suffix_of(self.edition))

    def _named(self, suffix: str = "") -> Path:
        return Path(str(self.fiscal_year), f"{self.organisation}{self.kind.suffix}{suffix}")

    @property
    def is_made(self) -> bool:
        """Whether there is a version of it, or a working copy."""
        working = self.workspace.rendered / f"{self.stem}{PDF}"
        return bool(newest(self.workspace, self.stem)) or working.is_file()

    @property
    def parameters(self) -> Path:
        """Its parameter file."""
        usual = self.workspace.params / f"{self._named()}.yml"
        return parameters_at(usual) or usual

    @property
    def speaks_of(self) -> int:
        """The fiscal year (B.E.) it is about: that of the result, or of the measures."""
        return self.fiscal_year + bool(self.kind.ends)

    @property
    def name(self) -> str:
        """What its file is called on a website: ASCII, and without numbers of items."""
        return f"ita-{self.kind.name}-{self.speaks_of}-{self.organisation}"

    @property
    def asked(self) -> str:
        """What is added to a command that makes or issues it."""
        usual = f"{self.organisation} --year {self.fiscal_year}"
        asked = f"params/{self._named().as_posix()}.yml" if self.kind.suffix else usual
        return f"{asked} --edition public" if self.edition == "public" else asked

    def unusable(self, file: Path, problem: str) -> UnusablePaper:
        """Return the error for a file that cannot be shown."""
        shown = self.workspace.shown(file)
        return UnusablePaper(file=shown, problem=problem, asked=self.asked)


def find_paper(wanted: Wanted) -> Found:
    """Return the paper of a report: of the public edition, as soon as there is one.

    Raises ``UnusablePaper``, ``BadVersion``, or what reading a PDF or the data raises.
    """
    public = replace(wanted, edition="public")
    wanted = public if public.is_made else wanted
    version = newest(wanted.workspace, wanted.stem)
    file, digest = _issued(wanted, version) if version else _working(wanted)
    document = read_document(file, wanted.workspace.shown(file))
    content = file.read_bytes()
    if sha256(content).hexdigest() != digest:
        raise wanted.unusable(file, "changed")
    is_internal = _is_internal(content)
    paper = Paper(
        name=f"{wanted.name}{'-internal' if is_internal else ''}{PDF}",
        kind=wanted.kind.name,
        fiscal_year=wanted.speaks_of,
        content=content,
        labels=_labels(content),
        asked=wanted.asked,
        is_internal=is_internal,
    )
    if version:
        return Found(_as_issued(wanted, paper, version), document, version.measures, version)
    data = load(wanted.workspace, load_parameters(wanted.parameters, wanted.workspace))
    return Found(paper, document, measures_of(data.plan))


def _issued(wanted: Wanted, version: Version) -> tuple[Path, str]:
    """Return the PDF of an issued version, and its digest. Raises ``UnusablePaper``."""
    folder = shelf_of(wanted.workspace, wanted.stem) / str(version.number)
    name = _report_among(version.files)
    file = folder / name
    if not file.is_file() or digest_of(file) != version.files[name]:
        raise wanted.unusable(file, "issued")
    return file, version.files[name]


def _report_among(files: Mapping[str, str]) -> str:
    """Return the name of the PDF that is not the memo's."""
    memo = label("handing_out.kinds.memo")
    return next((each for each in files if each.endswith(PDF) and memo not in each), "")


def _working(wanted: Wanted) -> tuple[Path, str]:
    """Return the PDF of the working copy, and its digest. Raises ``UnusablePaper``."""
    base = wanted.workspace.rendered / wanted.stem
    file, notebook = (base.with_name(f"{base.name}{ending}") for ending in (PDF, ".ipynb"))
    existing = read_existing(notebook)
    known = existing.formats.values() if existing else ()
    digests = {files[PDF] for files in known if PDF in files}
    if existing is None or not file.is_file():
        raise wanted.unusable(file, "missing")
    if (digest := digest_of(file)) not in digests:
        raise wanted.unusable(file, "changed")
    if not _is_current(wanted, existing):
        raise wanted.unusable(file, "outdated")
    return file, digest


def _is_current(wanted: Wanted, existing: Existing) -> bool:
    """Whether a working copy shows the data and words as they are."""
    workspace = wanted.workspace
    try:
        parameters = load_parameters(wanted.parameters, workspace).of_edition(wanted.edition)
    except FileMissing:
        return False
    is_same = existing.inputs == inputs_of_report(workspace, parameters)
    return is_same and (existing.read is None or are_as_read(workspace, existing.read))


def _as_issued(wanted: Wanted, paper: Paper, version: Version) -> Paper:
    now = inputs_of(wanted.workspace, wanted.organisation, wanted.fiscal_year)
    return replace(
        paper,
        number=version.number,
        document=version.document,
        day=version.day,
        is_outdated=version.made_from.data != now,
    )


def _is_internal(content: bytes) -> bool:
    """Whether a PDF is of the edition that an office keeps to itself."""
    mark = read_mark(content, PDF)
    return mark is not None and mark.origin.edition == "internal"


def _labels(content: bytes) -> tuple[str, ...]:
    """Return the numbers printed on the pages of a PDF; nothing where it does not say them."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        if "/PageLabels" not in pdf.Root:
            return ()
        return tuple(str(each.label) for each in pdf.pages)
