"""The command line ``ita``: thin, and the one place that joins running to analysis."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from ita_helpers import copies, store
from ita_helpers.assessment import assess
from ita_helpers.catalogue import label, say
from ita_helpers.edited.join import Joined
from ita_helpers.errors import FileMissing, ItaError
from ita_helpers.explain import explain as explain_assessment
from ita_helpers.loading import digest_of, load_data
from ita_helpers.params import ReportParameters, load_parameters
from ita_helpers.paths import ROOT_VARIABLE, Workspace, find_workspace
from ita_helpers.publish.notebook_reader import read_papers
from ita_helpers.publish.standards import STANDARDS, Standard
from ita_helpers.publish.tree import Document
from ita_helpers.report_data import ReportData
from ita_helpers.run.jobs import Export, Job, Outcome, Renderer

log = logging.getLogger(__name__)


class _Command(click.Command):
    """A command whose help ends with an example that can be copied."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example under the options."""
        with formatter.section(label("cli.example")):
            formatter.write_text(self.example)


def _command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    return main.command(
        name,
        cls=_Command,
        help=label(f"cli.{name}.help"),
        example=label(f"cli.{name}.example"),
    )


@click.group(help=label("cli.main"), context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(path_type=Path), help=label("cli.root"))
@click.version_option(package_name="ita-helpers")
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Run ``ita``."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("ita_helpers").setLevel(logging.INFO)
    context.obj = root


@_command("explain")
@click.argument("params", type=click.Path(path_type=Path))
@click.pass_obj
def explain(root: Path | None, params: Path) -> None:
    """Print the arithmetic of one result."""
    try:
        workspace = find_workspace(root)
        parameters = load_parameters(params, workspace)
        organisation = store.find_organisation(workspace, parameters.organisation)
        framework = store.read_framework(workspace, parameters.fiscal_year)
        year = store.require_year(
            workspace, parameters.organisation, parameters.fiscal_year, framework
        )
    except ItaError as error:
        _stop(error)
    click.echo(explain_assessment(organisation, assess(framework, year)), nl=False)


@_command("check")
@click.argument("params", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def check(root: Path | None, params: tuple[Path, ...]) -> None:
    """Check parameter files, data and the words of notebooks."""
    try:
        workspace = find_workspace(root)
        files = find_parameter_files(params or (workspace.params,), workspace)
    except ItaError as error:
        _stop(error)
    count = drafts = 0
    for file in files:
        lines, unread = _check_report(workspace, file)
        for line in lines:
            click.echo(line)
        count += len(lines)
        drafts += unread
    click.echo(say("check.done", files=len(files), count=count, drafts=drafts))
    sys.exit(1 if count else 0)


def _check_report(workspace: Workspace, file: Path) -> tuple[list[str], int]:
    """Return a line for everything wrong with one report, and how many of its slots are drafts."""
    try:
        parameters = load_parameters(file, workspace)
        data = _load(workspace, parameters)
        joined = copies.join_copy(workspace, parameters, data)
        drafts = len(joined.slots("draft")) if joined else len(copies.drafts_of(data))
        return copies.check_report(workspace, parameters, data), drafts
    except ItaError as error:
        return [str(error)], 0


def _load(workspace: Workspace, parameters: ReportParameters) -> ReportData:
    owner = (parameters.organisation, parameters.fiscal_year)
    return load_data(workspace, *owner, parameters.numerals, parameters.layout)


@_command("edit")
@click.argument("params", type=click.Path(path_type=Path))
@click.option("--no-lab", is_flag=True, help=label("cli.edit.no_lab"))
@click.pass_obj
def edit(root: Path | None, params: Path, no_lab: bool) -> None:
    """Make or renew the office's own notebook of one report, and open it."""
    try:
        workspace = find_workspace(root)
        parameters = load_parameters(params, workspace)
        data = _load(workspace, parameters)
        renewal = copies.renew_copy(workspace, parameters, params, data)
    except ItaError as error:
        _stop(error)
    _tell_renewal(workspace, renewal)
    if not no_lab:
        environment = {**os.environ, ROOT_VARIABLE: str(workspace.root)}
        command = [sys.executable, "-m", "jupyterlab", str(renewal.path)]
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)


