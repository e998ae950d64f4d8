from __future__ import annotations

import ast
import inspect
import json
import re
import shutil
from configparser import ConfigParser

import pytest
import yaml
from conftest import ROOT, assert_helps_the_reader
from jinja2 import Environment, UndefinedError, meta

import start
from ita_helpers import errors, screen
from ita_helpers.errors import NotebookFailed
from ita_helpers.language import catalogue
from ita_helpers.language.catalogue import label, say, section
from ita_helpers.language.simple import NotSimpleError, simple
from ita_helpers.run.execute import execute_notebook

PACKAGE = ROOT / "ita_helpers"
HOME = catalogue.LANGUAGE
THAI = re.compile("[ก-๙]")


ENVIRONMENT = Environment()
ENVIRONMENT.filters |= dict.fromkeys(("score", "change", "names", "counted", "typed"), str)


def sentences(node, path=()):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from sentences(value, (*path, key))
    else:
        yield ".".join(path), node


def read(file):
    """Return the sentences of a file by key; a text file is one sentence."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".yml":
        return dict(sentences(yaml.load(text, catalogue.LOADER)))
    if file.suffix == ".ini":
        words = ConfigParser(interpolation=None)
        words.read_string(text)
        return {
            f"{part}.{key}": said for part in words.sections() for key, said in words[part].items()
        }
    return {"": text}


def facts(sentence):
    """Return what a sentence is told: by the catalogue, by a script, by the command line."""
    told = meta.find_undeclared_variables(ENVIRONMENT.parse(sentence))
    filled = re.findall(r"(?<!{){(\w+)}(?!})|%\((\w+)\)s", sentence)
    return told | {"".join(names) for names in filled}


def faults(language, home=HOME):
    """Return what a language lacks, has too much or says of other facts, by file and key."""
    for file in sorted(
        {each.relative_to(root) for root in (home, language) for each in root.glob("*/*.*")}
    ):
        if not ((language / file).is_file() and (home / file).is_file()):
            lacking = home if (language / file).is_file() else language
            yield f"language/{lacking.name}/{file.as_posix()} is missing"
            continue
        ours, theirs = read(home / file), read(language / file)
        for key in sorted(ours.keys() | theirs.keys()):
            place = f"language/{language.name}/{file.as_posix()}: {key}"
            if key not in theirs:
                yield f"{place} is missing"
            elif key not in ours:
                yield f"{place} stands there, but not in language/{home.name}"
            elif differing := facts(ours[key]) ^ facts(theirs[key]):
                names = ", ".join(sorted(differing))
                yield f"{place} is told other facts than in language/{home.name}: {names}"


class Strict(yaml.SafeLoader):
    """Refuses a key that a block gives twice, of which the last would silently count."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        assert not twice, f"{node.start_mark}: {twice}"
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("file", sorted(HOME.glob("*/*.yml")), ids=lambda file: file.stem)
def test_no_key_is_given_twice(file):
    assert yaml.load(file.read_text(encoding="utf-8"), Strict)


def test_every_sentence_is_a_template_in_a_file_of_its_own_name():
    files = list(HOME.glob("*/*.yml"))
    assert len({each.stem for each in files}) == len(files) > 25
    assert {each.parent.name for each in files} == set(catalogue.ROOMS)
    for file in files:
        for key, text in read(file).items():
            assert isinstance(text, str), f"{file.name}: {key}"
            ENVIRONMENT.parse(text)


def test_a_sentence_that_jinja_is_not_asked_for_says_what_jinja_says():
    asked, jinja = 0, Environment(trim_blocks=True, autoescape=False)
    for text in {each for file in HOME.glob("*/*.yml") for each in read(file).values()}:
        if "{" not in text or (made := simple(text.strip())) is None:
            continue
        asked += 1
        names = sorted(meta.find_undeclared_variables(ENVIRONMENT.parse(text)))
        template = jinja.from_string(text.strip())
        for told in (dict.fromkeys(names, "ก"), dict.fromkeys(names, 0)):
            assert made(told) == template.render(told)
        for name in names:
            some = {each: place % 2 for place, each in enumerate(names)} | {name: "ข"}
            assert made(some) == template.render(some)
    assert asked > 500


