from __future__ import annotations

import ast
import inspect
import json
import re

import pytest
import yaml
from conftest import ROOT, assert_helps_the_reader
from jinja2 import Environment, UndefinedError

from ita_helpers import errors
from ita_helpers.errors import NotebookFailed
from ita_helpers.language.catalogue import label, say
from ita_helpers.run.execute import execute_notebook

PACKAGE = ROOT / "ita_helpers"
CATALOGUES = sorted(
    path for path in (PACKAGE / "catalogue").glob("*.yml") if path.stem != "dictionary"
)
THAI = re.compile("[ก-๙]")


def sentences(node, path=()):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from sentences(value, (*path, key))
    else:
        yield ".".join(path), node


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_sentence_is_a_template(path):
    environment = Environment()
    for name in ("score", "change", "names"):
        environment.filters[name] = str
    for key, text in sentences(yaml.safe_load(path.read_text(encoding="utf-8"))):
        assert isinstance(text, str), key
        environment.from_string(text)


def test_a_missing_fact_never_reaches_the_paper():
    with pytest.raises(UndefinedError):
        say("words.score_with_unit")


def test_a_fact_of_none_never_reaches_the_paper():
    with pytest.raises(ValueError, match="None"):
        say("words.score_with_unit", score=None)


def test_an_unknown_sentence_is_an_error():
    with pytest.raises(KeyError):
        label("words.no_such_sentence")


def leaves(kind):
    below = kind.__subclasses__()
    return [leaf for each in below for leaf in leaves(each)] if below else [kind]


@pytest.mark.parametrize("kind", leaves(errors.ItaError), ids=lambda kind: kind.__name__)
def test_every_error_has_its_words(kind):
    assert label(f"messages.{kind.__name__}")
    assert inspect.getdoc(kind)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_thai_stands_in_catalogues_and_not_in_code(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and THAI.search(node.value)
        and id(node) not in documentation
    ]
    allowed = {"๐๑๒๓๔๕๖๗๘๙", "ก", "ไ"}
    assert set(found) <= allowed


@pytest.mark.processes
def test_a_missing_sentence_is_named_with_its_file_and_cell(tmp_path):
    with pytest.raises(
        KeyError, match=r"catalogue/narrative\.yml has no sentence 'summary\.nothing'"
    ):
        label("narrative.summary.nothing")
    template = json.loads((ROOT / "notebooks/ita_report.ipynb").read_text(encoding="utf-8"))
    call = "from ita_helpers.language.catalogue import say\nsay('narrative.nothing')"
    code = {"cell_type": "code", "outputs": [], "execution_count": None, "metadata": {}}
    template["cells"] = [{**code, "id": "call", "source": call}]
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps(template), encoding="utf-8")
    with pytest.raises(NotebookFailed) as caught:
        execute_notebook(file, tmp_path / "b.ipynb", {}, shown="a.ipynb")
    assert_helps_the_reader(caught.value, "a.ipynb", 1, "narrative.yml", "nothing")