def _tell_renewal(workspace: Workspace, renewal: copies.Renewal) -> None:
    file = workspace.shown(renewal.path)
    if not renewal.is_written:
        click.echo(say("edit.current", file=file))
    elif renewal.backup:
        click.echo(say("edit.renewed", file=file, backup=workspace.shown(renewal.backup)))
    else:
        click.echo(say("edit.made", file=file))
    if renewal.offers:
        click.echo(say("edit.offered", year=renewal.offers_of, count=renewal.offers))


@_command("render")
@click.argument("params", nargs=-1, type=click.Path(path_type=Path))
@click.option("--to", default="html,pdf", show_default=True, help=label("cli.render.to"))
@click.option("--out", type=click.Path(path_type=Path), help=label("cli.render.out"))
@click.option("--force", is_flag=True, help=label("cli.render.force"))
@click.option(
    "--pdf-standard",
    type=click.Choice(STANDARDS),
    default="ua-1",
    show_default=True,
    help=label("cli.render.pdf_standard"),
)
@click.option("--fail-fast", is_flag=True, help=label("cli.render.fail_fast"))
@click.pass_context
def render(
    context: click.Context,
    params: tuple[Path, ...],
    to: str,
    out: Path | None,
    force: bool,
    fail_fast: bool,
    pdf_standard: Standard,
) -> None:
    """Make the reports of the given parameter files."""
    started = time.monotonic()
    try:
        workspace = find_workspace(context.obj)
        exports = _exports(to, pdf_standard, workspace)
        files = find_parameter_files(params or (workspace.params,), workspace)
    except ItaError as error:
        _stop(error)
    if not files:
        places = [workspace.shown(place) for place in params or (workspace.params,)]
        raise click.UsageError(say("cli.render.nothing", places=places))
    out = out or workspace.rendered
    renderer = Renderer(out=out.absolute(), read=read_papers, exports=exports, force=force)
    failures = made = findings = 0
    jobs: list[Job] = []
    joins: dict[Path, tuple[ReportParameters, Joined | None]] = {}
    scratch = context.with_resource(tempfile.TemporaryDirectory(prefix="ita-"))
    for file in files:
        try:
            parameters = load_parameters(file, workspace)
            data = _load(workspace, parameters)
            joined = copies.join_copy(workspace, parameters, data)
            jobs.append(plan_job(workspace, parameters, data, joined, Path(scratch)))
            joins[jobs[-1].stem] = (parameters, joined)
            findings += _count_findings(workspace, parameters)
        except ItaError as error:
            failures += 1
            _tell_failure(workspace.shown(file), error)
            if fail_fast:
                sys.exit(1)
    with tqdm(jobs, desc=label("cli.render.progress"), disable=None, leave=False) as progress:
        for job in progress:
            progress.set_postfix_str(job.stem.as_posix())
            try:
                parameters, joined = joins[job.stem]
                naming = copies.naming_cells_of_the_copy(workspace, parameters, joined)
                with copies.root_for_notebooks(workspace), naming:
                    outcome = renderer.render(job)
            except ItaError as error:
                failures += 1
                _tell_failure(job.stem.as_posix(), error)
                if fail_fast:
                    break
                continue
            made += 1
            _tell_outcome(outcome, workspace)
    click.echo(
        say(
            "cli.render.done",
            done=made,
            total=len(files),
            seconds=f"{time.monotonic() - started:.1f}",
            out=workspace.shown(out),
            findings=findings,
        )
    )
    sys.exit(1 if failures else 0)


def find_parameter_files(places: Iterable[Path], workspace: Workspace) -> list[Path]:
    """Return the files named, and all ``*.yml`` in the folders named, each once.

    Raises ``FileMissing`` for a place that does not exist.
    """
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            found.update(dict.fromkeys(_visible(place)))
        elif place.exists():
            found[place.absolute()] = None
        else:
            raise FileMissing(file=workspace.shown(place))
    return list(found)