@pytest.mark.parametrize(
    "text",
    ["{{ a.b }}", "{{ a | join }}", "{{a}}", "{%- if a %}{% endif %}", "{% if not a %}{% endif %}",
     "{% if none %}{% endif %}", "{% if a %}", "{% endif %}", "{% else %}", "{# a #}",
     "{% if a %}{% else %}{% elif b %}{% endif %}", "{% for a in b %}{% endfor %}"],
)  # fmt: skip
def test_a_sentence_of_any_other_form_is_left_to_jinja(text):
    assert simple(text) is None


def test_a_fact_that_is_missing_or_none_is_left_to_jinja():
    made = simple("{{ a }}{% if b %}ข{% endif %}")
    for told in ({}, {"a": 1}, {"a": None, "b": 1}):
        with pytest.raises(NotSimpleError):
            made(told)


def test_another_language_is_a_folder(tmp_path, monkeypatch):
    language = shutil.copytree(HOME, tmp_path / "xx")
    words = language / "report/words.yml"
    said = yaml.load(words.read_text(encoding="utf-8"), catalogue.LOADER)
    said |= {
        "score_with_unit": "{{ score }} points",
        "overall": "Overall",
        "by": {"printed": "as printed"},
    }
    words.write_text(yaml.safe_dump(said), encoding="utf-8")
    assert label("words.overall") != "Overall"
    monkeypatch.setattr(catalogue, "LANGUAGE", language)
    assert say("words.score_with_unit", score="92.86") == "92.86 points"
    assert label("words.overall") == "Overall"
    assert section("words.by") == {"printed": "as printed"}
    assert label("messages.FileMissing")


def test_every_language_says_the_same_sentences_of_the_same_facts():
    languages = [each for each in HOME.parent.iterdir() if (each / "report").is_dir()]
    assert HOME in languages
    found = [fault for each in languages if each != HOME for fault in faults(each)]
    assert not found, "\n".join(found)


def test_what_a_language_lacks_or_says_otherwise_is_named_with_file_and_key(tmp_path):
    language = shutil.copytree(HOME, tmp_path / "xx")
    assert list(faults(language)) == []
    words = language / "report/words.yml"
    said = yaml.load(words.read_text(encoding="utf-8"), catalogue.LOADER)
    del said["by"]["printed"]
    said |= {"about": "about {{ points }}", "nearly": "nearly"}
    words.write_text(yaml.safe_dump(said), encoding="utf-8")
    (language / "program/cli.yml").unlink()
    (language / "program/launcher.ini").write_text(
        "[say]\nstep = {number} {name}\n", encoding="utf-8"
    )
    found = list(faults(language))
    assert "language/xx/program/cli.yml is missing" in found
    other = f"is told other facts than in language/{HOME.name}"
    assert f"language/xx/program/launcher.ini: say.step {other}: count" in found
    assert [each for each in found if "words.yml" in each] == [
        f"language/xx/report/words.yml: about {other}: points, score",
        "language/xx/report/words.yml: by.printed is missing",
        f"language/xx/report/words.yml: nearly stands there, but not in language/{HOME.name}",
    ]


def test_who_reads_without_the_catalogue_reads_the_same_language():
    assert HOME / "program" == ROOT / start.CATALOGUE, "CATALOGUE in start.py"
    assert screen._SAID.parent == HOME / "program", "_SAID in ita_helpers/screen.py"
    for script in ("start.sh", "start.bat"):
        named = re.findall(r"language[\\/](\w+)[\\/]program", (ROOT / script).read_text("utf-8"))
        assert set(named) == {HOME.name}, script


SPOKEN = re.compile(r"""(?<![.\w])(say|label|section)\(\s*"([\w.]+)"[,)]""")


