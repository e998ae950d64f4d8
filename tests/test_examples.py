"""The examples in docstrings say what happens."""

from __future__ import annotations

import doctest
import re
from importlib import import_module

import pytest
from conftest import ROOT

MODULES = [
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for file in sorted((ROOT / "ita_helpers").rglob("*.py"))
    if re.search(r"^ +>>> ", file.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("name", MODULES)
def test_what_a_docstring_shows_is_what_happens(name):
    tried = doctest.testmod(import_module(name))
    assert tried.attempted
    assert not tried.failed
