"""``ita explain``: the arithmetic of one result."""

from __future__ import annotations

from pathlib import Path

import click

from ita_helpers.cli.common import PATH, command, year_option
from ita_helpers.cli.places import find_parameter_file, open_workspace
from ita_helpers.errors import NotOfOneOffice


@command("explain")
@click.argument("params", type=PATH)
@year_option
@click.pass_obj
def explain(root: Path | None, params: Path, year: int | None) -> None:
    """Print the arithmetic of one result."""
    from ita_helpers.files.change import undisturbed
    from ita_helpers.scoring.assessment import assess
    from ita_helpers.store.organisations import find_organisation
    from ita_helpers.store.params import load_parameters
    from ita_helpers.store.rules import read_framework
    from ita_helpers.store.scores import require_year
    from ita_helpers.words.explain import explain as explain_assessment

    workspace = open_workspace(root)
    file = find_parameter_file(params, workspace, year)
    parameters = load_parameters(file, workspace)
    if parameters.kind.is_of_many:
        raise NotOfOneOffice(file=workspace.shown(file))
    organisation = find_organisation(workspace, parameters.organisation)
    framework = read_framework(workspace, parameters.fiscal_year)
    owner = (parameters.organisation, parameters.fiscal_year)
    scores = undisturbed(workspace.root, lambda: require_year(workspace, *owner, framework))
    click.echo(explain_assessment(organisation, assess(framework, scores)), nl=False)
