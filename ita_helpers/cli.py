"""The command line ``ita``: thin, and the one place that joins running to analysis."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ita_helpers import store
from ita_helpers.assessment import assess
from ita_helpers.catalogue import label, say
from ita_helpers.errors import ItaError
from ita_helpers.explain import explain as explain_assessment
from ita_helpers.params import ReportParameters, load_parameters
from ita_helpers.paths import Workspace, find_workspace


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


def check_report(workspace: Workspace, parameters: ReportParameters) -> None:
    """Read everything a report will read, so that bad input stops before a kernel starts."""
    store.find_organisation(workspace, parameters.organisation)
    framework = store.read_framework(workspace, parameters.fiscal_year)
    store.require_year(workspace, parameters.organisation, parameters.fiscal_year, framework)


def _stop(error: ItaError) -> None:
    click.echo(say("cli.error", message=str(error)), err=True)
    sys.exit(1)
