"""HTML pages that load nothing: their templates, and the one script a page may run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup


@dataclass(frozen=True)
class Script:
    """The one script a page may run, with the JSON it reads; neither holds ``</``."""

    source: Markup
    data: Markup

    @classmethod
    def of(cls, source: str, data: Mapping[str, Any], *, sort_keys: bool = False) -> Script:
        """Take a script, and what it reads as JSON that ends no script element."""
        separators = (",", ":")
        written = json.dumps(data, ensure_ascii=False, separators=separators, sort_keys=sort_keys)
        return cls(Markup(source), Markup(written.replace("<", "\\u003c")))

    @property
    def digest(self) -> str:
        """The hash by which the page's policy names it."""
        digest = hashlib.sha256(self.source.encode("utf-8")).digest()
        return base64.b64encode(digest).decode("ascii")


@cache
def template_of(package: str, name: str) -> Template:
    """Return the template ``name`` of a package; it escapes what is put in."""
    environment = Environment(
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source_of(package, name))


@cache
def source_of(package: str, name: str) -> str:
    """Return the text of a file in the folder ``templates`` of a package."""
    return (files(package) / "templates" / name).read_text(encoding="utf-8")