def test_every_sentence_that_is_named_in_the_code_is_there():
    known = {
        f"{file.stem}.{key}": text
        for file in HOME.glob("*/*.yml")
        for key, text in sentences(yaml.load(file.read_text("utf-8"), catalogue.LOADER))
    }
    named = {
        (kind, key, file.relative_to(ROOT).as_posix())
        for file in PACKAGE.rglob("*.py")
        for kind, key in SPOKEN.findall(file.read_text(encoding="utf-8"))
    }
    assert len(named) > 300
    lacking = [
        f"{file}: {kind} names {key}"
        for kind, key, file in sorted(named)
        if key not in known
        and not (kind == "section" and any(each.startswith(f"{key}.") for each in known))
    ]
    assert not lacking, "\n".join(lacking)


MADE = re.compile(r"""(\w+_)\{|\}(_\w+)|["'](\w+_|_\w+)["']""")
"""A piece of a name that code puts together: ``f"note_{kind}"``, ``"_open"``."""
WHOLE = re.compile(r'section\(\s*f?"([\w.]+)["{]')


def unused(home, code):
    """Return the sentences of a language whose name stands nowhere in the code, by file and key.

    Those of a section that is read as a whole are named by people's words or by other programs.
    """
    words = set(re.findall(r"[\w-]+", code))
    pieces = {piece for found in MADE.findall(code) for piece in found if piece}
    begins = tuple(each for each in pieces if each.endswith("_"))
    ends = tuple(each for each in pieces if each.startswith("_"))
    whole = tuple(f"{each.rstrip('.')}." for each in WHOLE.findall(code))
    for file in sorted(home.glob("*/*.yml")):
        for key in read(file):
            name = key.rpartition(".")[2]
            is_made = name.startswith(begins) or name.endswith(ends)
            if not (name in words or is_made or f"{file.stem}.{key}".startswith(whole)):
                yield f"language/{home.name}/{file.parent.name}/{file.name}: no code says {key}"


def all_code():
    files = [each for kind in ("py", "j2", "js") for each in PACKAGE.rglob(f"*.{kind}")]
    files += (ROOT / "notebooks").glob("*.ipynb")
    return "\n".join(each.read_text(encoding="utf-8") for each in files)


def test_every_sentence_is_said_by_some_code():
    left = list(unused(HOME, all_code()))
    assert not left, "\n".join(left)


def test_a_sentence_that_no_code_says_is_named_with_file_and_key(tmp_path):
    words = tmp_path / "xx/report/words.yml"
    words.parent.mkdir(parents=True)
    words.write_text("by: {printed: a, forgotten: b}\nnote_later: c\nlevel_open: d\n", "utf-8")
    code = 'say("words.by.printed"), say(f"words.note_{kind}"), say("words.level" + "_open")'
    assert list(unused(words.parent.parent, code)) == [
        "language/xx/report/words.yml: no code says by.forgotten"
    ]
    assert list(unused(words.parent.parent, f'{code}, section("words.by")')) == []


def test_a_missing_fact_never_reaches_the_paper():
    with pytest.raises(UndefinedError) as caught:
        say("words.score_with_unit")
    assert "words.score_with_unit" in "".join(caught.value.__notes__)


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


def test_thai_stands_in_catalogues_and_not_in_code():
    allowed = {"๐๑๒๓๔๕๖๗๘๙", "ก", "ไ"}
    texts = {each: each.read_text(encoding="utf-8") for each in PACKAGE.rglob("*.py")}
    found = {
        path.relative_to(ROOT).as_posix(): sorted(left)
        for path, text in texts.items()
        if (THAI.search(text) or "\\" in text) and (left := thai_words(text) - allowed)
    }
    assert not found, f"move it to {HOME.relative_to(ROOT)}"


def thai_words(text):
    """Return the Thai strings of a module, but for its documentation."""
    tree = ast.parse(text)
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and THAI.search(node.value)
        and id(node) not in documentation
    }


@pytest.mark.processes
def test_a_missing_sentence_is_named_with_its_file_and_cell(tmp_path):
    with pytest.raises(
        KeyError,
        match=rf"language/{HOME.name}/report/narrative\.yml has no sentence 'summary\.nothing'",
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