def _visible(folder: Path) -> list[Path]:
    """Return the parameter files of a folder, without those of hidden folders (checkpoints)."""
    return sorted(
        path.absolute()
        for path in folder.rglob("*.yml")
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def plan_job(
    workspace: Workspace,
    parameters: ReportParameters,
    data: ReportData,
    joined: Joined | None,
    scratch: Path,
) -> Job:
    """Return what is to be run: the template, in ``scratch`` with the office's own words."""
    return Job(
        stem=parameters.stem,
        template=_join_words(workspace, parameters, joined, scratch),
        parameters=parameters.model_dump(),
        inputs=f"{digest_of(data)} {_program_digest()}",
    )


def _join_words(
    workspace: Workspace, parameters: ReportParameters, joined: Joined | None, scratch: Path
) -> Path:
    """Return the notebook to run: the template, with the office's own words where it has some."""
    if joined is None:
        return workspace.template(copies.TEMPLATE)
    for line in copies.tell(workspace, parameters, joined):
        log.warning(line)
    target = scratch / parameters.stem.with_suffix(".ipynb")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(joined.notebook, ensure_ascii=False), encoding="utf-8")
    return target


def _count_findings(workspace: Workspace, parameters: ReportParameters) -> int:
    """Return how many contradictions the office's own words hold."""
    if not workspace.edited(parameters.stem).is_file():
        return 0
    return len(copies.check_report(workspace, parameters, _load(workspace, parameters)))


@cache
def _program_digest() -> str:
    """Return a digest of the package's own files: new code makes new reports."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _exports(to: str, standard: Standard, workspace: Workspace) -> dict[str, Export]:
    """Return the exporters of a list of formats, by the format's name and variant."""
    formats = [each.strip() for each in to.split(",") if each.strip()]
    writers = _writers(standard, workspace)
    unknown = [each for each in formats if each not in writers]
    if unknown or not formats:
        raise click.UsageError(
            say("cli.render.bad_format", value=", ".join(unknown) or to, known=list(writers))
        )
    return {
        f"{each} {standard}" if each == "pdf" else each: _export_as(each, writers[each])
        for each in formats
    }


def _export_as(name: str, write: Callable[[Document], bytes]) -> Export:
    """Return an exporter that writes every paper: the report, and the memo beside it."""

    def export(papers: Mapping[str, Document]) -> dict[str, bytes]:
        return {
            f".{paper}.{name}" if paper else f".{name}": write(document)
            for paper, document in papers.items()
        }

    return export


def _writers(standard: Standard, workspace: Workspace) -> dict[str, Callable[[Document], bytes]]:
    from ita_helpers.publish.html_writer import write_html
    from ita_helpers.publish.pdf_writer import write_pdf

    return {
        "html": lambda document: write_html(document).encode("utf-8"),
        "pdf": lambda document: write_pdf(document, standard),
        "docx": lambda document: _write_docx(document, workspace),
    }


def _write_docx(document: Document, workspace: Workspace) -> bytes:
    from ita_helpers.publish.docx_writer import write_docx

    if not document.word_template:
        return write_docx(document)
    template = workspace.root / document.word_template
    return write_docx(document, template.read_bytes(), document.word_template)


def _tell_failure(name: str, error: ItaError) -> None:
    tqdm.write(say("cli.render.failed", name=name, reason=str(error)), file=sys.stderr)


def _tell_outcome(outcome: Outcome, workspace: Workspace) -> None:
    if outcome.kept:
        edited = outcome.kept.with_name(f"{outcome.job.stem.name}.ipynb")
        said = say(
            "cli.render.kept",
            file=workspace.shown(edited),
            kept=workspace.shown(outcome.kept),
        )
        tqdm.write(said, file=sys.stderr)
    if not outcome.is_fresh:
        tqdm.write(say("cli.render.current", name=outcome.job.stem.as_posix()))


def _stop(error: ItaError) -> None:
    click.echo(say("cli.error", message=str(error)), err=True)
    sys.exit(1)
